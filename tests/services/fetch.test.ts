import {readdir, readFile} from "node:fs/promises";
import {join} from "node:path";
import {afterEach, beforeEach, expect, test} from "vitest";
import {main} from "../../src/cli.ts";
import {halfHoursOn, later, withLondonOffset} from "../sources/local-day.ts";
import {Canopy, fixedEffects} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {type StubServer, startStub} from "../support/stub-server.ts";

const key = "sk_live_never_shown";
let server: StubServer;
beforeEach(async () => {
  server = await startStub();
});
afterEach(() => server.close());

const path = `/v1/electricity-meter-points/${mpans[0]}/meters/S1/consumption/`;
/** A page of whole days; each half-hour is an eighth of a kWh, so a day of 48 is 6 kWh. */
const page = (dates: readonly string[], kwh = 0.125) => ({
  count: dates.length * 48,
  next: null,
  previous: null,
  results: dates.flatMap(halfHoursOn).map(at => ({
    consumption: kwh,
    interval_start: withLondonOffset(at),
    interval_end: withLondonOffset(later(at, 30))
  }))
});

/** Runs a command line with these settings of the Octopus service and whatever else is given. */
async function line(folder: string, argv: readonly string[], start: string, others: Record<string, string> = {}) {
  const effects = fixedEffects(start);
  const environment = {
    CANOPY_OCTOPUS_API_KEY: key,
    CANOPY_OCTOPUS_METERS: `${mpans[0]}:S1`,
    CANOPY_OCTOPUS_BASE_URL: server.url,
    ...others
  };
  const code = await main([...argv, "--data", folder], {...effects, environment});
  return {code, text: effects.printed.join("\n")};
}

/** Every file of a folder as one text, to look for what must not be there. */
async function everything(folder: string): Promise<string> {
  const names = await readdir(folder, {recursive: true, withFileTypes: true});
  const files = names.filter(each => each.isFile()).map(each => join(each.parentPath, each.name));
  return (await Promise.all(files.map(file => readFile(file, "latin1")))).join("\n");
}

test("a service is asked for what is new since what is held, late and corrected data come, and the key is nowhere", async () => {
  const folder = await makeDataFolder();
  server.on(path, {body: page(["2026-10-01", "2026-10-02"])});
  const first = await line(folder, ["fetch"], "2026-10-03T06:00:00Z");
  expect(first).toMatchObject({code: 0});
  expect(first.text).toContain("octopus: 1 new answer");
  const c = new Canopy(folder);
  const kwh = "select settlement_date::date::varchar as day, total_kwh as kwh from marts.meter_days order by 1";
  expect(await c.ask(kwh)).toEqual([
    {day: "2026-10-01", kwh: 6},
    {day: "2026-10-02", kwh: 6}
  ]);
  const asked = server.calls.length;
  server.on(path, {body: page(["2026-10-02", "2026-10-03"], 0.15625)});
  expect(await line(folder, ["fetch", "octopus"], "2026-10-04T06:00:00Z")).toMatchObject({code: 0});
  // The newest day that is held is 2 October (to 23:30 of it): the next call begins before it, by the look-back.
  const from = server.calls[asked]?.query.get("period_from") ?? "";
  expect(from < "2026-10-02" && from > "2026-08-01").toBe(true);
  expect(await c.ask(kwh)).toEqual([
    {day: "2026-10-01", kwh: 6},
    {day: "2026-10-02", kwh: 7.5},
    {day: "2026-10-03", kwh: 7.5}
  ]);
  expect(
    await c.live("select count(*)::integer as days from raw.meter_days where settlement_date = '2026-10-02'")
  ).toEqual([{days: 2}]);
  expect(await everything(folder)).not.toContain(key);
});

test("the same answer again is known, and changes nothing", async () => {
  const folder = await makeDataFolder();
  server.on(path, {body: page(["2026-10-01"])});
  await line(folder, ["fetch"], "2026-10-02T06:00:00Z");
  const days = ["--from", "2026-09-24", "--to", "2026-10-03"];
  expect((await line(folder, ["fetch", "octopus", ...days], "2026-10-02T07:00:00Z")).code).toBe(0);
  const again = await line(folder, ["fetch", "octopus", ...days], "2026-10-02T08:00:00Z");
  expect(again.text).toContain("octopus: nothing new");
});

test("one service failing stops no other, is told of without its key, and is remembered", async () => {
  const folder = await makeDataFolder();
  server.on(path, {status: 401, body: {detail: `Invalid key ${key}`}});
  server.on("/v1/archive", {
    body: {
      latitude: 53.4,
      generationtime_ms: 0.1,
      longitude: -2.2,
      utc_offset_seconds: 0,
      timezone: "GMT",
      hourly_units: {time: "iso8601", temperature_2m: "°C"},
      hourly: {time: ["2026-10-01T00:00", "2026-10-01T01:00"], temperature_2m: [11.2, null]}
    }
  });
  const others = {CANOPY_WEATHER_PLACE: "53.41,-2.16", CANOPY_OPEN_METEO_URL: server.url};
  const {code, text} = await line(folder, ["fetch"], "2026-10-03T06:00:00Z", others);
  expect(code).toBe(1);
  expect(text).toMatch(/^octopus: failed after nothing new: /m);
  expect(text).toMatch(/^open-meteo: 1 new answer/m);
  expect(text).not.toContain(key);
  const shown = await line(folder, ["services"], "2026-10-03T07:00:00Z", others);
  expect(shown.text).toMatch(/failed .*, 1 time in a row; has never answered/);
  expect(shown.text).toMatch(/answered 3 Oct/);
  expect(shown.text).not.toContain(key);
  expect(
    await new Canopy(folder).live("select value::double as c, status from raw.observations order by starts_at")
  ).toEqual([
    {c: 11.2, status: "actual"},
    {c: null, status: "missing"}
  ]);
});

test("nothing is asked of anyone where nothing is set up, and a wrong setting is named without what it holds", async () => {
  const folder = await makeDataFolder();
  const effects = fixedEffects();
  expect(await main(["fetch", "--data", folder], effects)).toBe(0);
  expect(effects.printed).toEqual(["no service is set up. To see what each needs: canopy services"]);
  const {code, text} = await line(folder, ["fetch"], "2026-10-03T06:00:00Z", {CANOPY_OCTOPUS_METERS: "rubbish"});
  expect(code).toBe(1);
  expect(text).toContain("its settings are wrong: CANOPY_OCTOPUS_METERS (not as it should be)");
  expect(text).not.toContain("rubbish");
  expect(server.calls).toEqual([]);
});

test("a key that a service repeats in its answer is not archived", async () => {
  const folder = await makeDataFolder();
  const answer = {...page(["2026-10-01"]), asked_with: key, encoded: Buffer.from(key).toString("base64")};
  server.on(path, {body: answer});
  expect(await line(folder, ["fetch"], "2026-10-03T06:00:00Z")).toMatchObject({code: 0});
  expect(await new Canopy(folder).live("select count(*)::integer as days from raw.meter_days")).toEqual([{days: 1}]);
  const all = await everything(folder);
  expect(all).toContain('"asked_with":"[hidden]"');
  for (const secret of [key, Buffer.from(key).toString("base64")]) expect(all).not.toContain(secret);
});
