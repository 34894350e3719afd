import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {perseRealtime} from "../../src/sources/perse/days.ts";
import {perse} from "../../src/sources/perse/perse.ts";
import {stubClient} from "../support/stub-client.ts";
import {type StubServer, startStub} from "../support/stub-server.ts";
import {fetchFrom, refusalOf} from "./fetched.ts";
import {halfHoursOn} from "./local-day.ts";

const mpan = "1600000000010";
const other = "1600000000029";
const path = "/perse/meterhistory/v2/realtime-data";
let server: StubServer;
beforeEach(async () => {
  server = await startStub();
});
afterEach(async () => server.close());

const variables = (meters = mpan) => ({
  CANOPY_PERSE_API_KEY: "perse-Not4Anyone",
  CANOPY_PERSE_METERS: meters,
  CANOPY_PERSE_BASE_URL: `${server.url}/perse`
});
const ask = (meters?: string, client = stubClient()) =>
  fetchFrom(perse, variables(meters), "2026-06-15", "2026-06-18", client);

const periods = Array.from({length: 50}, (_, index) => index + 1);
/** A day whose reading of period p is `of(p)`, as many as the day has half-hours; nothing where it has none. */
function dayOf(
  date: string,
  of: (period: number) => unknown = period => period / 10,
  status = "A",
  held = halfHoursOn(date).length
) {
  const cell = (name: string, value: (period: number) => unknown) =>
    Object.fromEntries(periods.map(period => [`${name}${period}`, period <= held ? value(period) : null]));
  return {Date: date, MPAN: mpan, MeasurementQuantity: "AI", ...cell("P", of), ...cell("UT", () => status)};
}
const answer = (...data: readonly unknown[]) => ({
  meta: {
    cacheAvailability: "2025-01-01 TO 2026-06-17",
    cacheLastUpdate: "2026-06-18",
    range: "2026-06-15 TO 2026-06-17",
    source: "CACHE"
  },
  data
});

describe("asking", () => {
  test("from a date, with the key", async () => {
    const said = answer(dayOf("2026-06-16"), dayOf("2026-06-15"));
    server.on(path, {body: said});
    const {fetched, error} = await ask();
    expect([fetched, error]).toEqual([
      [{fileName: `perse-${mpan}-20260615.json`, text: JSON.stringify(said), meterPointId: mpan}],
      null
    ]);
    const [call] = server.calls;
    expect([call?.headers.api_key, Object.fromEntries(call?.query ?? [])]).toEqual([
      "perse-Not4Anyone",
      {MPAN: mpan, fromDate: "2026-06-15"}
    ]);
  });

  test("a meter that is not found does not keep the other from its data", async () => {
    server.on(path, ({query}) => (query.get("MPAN") === mpan ? {status: 404} : {body: answer()}));
    const {fetched, error} = await ask(`${mpan},${other}`);
    expect([fetched.map(({meterPointId}) => meterPointId), error?.status]).toEqual([[other], 404]);
  });

  test("429 leaves it alone, and the other meter is not asked for", async () => {
    server.on(path, {status: 429});
    const {fetched, error} = await ask(`${mpan},${other}`);
    expect([fetched, error?.kind, server.calls.length]).toEqual([[], "budget", 4]);
  });

  test.each([401, 403])("%s ends it", async status => {
    server.on(path, {status, body: "key perse-Not4Anyone"});
    const {error} = await ask(`${mpan},${other}`);
    expect([error?.status, error?.body, server.calls.length]).toEqual([status, "key [hidden]", 1]);
  });

  test.each([
    ["an error", {body: {error: "Later"}}],
    ["an empty object", {body: {}}],
    ["data that are null", {body: {data: null}}],
    ["days of another meter", {body: answer({...dayOf("2026-06-15"), MPAN: other})}],
    ["half an answer", {body: JSON.stringify(answer(dayOf("2026-06-15"))).slice(0, 300)}]
  ])("200 with %s is a failure", async (_name, given) => {
    server.on(path, given);
    const {fetched, error} = await ask();
    expect([fetched, error?.kind]).toEqual([[], "wrong type"]);
  });

  test("an estimate that is an actual a week later", async () => {
    const day = (status: string, value: number) => ({body: answer(dayOf("2026-06-15", () => value, status))});
    server.on(path, [day("E", 1), day("A", 1.25)]);
    const first = async () => {
      const cells = perseRealtime.unfold((await ask()).fetched[0]?.text ?? "").rows[0]?.cells;
      return [cells?.[3], cells?.[53]];
    };
    expect([await first(), await first()]).toEqual([
      ["1", "E"],
      ["1.25", "A"]
    ]);
  });
});

