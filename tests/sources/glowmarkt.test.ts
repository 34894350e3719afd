import {existsSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {glowmarkt} from "../../src/sources/glowmarkt/glowmarkt.ts";
import {glowmarktReadings} from "../../src/sources/glowmarkt/readings.ts";
import {samplePath} from "../support/real-data.ts";
import {stubClient} from "../support/stub-client.ts";
import {type StubServer, startStub} from "../support/stub-server.ts";
import {fetchFrom, refusalOf} from "./fetched.ts";
import {halfHoursOn, utcText} from "./local-day.ts";

const mpan = "1600000000010";
const mprn = "7512345678";
const resources = [mpan, mprn].map((_, index) => `0f0e0d0c-0000-4000-8000-00000000000${index + 1}`) as [string, string];
const path = (resource = resources[0]) => `/api/resource/${resource}/readings`;
let server: StubServer;
beforeEach(async () => {
  server = await startStub();
  server.on("/api/auth", {body: {valid: true, token: "token-one-1", exp: 1_783_000_000}});
});
afterEach(async () => server.close());

const both = `${mpan}:${resources[0]},${mprn}:${resources[1]}`;
const variables = (meters = `${mpan}:${resources[0]}`) => ({
  CANOPY_GLOWMARKT_USERNAME: "council@example.org",
  CANOPY_GLOWMARKT_PASSWORD: "Not4Anyone",
  CANOPY_GLOWMARKT_METERS: meters,
  CANOPY_GLOWMARKT_BASE_URL: `${server.url}/api`
});
const ask = (meters?: string, from = "2026-06-15", to = "2026-06-18", client = stubClient()) =>
  fetchFrom(glowmarkt, variables(meters), from, to, client);

type Datum = readonly [unknown, unknown];
const seconds = (at: Date) => at.getTime() / 1000;
const answer = (data: readonly Datum[] = [], over: object = {}, resourceId = resources[0]) => ({
  status: "OK",
  name: "electricity consumption",
  resourceTypeId: "0a0b0c0d-0000-4000-8000-00000000000f",
  resourceId,
  query: {from: "2026-06-15T00:00:00", to: "2026-06-17T23:59:59", period: "PT30M", function: "sum"},
  data,
  units: "kWh",
  classifier: "electricity.consumption",
  ...over
});

describe("asking", () => {
  test("logs in once, then reads with the token, and asks for what is missing as null", async () => {
    server.on(path(), {body: answer()});
    server.on(path(resources[1]), {body: answer([], {classifier: "gas.consumption"}, resources[1])});
    const {fetched, error} = await ask(both);
    expect(error).toBeNull();
    expect(fetched.map(({fileName, meterPointId}) => [fileName, meterPointId])).toEqual([
      [`glowmarkt-${mpan}-20260615-20260618.json`, mpan],
      [`glowmarkt-${mprn}-20260615-20260618.json`, mprn]
    ]);
    const [login, first, second] = server.calls;
    expect([login?.method, JSON.parse(login?.body ?? "")]).toEqual([
      "POST",
      {username: "council@example.org", password: "Not4Anyone"}
    ]);
    expect(server.calls.map(({headers}) => [headers.applicationid, headers.token])).toEqual([
      ["b0f1b774-a586-4f72-9edd-27ead8aa7a8d", undefined],
      ["b0f1b774-a586-4f72-9edd-27ead8aa7a8d", "token-one-1"],
      ["b0f1b774-a586-4f72-9edd-27ead8aa7a8d", "token-one-1"]
    ]);
    expect(second?.path).toBe(path(resources[1]));
    expect(Object.fromEntries(first?.query ?? [])).toEqual({
      from: "2026-06-15T00:00:00",
      to: "2026-06-17T23:59:59",
      period: "PT30M",
      offset: "0",
      function: "sum",
      nulls: "1"
    });
  });

  test("in windows of no more than ten days, which meet", async () => {
    server.on(path(), {body: answer()});
    await ask(undefined, "2026-05-25", "2026-06-18");
    expect(server.calls.slice(1).map(({query}) => `${query.get("from")} ${query.get("to")}`)).toEqual([
      "2026-05-25T00:00:00 2026-06-03T23:59:59",
      "2026-06-04T00:00:00 2026-06-13T23:59:59",
      "2026-06-14T00:00:00 2026-06-17T23:59:59"
    ]);
  });

  test("a token that ends before it says is renewed once", async () => {
    server.on("/api/auth", [{body: {valid: true, token: "token-one-1"}}, {body: {valid: true, token: "token-two-2"}}]);
    server.on(path(), ({headers}) => (headers.token === "token-two-2" ? {body: answer()} : {status: 401}));
    const {fetched, error} = await ask();
    expect([fetched.length, error]).toEqual([1, null]);
    expect(server.calls.map(call => call.path.split("/").at(-1))).toEqual(["auth", "readings", "auth", "readings"]);
  });

  test("and where the new one is refused too, nothing more is asked", async () => {
    server.on(path(), {status: 401, body: {error: "token-one-1 is no good"}});
    const {error} = await ask(both);
    expect([error?.status, server.calls.length]).toEqual([401, 4]);
    expect(`${error?.message}${error?.body}`).not.toContain("token-one-1");
  });

  test("nor is one renewed twice", async () => {
    server.on("/api/auth", [{body: {valid: true, token: "token-one-1"}}, {body: {valid: true, token: "token-two-2"}}]);
    server.on(path(), ({headers}) => (headers.token === "token-two-2" ? {body: answer()} : {status: 401}));
    server.on(path(resources[1]), {status: 401});
    const {fetched, error} = await ask(both);
    expect([fetched.length, error?.status]).toEqual([1, 401]);
    expect(server.calls.filter(call => call.path === "/api/auth")).toHaveLength(2);
  });

  test.each([
    [{status: 401, body: {message: "no"}}],
    [{body: {valid: false, message: "wrong password Not4Anyone"}}],
    [{body: {}}]
  ])("an account that is refused by %j is asked for once", async login => {
    server.on("/api/auth", login);
    const {error} = await ask(both);
    expect([error?.status, server.calls.length]).toEqual([401, 1]);
    expect(`${error?.message}${error?.body}`).not.toContain("Not4Anyone");
  });

  test("500 for one resource only does not keep the other from its data", async () => {
    server.on(path(), {status: 500});
    server.on(path(resources[1]), {body: answer([], {}, resources[1])});
    const {fetched, error} = await ask(both);
    expect([fetched.length, fetched[0]?.meterPointId, error?.status]).toEqual([1, mprn, 500]);
  });

  test("429 for a quarter of an hour leaves the service alone until then", async () => {
    server.on(path(), [{status: 429, headers: {"retry-after": "900"}}, {body: answer()}]);
    const client = stubClient();
    expect((await ask(both, undefined, undefined, client)).error?.kind).toBe("budget");
    expect(server.calls).toHaveLength(2);
    client.clock.now = new Date(client.clock.now.getTime() + 900_000);
    expect((await ask(undefined, undefined, undefined, client)).fetched).toHaveLength(1);
  });

  test.each([
    ["an error", {body: {error: "Internal"}}],
    ["an empty object", {body: {}}],
    ["another resource", {body: answer([], {}, resources[1])}],
    ["a page", {body: "<html></html>", headers: {"content-type": "text/html"}}]
  ])("200 with %s is a failure", async (_name, given) => {
    server.on(path(), given);
    const {fetched, error} = await ask();
    expect([fetched, error?.kind]).toEqual([[], "wrong type"]);
  });

  test("what is caught up on later comes with a later asking", async () => {
    const at = seconds(new Date("2026-06-17T10:00:00Z"));
    server.on(path(), [{body: answer([[at, null]])}, {body: answer([[at, 0.75]])}]);
    const quantity = async () => glowmarktReadings.unfold((await ask()).fetched[0]?.text ?? "").rows[0]?.cells[1];
    expect([await quantity(), await quantity()]).toEqual(["", "0.75"]);
    expect(glowmarkt.lookBackDays).toBeGreaterThan(9);
  });
});

describe("settings", () => {
  test.each([
    ["", "lists no meter"],
    [mpan, "id of its resource"],
    [`${mpan}:../auth`, "id of its resource"],
    [`${mpan}:${resources[0]}:x`, "id of its resource"],
    [`1600000000011:${resources[0]}`, "check digit"]
  ])("meters %j: %s", (meters, why) => {
    expect(refusalOf(glowmarkt, variables(meters))).toContain(why);
  });
});

const unfold = (data: readonly unknown[], over: object = {}) =>
  glowmarktReadings.unfold(JSON.stringify({...answer(), data, ...over}));

describe("unfolding", () => {
  test.each([
    ["2026-03-29", 46],
    ["2026-06-15", 48],
    ["2026-10-25", 50]
  ])("the half-hours of %s: %s", (date, periods) => {
    const starts = halfHoursOn(date);
    const {rows, misshapen, issued} = unfold(starts.map((at, index) => [seconds(at), index / 8]));
    expect([rows.length, misshapen, issued]).toEqual([periods, [], null]);
    expect(rows.map(({cells}) => cells[0])).toEqual(starts.map(utcText));
    expect(rows[3]).toEqual({line: 4, cells: [utcText(starts[3] as Date), "0.375", "kWh", "electricity.consumption"]});
  });

  test("0 is 0 and null is nothing", () => {
    const {rows} = unfold([
      [1_781_481_600, 0],
      [1_781_483_400, null]
    ]);
    expect(rows.map(({cells}) => cells.slice(0, 2))).toEqual([
      ["2026-06-15 00:00:00", "0"],
      ["2026-06-15 00:30:00", ""]
    ]);
  });

  test.each([
    ["2026-06-15", "not a time and a reading"],
    [[1_781_481_600], "not a time and a reading"],
    [[1_781_481_600, 1, 2], "not a time and a reading"],
    [["1781481600", 1], "not a time in seconds"],
    [[1_781_481_600.5, 1], "not a time in seconds"],
    [[-1, 1], "not a time in seconds"],
    [[1e18, 1], "not a time in seconds"],
    [[1_781_481_600, "x"], "not a quantity"],
    [[1_781_481_600, {}], "not a quantity"]
  ])("%j is misshapen", (broken, why) => {
    const {rows, misshapen} = unfold([broken, [1_781_481_600, 1]]);
    expect([rows.map(({line}) => line), misshapen]).toEqual([[2], [{line: 1, why: expect.stringContaining(why)}]]);
  });

  test.each([
    ["costs", {classifier: "electricity.consumption.cost", units: "pence"}, "not of consumption"],
    ["no kind", {classifier: undefined}, "not of consumption"],
    ["days", {query: {period: "P1D", function: "sum"}}, "not sums of PT30M"],
    ["averages", {query: {period: "PT30M", function: "avg"}}, "not sums of PT30M"],
    ["no query", {query: null}, "not sums of PT30M"],
    ["no data", {data: "none"}, "no list of data"]
  ])("%s are refused", (_name, over, why) => {
    expect(() => unfold([], over)).toThrow(why);
  });

  test("an answer cut off is refused", () => {
    expect(() => glowmarktReadings.unfold(JSON.stringify(answer()).slice(0, -9))).toThrow("not whole JSON");
  });

  test.each([
    ['{"valid":true,"token":"x"}', false],
    ['[{"resourceTypeId":1,"resourceId":2,"data":3}]', false],
    [JSON.stringify(answer()), true]
  ])("%s: known is %s", (head, isKnown) => {
    expect(glowmarktReadings.isOf({fileName: "x.json", head})).toBe(isKnown);
  });
});

const sample = samplePath("03-electricity-apis/glowmarkt/readings_pt30m.json");
test.runIf(existsSync(sample))("the sample: 0.6 kWh in three half-hours, and one missing", async () => {
  const text = await readFile(sample, "utf8");
  expect(glowmarktReadings.isOf({fileName: "readings_pt30m.json", head: text})).toBe(true);
  const {rows, misshapen} = glowmarktReadings.unfold(text);
  expect(misshapen).toEqual([]);
  expect(rows.map(({cells}) => cells.slice(0, 2))).toEqual([
    ["2026-03-29 00:00:00", "0.21"],
    ["2026-03-29 00:30:00", ""],
    ["2026-03-29 01:00:00", "0.19"],
    ["2026-03-29 01:30:00", "0.2"]
  ]);
});
