import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {n3rgy} from "../../src/sources/n3rgy/n3rgy.ts";
import {n3rgyConsumption} from "../../src/sources/n3rgy/readings.ts";
import {type StubCall, type StubServer, startStub} from "../support/stub-server.ts";
import {fetchFrom, refusalOf} from "./fetched.ts";

const mpan = "1600000000010";
const mprn = "7512345678";
const path = (of = mpan, what = "electricity/readingtype/consumption") => `/v2/mpxn/${of}/utility/${what}`;
let server: StubServer;
beforeEach(async () => {
  server = await startStub();
});
afterEach(async () => server.close());

const variables = (meters = mpan) => ({
  CANOPY_N3RGY_API_KEY: "n3-Not4Anyone",
  CANOPY_N3RGY_METERS: meters,
  CANOPY_N3RGY_BASE_URL: `${server.url}/v2/`
});
const ask = (meters?: string, from = "2026-06-15", to = "2026-06-18") => fetchFrom(n3rgy, variables(meters), from, to);

interface Said {
  readonly of?: string;
  readonly unit?: string;
  readonly kind?: string;
  readonly values?: readonly object[];
  readonly devices?: readonly object[];
}
const value = (timestamp: string, primaryValue: unknown, more: object = {}) => ({primaryValue, timestamp, ...more});
const answer = ({
  of = mpan,
  unit = "kWh",
  kind = "electricity/readingtype/consumption",
  values = [],
  devices
}: Said = {}) => ({
  resource: `/mpxn/${of}/utility/${kind}?granularity=halfhour&start=202606150030`,
  responseTimestamp: "2026-06-18T09:00:00.123Z",
  availableCacheRange: {start: "202506150000", end: "202606190000"},
  start: "202606150030",
  end: "202606180000",
  granularity: "halfhour",
  unit,
  devices: devices ?? [{deviceId: "0A-00", values}]
});