describe("settings", () => {
  test.each([
    ["", "lists no meter"],
    ["7512345678", "not an MPAN"],
    [`${mpan}:x`, "nothing comes after"],
    ["1600000000011", "check digit"]
  ])("meters %j: %s", (meters, why) => {
    expect(refusalOf(perse, variables(meters))).toContain(why);
  });
});

const unfold = (...data: readonly unknown[]) => perseRealtime.unfold(JSON.stringify(answer(...data)));

describe("unfolding", () => {
  test.each([
    ["2026-03-29", 46],
    ["2026-06-15", 48],
    ["2026-10-25", 50]
  ])("%s has %s half-hours, in settlement periods", (date, held) => {
    const {rows, misshapen, issued} = unfold(dayOf(date));
    expect([misshapen, issued]).toEqual([[], null]);
    const cells = rows[0]?.cells ?? [];
    expect([cells.length, ...cells.slice(0, 4)]).toEqual([103, mpan, "AI", date, "0.1"]);
    expect(cells.slice(3, 53)).toEqual(periods.map(period => (period <= held ? String(period / 10) : "")));
    expect(cells.slice(53)).toEqual(periods.map(period => (period <= held ? "A" : "")));
  });

  test("days are numbered as they stand, the newest first; a half-hour that is null is nothing", () => {
    const {rows} = unfold(
      dayOf("2026-06-16"),
      dayOf("2026-06-15", period => (period === 48 ? null : 0))
    );
    expect(rows.map(({line, cells}) => [line, cells[2], cells[49], cells[50]])).toEqual([
      [1, "2026-06-16", "4.7", "4.8"],
      [2, "2026-06-15", "0", ""]
    ]);
  });

  test.each([
    ["a 47th half-hour in spring", dayOf("2026-03-29", () => 1, "A", 47), "period 47 of a day of 46"],
    ["a 49th in summer", dayOf("2026-06-15", () => 0, "A", 49), "period 49 of a day of 48"],
    ["words", {...dayOf("2026-06-15"), P7: "lots"}, "period 7 holds no quantity"],
    ["a date the other way round", {...dayOf("2026-06-15"), Date: "15/06/2026"}, "not a date"],
    ["a date there is not", {...dayOf("2026-06-15"), Date: "2026-06-31"}, "not a date"],
    ["nothing", null, "not a day"]
  ])("%s is misshapen", (_name, broken, why) => {
    const {rows, misshapen} = unfold(broken, dayOf("2026-06-14"));
    expect([rows.map(({line}) => line), misshapen]).toEqual([[2], [{line: 1, why: expect.stringContaining(why)}]]);
  });

  test.each(["", "{", "[]", "{}", '{"data":{}}', '{"data":[{"Date"', "\u0000\u0000"])(
    "%j as a whole is refused",
    text => {
      expect(() => perseRealtime.unfold(text)).toThrow(/^(not whole JSON|no list of data)/);
    }
  );

  test.each([
    [JSON.stringify(answer()), true],
    [JSON.stringify({data: [dayOf("2026-06-15")]}), true],
    ['{"data":[{"resourceId":1}]}', false],
    ['{"error":"cacheAvailability"}', false]
  ])("%s: known is %s", (head, isKnown) => {
    expect(perseRealtime.isOf({fileName: "x.json", head})).toBe(isKnown);
  });
});
