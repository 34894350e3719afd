import {existsSync} from "node:fs";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {canopyLine} from "../hostile/command-line.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {daysOf, periodsOf} from "../support/forms.ts";

/** Small files of kinds that once were read wrongly, kept beside the project and read where they stand. */
const folder = new URL("../../../shared/field-cases/", import.meta.url).pathname;
const areThere = existsSync(folder);
if (!areThere) process.stderr.write(`skipped: files of kinds that were read wrongly, which are not at ${folder}\n`);

/** Drafts a layout from the first of these files, brings all of them by it, and gives what landed. */
async function drafted(place: string, names: readonly string[], more: readonly string[] = []): Promise<Canopy> {
  const data = await makeDataFolder();
  const files = names.map(name => join(folder, place, name));
  const seen = await canopyLine(["layouts", "detect", files[0] ?? "", "--write", "form"], data);
  expect(seen.code, seen.printed).toBe(0);
  const brought = await canopyLine(["ingest", ...more, "--file", ...files], data);
  expect(brought.code, brought.printed).toBe(0);
  return new Canopy(data);
}

const [hall, library, depot] = ["1600500012341", "1600500056784", "1600500099991"];
const days = (meter: string, dates: readonly string[], end: string) =>
  dates.map(date => `${meter} 2026-01-${date} ${end}`);
const three = ["12", "13", "14"];