describe("asking", () => {
  test("three days with the key, from the end of the first half-hour; production by its own name", async () => {
    server.on(path(), {body: answer()});
    server.on(path(mpan, "electricity/readingtype/production"), {
      body: answer({kind: "electricity/readingtype/production"})
    });
    server.on(path(mprn, "gas/readingtype/consumption"), {
      body: answer({of: mprn, kind: "gas/readingtype/consumption", unit: "m3"})
    });
    const {fetched, error} = await ask(`${mpan},${mpan}:production,${mprn}`);
    expect(error).toBeNull();
    expect(fetched.map(({fileName, meterPointId}) => [fileName, meterPointId])).toEqual([
      [`n3rgy-${mpan}-consumption-20260615-20260618.json`, mpan],
      [`n3rgy-${mpan}-production-20260615-20260618.json`, mpan],
      [`n3rgy-${mprn}-consumption-20260615-20260618.json`, mprn]
    ]);
    expect(fetched[0]?.text).toBe(JSON.stringify(answer()));
    const [call] = server.calls;
    expect([call?.headers["x-api-key"], call?.headers.accept]).toEqual(["n3-Not4Anyone", "application/json"]);
    expect(Object.fromEntries(call?.query ?? [])).toEqual({
      granularity: "halfhour",
      outputFormat: "json",
      start: "202606150030",
      end: "202606180000"
    });
  });

  const asked = () =>
    server.calls.map(({query}) => `${query.get("start")?.slice(0, 8)}-${query.get("end")?.slice(0, 8)}`);

  test("395 days are asked for in windows of no more than 89, which meet", async () => {
    server.on(path(), {body: answer()});
    await ask(mpan, "2025-05-19", "2026-06-18");
    expect(asked()).toEqual([
      "20250519-20250816",
      "20250816-20251113",
      "20251113-20260210",
      "20260210-20260510",
      "20260510-20260618"
    ]);
  });

  test("a window refused as too large is halved until it is not, and no day is left out", async () => {
    const days = ({query}: StubCall) =>
      (Date.parse(isoDay(query.get("end"))) - Date.parse(isoDay(query.get("start")))) / 86_400_000;
    server.on(path(), call =>
      days(call) > 28 ? {status: 400, body: {errors: [{message: "Date range exceeds 28 days"}]}} : {body: answer()}
    );
    const {fetched, error} = await ask(mpan, "2026-03-01", "2026-05-29");
    expect(error).toBeNull();
    expect(asked()).toEqual([
      "20260301-20260529",
      "20260301-20260414",
      "20260301-20260323",
      "20260323-20260414",
      "20260414-20260506",
      "20260506-20260528",
      "20260528-20260529"
    ]);
    expect(fetched).toHaveLength(5);
  });

  test("a day that is refused as too large is not asked for for ever", async () => {
    server.on(path(), {status: 400, body: {message: "maximum range exceeded"}});
    const {fetched, error} = await ask(mpan, "2026-06-01", "2026-06-05");
    expect([fetched, error?.status, asked()]).toEqual([
      [],
      400,
      ["20260601-20260605", "20260601-20260603", "20260601-20260602"]
    ]);
  });

  test("a 400 for another reason is not halved", async () => {
    server.on(path(), {status: 400, body: {message: "Invalid mpxn"}});
    expect((await ask()).error?.status).toBe(400);
    expect(server.calls).toHaveLength(1);
  });

  test.each([
    [404, {errors: [{message: "No property could be found"}]}],
    [403, {message: "no consent"}]
  ])("%s for one meter does not keep the other from its data", async (status, body) => {
    server.on(path(), {status, body});
    server.on(path(mprn, "gas/readingtype/consumption"), {body: answer({of: mprn})});
    const {fetched, error} = await ask(`${mpan},${mprn}`);
    expect([fetched.length, error?.status, error?.body]).toEqual([1, status, JSON.stringify(body)]);
    expect(error?.message).toContain(`meter ${mpan}`);
  });

  test("several failures are told at once, each by its meter", async () => {
    const {error} = await ask(`${mpan},${mprn}`);
    expect(error?.message).toMatch(new RegExp(`^2 of 2 failed: meter ${mpan}: .*404.*; meter ${mprn}: .*404`));
  });

  test("401 ends it at once", async () => {
    server.on(path(), {status: 401, body: {message: "Unauthorized n3-Not4Anyone"}});
    const {error} = await ask(`${mpan},${mprn}`);
    expect([error?.status, server.calls.length]).toEqual([401, 1]);
    expect(`${error?.message}${error?.body}`).not.toContain("Not4Anyone");
  });

  test.each([
    ["an error", {body: {message: "Something is wrong"}}],
    ["errors", {body: {errors: [{message: "Later"}]}}],
    ["an empty object", {body: {}}],
    ["plain text", {body: "Service unavailable"}],
    ["half an answer", {body: JSON.stringify(answer()).slice(0, 100)}]
  ])("200 with %s is a failure", async (_name, given) => {
    server.on(path(), given);
    const {fetched, error} = await ask();
    expect([fetched, error?.kind]).toEqual([[], "wrong type"]);
  });

  test("a day that is missing for nine days comes with a later asking", async () => {
    const there = answer({values: [value("2026-06-15 00:30", 1.5)]});
    server.on(path(), [{body: answer()}, {body: there}]);
    const rows = async () => n3rgyConsumption.unfold((await ask()).fetched[0]?.text ?? "").rows.length;
    expect([await rows(), await rows()]).toEqual([0, 1]);
    expect(n3rgy.lookBackDays).toBeGreaterThan(9);
  });
});

const isoDay = (text: string | null) => `${text?.slice(0, 4)}-${text?.slice(4, 6)}-${text?.slice(6, 8)}T00:00:00Z`;

describe("settings", () => {
  test.each([
    ["", "lists no meter"],
    ["1600000000011", "check digit"],
    [`${mpan}:tariff`, "consumption, production"],
    [`${mprn}:production`, "gas is not produced"],
    [`${mpan}:production:x`, "consumption, production"],
    ["12345", "13 digits"]
  ])("meters %j: %s", (meters, why) => {
    expect(refusalOf(n3rgy, variables(meters))).toContain(why);
  });

  test("the address has no default", () => {
    expect(refusalOf(n3rgy, {CANOPY_N3RGY_API_KEY: "k", CANOPY_N3RGY_METERS: mpan})).toContain("CANOPY_N3RGY_BASE_URL");
  });
});
