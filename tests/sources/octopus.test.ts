import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {octopus} from "../../src/sources/octopus/octopus.ts";
import {octopusConsumption, octopusExport, octopusGasM3} from "../../src/sources/octopus/readings.ts";
import {stubClient} from "../support/stub-client.ts";
import {type StubAnswer, type StubServer, startStub} from "../support/stub-server.ts";
import {fetchFrom, refusalOf} from "./fetched.ts";
import {halfHoursOn, later, withLondonOffset} from "./local-day.ts";

const mpan = "1600000000010";
const path = (serial = "E26Z7", meters = `electricity-meter-points/${mpan}`) =>
  `/v1/${meters}/meters/${serial}/consumption/`;
let server: StubServer;
beforeEach(async () => {
  server = await startStub();
});
afterEach(async () => server.close());

const variables = (meters = `${mpan}:E26Z7`) => ({
  CANOPY_OCTOPUS_API_KEY: "sk_live_Not4Anyone",
  CANOPY_OCTOPUS_METERS: meters,
  CANOPY_OCTOPUS_BASE_URL: server.url,
  PATH: "/usr/bin"
});
const reading = (at: Date, consumption: unknown = 0.25) => ({
  consumption,
  interval_start: withLondonOffset(at),
  interval_end: withLondonOffset(later(at, 30))
});
const page = (results: readonly unknown[], {count = results.length, next = null as string | null} = {}) => ({
  body: {count, next, previous: null, results}
});
const day = halfHoursOn("2026-06-15");
const pageOf = (from: number, to: number, next: string | null, count = 48) =>
  page(
    day.slice(from, to).map(at => reading(at)),
    {count, next}
  );
const ask = (meters?: string) => fetchFrom(octopus, variables(meters), "2026-06-15", "2026-06-16");