describe.skipIf(!areThere)("files of kinds that were read wrongly", () => {
  test("labels of the start under a header of ends: refused, with the word to put", async () => {
    const file = join(folder, "labels-of-the-start", "edf-row-start.csv");
    const data = await makeDataFolder();
    for (const line of [
      ["layouts", "detect", file],
      ["ingest", "--file", file],
      ["layouts", "test", "edf-row-per-reading", file]
    ])
      expect(await canopyLine(line, data)).toMatchObject({
        code: 1,
        printed: expect.stringMatching(/00:00 to\s+23:30[\s\S]*put\s+"start"\s+for\s+"stamp"/)
      });
  });

  test("power: halved, all of it actual", async () => {
    expect(await daysOf(await drafted("power-not-energy", ["esb-hdf-kw.csv"]))).toEqual([
      "name:10300000123 2025-10-25 260.8 kWh in 48",
      "name:10300000123 2025-10-26 265 kWh in 50",
      "name:10300000123 2025-10-27 260.8 kWh in 48"
    ]);
  });

  test("a register: its differences", async () => {
    expect(await daysOf(await drafted("register-that-only-rises", ["cumulative-hh.csv"]))).toEqual(
      days(hall, ["12", "13"], "262 kWh in 48")
    );
  });

  test("a counter that restarts: the zeros are set aside, and their gap is a period", async () => {
    const canopy = await drafted("counter-drops-and-returns", ["counter.csv"]);
    expect(await daysOf(canopy)).toEqual([`${hall} 2026-01-12 100.5 kWh in 43`, `${hall} 2026-01-13 108 kWh in 48`]);
    expect(await periodsOf(canopy)).toEqual([`${hall} 2026-01-12 19:30 to 2026-01-12 22:00 7.5 kWh`]);
  });

  test("tables under one another: each of its own meter", async () => {
    expect(await daysOf(await drafted("tables-stacked-in-one-file", ["stacked-blocks.csv"]))).toEqual([
      ...days(hall, three, "262 kWh in 48"),
      ...days(library, three, "130.94 kWh in 48"),
      ...days(depot, three, "65.49 kWh in 48")
    ]);
  });

  test("three quantities in three sheets: import lands, reactive is passed over, the legend is no table", async () => {
    const file = join(folder, "three-quantities-in-three-sheets", "bryt-like.xlsx");
    const data = await makeDataFolder();
    expect(await canopyLine(["layouts", "detect", file], data)).toMatchObject({code: 0});
    const {code, printed} = await canopyLine(["ingest", "--file", file], data);
    expect([code, printed]).toEqual([0, expect.stringContaining("Legend: no table")]);
    expect(await daysOf(new Canopy(data))).toEqual(
      [hall, library].flatMap(meter => [`${meter} 2025-10-25 262 kWh in 48`, `${meter} 2025-10-26 266.05 kWh in 50`])
    );
  });

  test("cost beside consumption: a layout drafted from six rows reads the rest, all of it actual", async () => {
    const canopy = await drafted(
      "cost-beside-consumption",
      ["first-hours.csv", "two-days.csv"],
      ["--meter-point", hall]
    );
    expect((await daysOf(canopy)).filter(each => / 4\d$| 50$/.test(each))).toEqual([
      `${hall} 2025-10-25 28.191 kWh in 45`,
      `${hall} 2025-10-26 37.95 kWh in 50`
    ]);
  });

  test("a sheet for each building: each is a meter of its name", async () => {
    expect(await daysOf(await drafted("a-sheet-for-each-building", ["sheet-per-building.xlsx"]))).toEqual([
      ...days("name:Central Library", three, "130.94 kWh in 48"),
      ...days("name:Leisure Centre", three, "524 kWh in 48"),
      ...days("name:Town Hall", three, "262 kWh in 48")
    ]);
  });

  test("four files of one form: four meters", async () => {
    const names = [
      "CouncilHouse_Electricity",
      "CouncilHouse_GasHeat",
      "CouncilHouse_Water",
      "MuseumArtGallery_Electricity"
    ];
    const canopy = await drafted(
      "four-files-one-name",
      names.map(name => `${name}_20260112.csv`)
    );
    expect(await daysOf(canopy)).toEqual([
      "name:CouncilHouse_Electricity 2026-01-12 262 kWh in 48",
      "name:CouncilHouse_GasHeat 2026-01-12 786 kWh in 48",
      "name:CouncilHouse_Water 2026-01-12 13.12 m3 in 48",
      "name:MuseumArtGallery_Electricity 2026-01-12 393.02 kWh in 48"
    ]);
  });

  test.each(["csv", "json"])("stamps of an open data store, as %s", async ending => {
    expect(await daysOf(await drafted("open-data-store-stamps", [`bath-socrata.${ending}`]))).toEqual([
      `${hall} 2026-03-27 262 kWh in 48`,
      `${hall} 2026-03-28 262 kWh in 48`,
      `${hall} 2026-03-29 257.75 kWh in 46`,
      `${hall} 2026-03-30 262 kWh in 48`
    ]);
  });

  test("half-hours of TEAM Sigma land by themselves; gas waits for its unit", async () => {
    const data = await makeDataFolder();
    await canopyLine(["ingest", "--file", join(folder, "sigma-half-hours", "sigma-periodic.csv")], data);
    expect(await daysOf(new Canopy(data))).toEqual([
      ...days(hall, three, "262 kWh in 48"),
      ...days(library, three, "130.94 kWh in 48"),
      ...days("9100000789", three, "786 metered in 48")
    ]);
  });

  test("months of each site, and dial reads", async () => {
    const total = async (canopy: Canopy) =>
      canopy.live(
        "select meter_key, sum(quantity)::double as kwh, sum(quantity) filter (is_estimated)::double as estimated from raw.periods group by all order by all"
      );
    expect(await total(await drafted("months-of-each-site", ["monthly-sites.csv"]))).toEqual([
      {meter_key: hall, kwh: 486_600, estimated: null},
      {meter_key: library, kwh: 36_660, estimated: null},
      {meter_key: "9100000123", kwh: 327_000, estimated: null}
    ]);
    expect(await total(await drafted("months-of-each-site", ["monthly-long.csv"]))).toEqual([
      {meter_key: hall, kwh: 486_600, estimated: 40_300},
      {meter_key: "9100000123", kwh: 366_600, estimated: expect.any(Number)}
    ]);
    const reads = await drafted("months-of-each-site", ["manual-reads.csv"]);
    expect(await reads.live("select value::double as value, status from raw.register_reads order by read_at")).toEqual([
      {value: 10_234, status: "actual"},
      {value: 10_510, status: "actual"},
      {value: 10_602, status: "estimated"},
      {value: 10_650, status: "actual"}
    ]);
  });

  test("an OpenDocument spreadsheet is called what it is, with what to do", async () => {
    const file = join(folder, "ods-is-no-web-page", "plain48.ods");
    const {code, printed} = await canopyLine(["ingest", "--file", file], await makeDataFolder());
    expect([code, printed]).toEqual([
      1,
      "refused plain48.ods: an OpenDocument spreadsheet: save it as .xlsx or CSV and bring that"
    ]);
  });
});
