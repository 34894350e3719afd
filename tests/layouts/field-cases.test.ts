import {existsSync} from "node:fs";
import {readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {zipFile} from "../archive/containers/zip-file.ts";
import {canopyLine} from "../hostile/command-line.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {daysOf, periodsOf} from "../support/forms.ts";
import {writeRows} from "../support/registers.ts";

/** Small files of kinds that once were read wrongly, kept beside the project and read where they stand. */
const folder = new URL("../../../shared/field-cases/", import.meta.url).pathname;
const areThere = existsSync(folder);
if (!areThere) process.stderr.write(`skipped: files of kinds that were read wrongly, which are not at ${folder}\n`);

/** Drafts a layout from the first of these files, brings all of them by it, and gives what landed. */
async function drafted(
  place: string,
  names: readonly string[],
  more: readonly string[] = [],
  known?: string
): Promise<Canopy> {
  const data = known ?? (await makeDataFolder());
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

  test("what was missing arrives in one half-hour: the sum of a gap, noted, and no peak", async () => {
    const c = await drafted(
      "lump-after-a-gap",
      ["lump.csv"],
      ["--meter-point", hall],
      await makeDataFolder([{id: hall}])
    );
    // 42 half-hours are missing, and the next held their sum: 30 of the 17th and 13 of the 18th.
    expect(
      await c.ask(
        `select source, sum(half_hours)::integer as half_hours, round(sum(kwh), 2) as kwh
         from marts.energy_by_source where source <> 'nothing' group by source order by source`
      )
    ).toEqual([
      {source: "half-hourly actual", half_hours: 28 * 48 - 43, kwh: 4234.23},
      {source: "period actual", half_hours: 43, kwh: 169.9}
    ]);
    expect(await c.ask("select kind, outcome, is_left_out, half_hours, found, usual from marts.doubts")).toEqual([
      {kind: "lump", outcome: "noted", is_left_out: false, half_hours: 1, found: 169.9, usual: 42}
    ]);
    expect(await c.ask("select max(list_max(kwh)) as peak from marts.meter_days")).toEqual([{peak: 8.29}]);
  });

  test("a solar meter that shows one value day and night: doubted for those half-hours alone", async () => {
    const meter = "PV-1";
    const data = await makeDataFolder([{id: meter}, {id: hall}]);
    await writeRows(data, "generation-assets.csv", [`PV,town-hall,solar,25,${meter},${hall},2020-01-01,`]);
    const c = await drafted("frozen-day-and-night", ["frozen.csv"], ["--meter-point", meter], data);
    // From 10:00 on the 16th to 14:30 on the 18th: 28 + 48 + 29 half-hours.
    expect(
      await c.ask(
        "select kind, first_date::date::varchar as first, last_date::date::varchar as last, half_hours, found from marts.doubts"
      )
    ).toEqual([{kind: "frozen", first: "2026-06-16", last: "2026-06-18", half_hours: 105, found: 9.27}]);
    expect(await c.ask("select sum(bit_count(present))::integer as half_hours from marts.meter_days")).toEqual([
      {half_hours: 30 * 48 - 105}
    ]);
  });

  test("an export meter in a plain file: held, for the register says otherwise than the layout", async () => {
    const data = await makeDataFolder([{id: hall}, {id: library}, {id: "PV1"}]);
    await writeRows(data, "generation-assets.csv", [`PV-1,town-hall,solar,50,PV1,${library},2020-01-01,`]);
    const file = join(folder, "export-meter-in-plain-file", "export-in-same-file.csv");
    expect(await canopyLine(["ingest", "--file", file], data)).toMatchObject({code: 0});
    const c = new Canopy(data);
    expect(await c.ask("select consumption_kwh, export_kwh from marts.site_energy_daily")).toEqual([
      {consumption_kwh: 262, export_kwh: null}
    ]);
    expect(await c.ask("select meter_key, why from marts.held_meters")).toEqual([
      {meter_key: library, why: "generation-assets.csv says that it measures export, the layout import"}
    ]);
  });

  test("the same bytes by two roads are one load, withdrawn at once", async () => {
    const c = await drafted("withdrawn-but-still-counted", ["export.csv"], [], await makeDataFolder([{id: hall}]));
    const file = await readFile(join(folder, "withdrawn-but-still-counted", "export.csv"));
    const again = join(c.folder, "again.zip");
    await writeFile(again, zipFile([{name: "export.csv", data: file}]));
    expect(await canopyLine(["ingest", "--file", again], c.folder)).toMatchObject({code: 0});
    expect(await canopyLine(["withdraw", "1", "--why", "wrong import"], c.folder)).toMatchObject({code: 0});
    expect(await c.ask("select load_id, also_came_as from marts.loads")).toEqual([
      {load_id: 1, also_came_as: expect.stringContaining("again.zip")}
    ]);
    expect(await c.ask("select * from marts.meter_days")).toEqual([]);
  });

  test("a year with nine months in it is compared by the meter and months that both years hold, or not at all", async () => {
    const data = await makeDataFolder([{id: hall}, {id: library}]);
    const file = join(folder, "year-with-nine-months", "bills.csv");
    expect(await canopyLine(["ingest", "--file", file], data)).toMatchObject({code: 0});
    const years = await new Canopy(data).ask(
      "select reporting_year as year, round(scope_2_t_co2e, 3) as t, is_whole_year from marts.reporting_years order by 1"
    );
    // 240,000 kWh × 0.20705 and 90,000 kWh × 0.17700.
    expect(years).toEqual([
      {year: 2024, t: 49.692, is_whole_year: true},
      {year: 2025, t: 15.93, is_whole_year: false}
    ]);
    const {printed} = await canopyLine(["status"], data);
    expect(printed).not.toMatch(/68 ?%/);
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