describe("asking", () => {
  test("is by key, for the window, oldest first; the answer goes to the archive as it came", async () => {
    server.on(path(), pageOf(0, 48, null));
    const {fetched, error} = await ask();
    expect(error).toBeNull();
    expect(fetched).toEqual([
      {
        fileName: `octopus-${mpan}-E26Z7-kwh-20260615-20260616-p1.json`,
        text: JSON.stringify(pageOf(0, 48, null).body),
        meterPointId: mpan
      }
    ]);
    const [call] = server.calls;
    expect(call?.headers.authorization).toBe(`Basic ${btoa("sk_live_Not4Anyone:")}`);
    expect(Object.fromEntries(call?.query ?? [])).toEqual({
      period_from: "2026-06-15T00:00:00.000Z",
      period_to: "2026-06-16T00:00:00.000Z",
      page_size: "25000",
      order_by: "period"
    });
  });

  test("follows three pages by the address each names, as it stands", async () => {
    const next = (number: number) => `${path()}?page=${number}&period_from=2026-06-15T00%3A00Z&odd=a%20b+c`;
    server.on(path(), ({url, query}): StubAnswer => {
      if (url === next(2)) return pageOf(20, 40, `${server.url}${next(3)}`);
      if (url === next(3)) return pageOf(40, 48, null);
      return query.has("page") ? {status: 400} : pageOf(0, 20, `${server.url}${next(2)}`);
    });
    const {fetched, error} = await ask();
    expect(error).toBeNull();
    expect(fetched.map(({fileName}) => fileName.slice(-7))).toEqual(["p1.json", "p2.json", "p3.json"]);
    expect(fetched.flatMap(({text}) => octopusConsumption.unfold(text).rows)).toHaveLength(48);
  });

  test("a reading that comes between two pages stands twice, and nothing is lost", async () => {
    server.on(path(), [pageOf(0, 30, "?page=2"), pageOf(29, 48, null, 49)]);
    const {fetched, error} = await ask();
    expect(error).toBeNull();
    const starts = fetched.flatMap(({text}) => octopusConsumption.unfold(text).rows.map(({cells}) => cells[0]));
    expect([starts.length, new Set(starts).size]).toEqual([49, 48]);
  });

  test("pages that hold less than they count are said to", async () => {
    server.on(path(), pageOf(0, 40, null));
    const {fetched, error} = await ask();
    expect([fetched.length, error?.kind, error?.message]).toEqual([
      1,
      "wrong type",
      expect.stringContaining("40 readings came where 48")
    ]);
  });

  test("readings from outside the window are kept", async () => {
    const early = halfHoursOn("2026-06-14").slice(-1);
    server.on(path(), page([...early, ...day].map(at => reading(at))));
    const {fetched} = await ask();
    expect(octopusConsumption.unfold(fetched[0]?.text ?? "").rows[0]?.cells).toEqual(["2026-06-14 22:30:00", "0.25"]);
  });

  test.each(["other host", "https://api.octopus.example/page2"])("a next page at %s is not asked for", async where => {
    const next = where === "other host" ? `${server.otherHost}${path()}?page=2` : where;
    server.on(path(), pageOf(0, 20, next));
    const {fetched, error} = await ask();
    expect([fetched.length, error?.kind, server.calls.length]).toEqual([1, "redirect", 1]);
  });

  test("pages that lead round in a ring end", async () => {
    server.on(path(), pageOf(0, 20, `${server.url}${path()}?page=2`, 1e6));
    const {error} = await ask();
    expect([error?.kind, server.calls.length]).toEqual(["wrong type", 100]);
  });

  test("a serial number that is not found does not keep the others from their data", async () => {
    server.on(path("OLD-1"), {status: 404, body: {detail: "Not found."}});
    server.on(path("NEW-2"), pageOf(0, 48, null));
    const {fetched, error} = await ask(`${mpan}:OLD-1, ${mpan}:NEW-2`);
    expect(fetched.map(({fileName}) => fileName)).toEqual([`octopus-${mpan}-NEW-2-kwh-20260615-20260616-p1.json`]);
    expect([error?.status, error?.message]).toEqual([404, expect.stringContaining(`meter ${mpan} OLD-1`)]);
  });

  test("a key that is refused ends it, and is not in the message", async () => {
    server.on(path(), {status: 401, body: {detail: "Invalid key sk_live_Not4Anyone"}});
    const {error} = await ask(`${mpan}:E26Z7,${mpan}:E26Z8`);
    expect([error?.status, server.calls.length]).toEqual([401, 1]);
    expect(`${error?.message} ${error?.body}`).not.toContain("Not4Anyone");
  });

  test("500 three times and then the page", async () => {
    server.on(path(), [{status: 500}, {status: 500}, {status: 500}, pageOf(0, 48, null)]);
    const {fetched, client} = await ask();
    expect([fetched.length, client.slept]).toEqual([1, [500, 1000, 2000]]);
  });

  test("a minute's silence is a failure, and the other meter is asked", async () => {
    server.on(path(), {delayMs: 60_000});
    server.on(path("E26Z8"), pageOf(0, 48, null));
    const client = stubClient({limits: {responseMs: 50, tries: 2}});
    const {fetched, error} = await fetchFrom(
      octopus,
      variables(`${mpan}:E26Z7,${mpan}:E26Z8`),
      "2026-06-15",
      "2026-06-16",
      client
    );
    expect([fetched.length, error?.kind, server.calls.length]).toEqual([1, "timeout", 3]);
  });

  test("429 is waited out", async () => {
    server.on(path(), [
      {status: 429, headers: {"retry-after": "17"}, body: {detail: "throttled"}},
      pageOf(0, 48, null)
    ]);
    const {fetched, client} = await ask();
    expect([fetched.length, client.slept]).toEqual([1, [17_000]]);
  });

  test.each([
    ["an error as an object", {body: {detail: "Request was throttled."}}],
    ["an empty object", {body: {}}],
    ["results that are none", {body: {count: 1, next: null, results: null}}],
    ["a list", {body: []}],
    ["a page", {body: "<html>Back soon</html>", headers: {"content-type": "text/html"}}],
    ["half an answer", {body: JSON.stringify(pageOf(0, 48, null).body).slice(0, 500)}]
  ])("200 with %s is a failure, and nothing of it is kept", async (_name, answer) => {
    server.on(path(), answer);
    const {fetched, error} = await ask();
    expect([fetched, error?.kind, server.calls.length]).toEqual([[], "wrong type", 1]);
  });

  test("nothing in the window is an answer too", async () => {
    server.on(path(), page([]));
    const {fetched, error} = await ask();
    expect([fetched.length, error]).toEqual([1, null]);
    expect(octopusConsumption.isOf({fileName: fetched[0]?.fileName ?? "", head: fetched[0]?.text ?? ""})).toBe(true);
    expect(octopusConsumption.unfold(fetched[0]?.text ?? "").rows).toEqual([]);
  });

  test("gas in m3 and what is sent out are known by the name of the file alone", async () => {
    server.on(path("G4", "gas-meter-points/7512345678"), pageOf(0, 48, null));
    server.on(path("X1"), pageOf(0, 48, null));
    const {fetched} = await ask(`7512345678:G4:m3,${mpan}:X1:export,7512345678:G4:kWh,${mpan}:X1`);
    const unfolders = {octopusConsumption, octopusExport, octopusGasM3};
    const known = fetched.map(({fileName, text}) =>
      Object.entries(unfolders).flatMap(([name, {isOf}]) => (isOf({fileName, head: text}) ? [name] : []))
    );
    expect(known).toEqual([["octopusGasM3"], ["octopusExport"], ["octopusConsumption"], ["octopusConsumption"]]);
  });
});

describe("settings", () => {
  test.each([
    ["", "lists no meter"],
    [" , ", "lists no meter"],
    [mpan, "serial number"],
    [`${mpan}:E 1`, "serial number"],
    [`${mpan}:../../x`, "serial number"],
    ["1600000000011:E1", "check digit"],
    ["7512345678:G4", "kWh or m3"],
    [`${mpan}:E1:m3`, "electricity is not m3"],
    ["7512345678:G4:export", "gas is not export"],
    [`${mpan}:E1:therms`, "kWh, m3 or export"],
    [`${mpan}:E1:kWh:more`, "kWh, m3 or export"],
    ["School:E1", "not an MPAN or MPRN"]
  ])("meters %j: %s", (meters, why) => {
    expect(refusalOf(octopus, variables(meters))).toContain(why);
  });

  test("an address must be safe, and a key be there", () => {
    expect(refusalOf(octopus, {...variables(), CANOPY_OCTOPUS_BASE_URL: "http://api.octopus.example"})).toContain(
      "https://"
    );
    expect(refusalOf(octopus, {...variables(), CANOPY_OCTOPUS_API_KEY: ""})).toContain("CANOPY_OCTOPUS_API_KEY");
    expect(refusalOf(octopus, {})).toContain("CANOPY_OCTOPUS_METERS");
    expect(octopus.settings.parse({CANOPY_OCTOPUS_API_KEY: "k", CANOPY_OCTOPUS_METERS: `${mpan}:E1`}).baseUrl).toBe(
      "https://api.octopus.energy"
    );
  });
});
