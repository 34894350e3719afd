import {mkdir, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {main} from "../../src/cli.ts";
import {Canopy, fixedEffects} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {hasRealData, readCells, realPath} from "../support/real-data.ts";

const file = realPath("meters/dundee-schools-gas/school_gas_usage.csv");
const repairedFile = realPath("meters/dundee-schools-gas/school_gas_usage_dates_repaired.csv");
const layoutFile = new URL("../../src/layouts/library/dundee-schools-gas.json", import.meta.url);

interface SchoolDay {
  /** The file's own row number. */
  readonly id: string;
  readonly site: string;
  readonly date: string;
  readonly cells: readonly (number | null)[];
}

/** The rows of a file as written: the site trimmed, `-` and nothing as no reading. */
async function readDays(path: string): Promise<SchoolDay[]> {
  return (await readCells(path)).slice(1).map(([id = "", site = "", , date = "", ...cells]) => ({
    id,
    site: site.trim(),
    date: date.slice(0, 10),
    cells: cells.map(cell => (cell === "-" || cell === "" ? null : Number(cell)))
  }));
}

const total = (days: readonly SchoolDay[]) =>
  days.flatMap(({cells}) => cells).reduce<number>((sum, kwh) => sum + (kwh ?? 0), 0);
const hasReads = ({cells}: SchoolDay) => cells.some(kwh => kwh !== null);

/** Dundee's 38 schools as a register; each is known by its name in the file. */
async function dundee(): Promise<Canopy> {
  const sites = [...new Set((await readDays(file)).map(({site}) => site))];
  const meters = sites.map((knownAs, index) => ({
    id: `school-${index + 1}`,
    energy: "gas" as const,
    site: `site-${index + 1}`,
    knownAs,
    from: "2017-03-13",
    to: "2018-03-13"
  }));
  return new Canopy(await makeDataFolder(meters, "2018-03-13"));
}

/** The council allows the exchange of day and month to be mended. */
async function allowMending(canopy: Canopy): Promise<void> {
  const folder = join(canopy.folder, "council", "layouts");
  await mkdir(folder, {recursive: true});
  await writeFile(
    join(folder, "dundee-schools-gas.json"),
    JSON.stringify({...JSON.parse(await readFile(layoutFile, "utf8")), mend: "day-month-by-sequence"})
  );
}

describe.runIf(hasRealData)("Dundee's schools", () => {
  test("rows whose day and month are exchanged are rejected, each with its reason, and nothing else is", async () => {
    const canopy = await dundee();
    const load = await canopy.bring("school_gas_usage.csv", await readFile(file));
    // 132 of 366 dates are wrong, at each of 38 schools: 54 outside the file's span, 78 inside it.
    expect(load).toMatchObject({
      outcome: "landed",
      rows_read: 13_908,
      rows_rejected: 132 * 38,
      rows_mended: 0,
      cells_rejected: 0
    });
    const rejects = await canopy.ask<{value: string; rule: string}>("select rule, value from marts.rejects");
    expect(new Set(rejects.map(({rule}) => rule))).toEqual(new Set(["daily sequence"]));
    const dates = new Set(rejects.map(({value}) => value.slice(0, 10)));
    expect(dates.size).toBe(132);
    expect([...dates].filter(date => date < "2017-03-13" || date > "2018-03-13")).toHaveLength(54);
    expect(rejects.every(({value}) => value.endsWith(": day and month are exchanged"))).toBe(true);
    expect(await canopy.ask("select row_number, value from marts.rejects order by row_number limit 1")).toEqual([
      {row_number: 16, value: "2017-09-04T00:00:00 where 2017-04-09 belongs: day and month are exchanged"}
    ]);
  });

  test("read without its numbers, which show the order, no day that may be exchanged is believed", async () => {
    const canopy = await dundee();
    const folder = join(canopy.folder, "council", "layouts");
    await mkdir(folder, {recursive: true});
    const {checks, ...plain} = JSON.parse(await readFile(layoutFile, "utf8"));
    expect(checks).toEqual({daily_sequence: {by: "given_id"}});
    await writeFile(join(folder, "dundee-schools-gas.json"), JSON.stringify(plain));
    await canopy.bring("school_gas_usage.csv", await readFile(file));
    // Of 366 dates 132 are wrong: all of them have a day up to 12 that is not the number of their month.
    const repaired = new Map((await readDays(repairedFile)).map(({id, date}) => [id, date]));
    const wrong = (await readDays(file)).filter(({id, date}) => date !== repaired.get(id));
    expect(new Set(wrong.map(({date}) => date)).size).toBe(132);
    const believed = await canopy.live<{date: string}>(
      `select distinct settlement_date::varchar as date from raw.meter_days
       anti join ops.left_out using (load_id, meter_key, channel, unit, settlement_date)`
    );
    const dates = new Set(wrong.map(({date}) => date));
    expect(believed.filter(({date}) => dates.has(date))).toEqual([]);
    expect(await canopy.ask("select distinct kind, outcome from marts.doubts")).toEqual([
      {kind: "exchanged", outcome: "doubtful"}
    ]);
  });

  test("what lands is what the good rows of the file hold, to 0.001 kWh", async () => {
    const canopy = await dundee();
    const load = await canopy.bring("school_gas_usage.csv", await readFile(file));
    const repaired = new Map((await readDays(repairedFile)).map(({id, date}) => [id, date]));
    const good = (await readDays(file)).filter(({id, date}) => date === repaired.get(id));
    const [held] = await canopy.ask<{kwh: number}>("select sum(consumption_kwh) as kwh from marts.site_energy_daily");
    expect(Math.abs((held?.kwh ?? 0) - total(good))).toBeLessThan(0.001);
    expect(load).toMatchObject({
      rows_landed: good.filter(hasReads).length,
      rows_empty: good.filter(day => !hasReads(day)).length
    });
  });

  test("where the layout allows it they are mended, say so, and every day is the repaired file's", async () => {
    const canopy = await dundee();
    const rejected = await canopy.bring("school_gas_usage.csv", await readFile(file));
    await allowMending(canopy);
    const [mended] = await canopy.replay();
    expect(mended).toMatchObject({outcome: "landed", rows_rejected: 0, rows_mended: 132 * 38});
    expect(await canopy.ask("select load_id, superseded_by from marts.loads order by load_id")).toEqual([
      {load_id: rejected.load_id, superseded_by: mended?.load_id},
      {load_id: mended?.load_id, superseded_by: null}
    ]);
    expect(
      await canopy.ask("select value from marts.rejects where outcome = 'mended' order by row_number limit 1")
    ).toEqual([{value: "2017-09-04T00:00:00 read as 2017-04-09: day and month were exchanged"}]);
    const held = await canopy.ask<{name: string; date: Date; kwh: number}>(
      "select site_name as name, settlement_date as date, consumption_kwh as kwh from marts.site_energy_daily order by site_id, settlement_date"
    );
    const repaired = (await readDays(repairedFile)).filter(hasReads);
    expect(held).toHaveLength(repaired.length);
    const byDay = await canopy.ask<{known_as: string; date: string; kwh: number}>(
      "select meter_point_id as known_as, settlement_date::date::varchar as date, total_kwh as kwh from marts.meter_days"
    );
    const sites = [...new Set((await readDays(file)).map(({site}) => site))];
    const heldDays = new Map(
      byDay.map(({known_as, date, kwh}) => [`${sites[Number(known_as.replace("school-", "")) - 1]} ${date}`, kwh])
    );
    for (const day of repaired) expect(heldDays.get(`${day.site} ${day.date}`)).toBeCloseTo(total([day]), 3);
    expect(Math.abs(held.reduce((sum, {kwh}) => sum + kwh, 0) - total(repaired))).toBeLessThan(0.001);
  });

  test("of one school's gas without a weather station: its year and what it does while closed, nothing of heating, nothing found", async () => {
    const canopy = await dundee();
    await allowMending(canopy);
    await canopy.bring("school_gas_usage.csv", await readFile(file));
    // The school that holds most of its days.
    const [site] = await canopy.ask<{site_id: string; kwh: number; closed: number; days: number}>(
      `select y.site_id, y.kwh, y.closed_share * y.kwh as closed, y.days from marts.site_years y order by y.days desc, y.site_id limit 1`
    );
    const sites = [...new Set((await readDays(file)).map(each => each.site))];
    const name = sites[Number(site?.site_id.replace("site-", "")) - 1];
    const whole = (await readDays(repairedFile)).filter(
      day => day.site === name && day.date > "2017-03-13" && day.cells.every(kwh => kwh !== null)
    );
    // Days on which the clock changes have 46 and 50 half-hours: of their 48 cells not every one has a place.
    const isPlain = ({date}: SchoolDay) => date !== "2017-03-26" && date !== "2017-10-29";
    expect(Math.abs((site?.days ?? 0) - whole.length)).toBeLessThanOrEqual(2);
    expect(site?.kwh).toBeGreaterThan(total(whole.filter(isPlain)) - 1);
    expect(site?.closed).toBeGreaterThan(0);
    const effects = fixedEffects("2018-03-14T12:00:00Z");
    expect(await main(["build", "--data", canopy.folder], effects)).toBe(0);
    expect(await main(["building", site?.site_id ?? "", "--data", canopy.folder], effects)).toBe(0);
    const text = effects.printed.join("\n");
    expect(text).toMatch(/^Gas: .* used in the last year/m);
    expect(text).toContain("while closed");
    expect(text).toContain("no weather station is in reach: nothing is said of heating");
    expect(text).not.toContain("signature:");
    // Its pictures: the half-hours and the base load of its gas; none by the weather, which nobody told.
    const drawn = async (figure: string) => {
      const out = join(canopy.folder, `${figure}.svg`);
      const code = await main(["figure", figure, site?.site_id ?? "", "--out", out, "--data", canopy.folder], effects);
      return code === 0 ? readFile(out, "utf8") : code;
    };
    expect(await drawn("carpet")).toMatch(/of its gas while closed|gas used while closed/);
    expect(await drawn("base-load")).toContain("Base load in kW, the mean from 00:00 to 04:00 of gas use");
    expect(await drawn("energy-signature")).toBe(1);
    const found = await canopy.ask<{kind: string}>(
      "select distinct kind from marts.findings where site_id = (select site_id from marts.site_years order by days desc, site_id limit 1)"
    );
    expect(found.map(({kind}) => kind).filter(kind => kind.includes("heating"))).toEqual([]);
  });

  test("six schools have no read, and are shown as missing, not as nought", async () => {
    const canopy = await dundee();
    await canopy.bring("school_gas_usage.csv", await readFile(file));
    expect(
      await canopy.ask(
        "select count(*)::integer as meters from (select meter_point_id from marts.data_coverage group by 1 having sum(present_half_hours) = 0 and sum(expected_half_hours) = 366 * 48)"
      )
    ).toEqual([{meters: 6}]);
    expect(await canopy.ask("select count(distinct site_id)::integer as sites from marts.site_energy_daily")).toEqual([
      {sites: 32}
    ]);
  });

  test("columns count half-hours since local midnight: the spring day lacks its last two at every school, and none in the hour that did not happen", async () => {
    const spring = (await readCells(repairedFile))
      .filter(([, , , date = ""]) => date.startsWith("2017-03-26"))
      .map(cells => cells.slice(4));
    expect(spring).toHaveLength(38);
    expect(spring.every(cells => cells.every((cell, index) => (cell === "") === index >= 46))).toBe(true);
    expect(spring.some(cells => Number(cells[2]) > 0 && Number(cells[3]) > 0)).toBe(true);
    const canopy = await dundee();
    await canopy.bring("school_gas_usage.csv", await readFile(file));
    expect(
      await canopy.ask(
        "select distinct periods, present_half_hours from marts.meter_days where settlement_date = '2017-03-26'"
      )
    ).toEqual([{periods: 46, present_half_hours: 46}]);
  });

  test("the day keeps its labels over both changes at most schools, and at none does it move an hour earlier in spring, as GMT would", async () => {
    const days = await readDays(repairedFile);
    const sites = [...new Set(days.filter(hasReads).map(({site}) => site))];
    const spring = sites
      .map(site => shiftOf(days, site, ["2017-03-15", "2017-03-24"], ["2017-03-27", "2017-04-01"]))
      .filter(shift => shift !== null);
    const autumn = sites
      .map(site => shiftOf(days, site, ["2017-10-18", "2017-10-27"], ["2017-10-30", "2017-11-08"]))
      .filter(shift => shift !== null);
    expect(spring.filter(shift => shift === 0).length).toBeGreaterThan(spring.length / 2);
    expect(spring.filter(shift => shift === -2)).toEqual([]);
    expect(autumn.filter(shift => shift === 0).length).toBeGreaterThan(autumn.length / 2);
    expect(autumn.filter(shift => shift === 2)).toEqual([]);
  });
});

type Span = readonly [from: string, to: string];

/** By how many half-hours a school's weekday is later in one span than in another: where their rises and falls fit best. */
function shiftOf(days: readonly SchoolDay[], site: string, before: Span, after: Span): number | null {
  const [first, second] = [profileOf(days, site, before), profileOf(days, site, after)];
  if (first === null || second === null) return null;
  const [rises, later] = [differences(first), differences(second)];
  const matchOf = (shift: number) => correlation(rises.slice(8, 40), later.slice(8 + shift, 40 + shift));
  return Array.from({length: 9}, (_, index) => index - 4).reduce(
    (best, shift) => (matchOf(shift) > matchOf(best) ? shift : best),
    0
  );
}

function profileOf(days: readonly SchoolDay[], site: string, [from, to]: Span): number[] | null {
  const chosen = days.filter(
    day =>
      day.site === site &&
      day.date >= from &&
      day.date <= to &&
      [1, 2, 3, 4, 5].includes(new Date(day.date).getUTCDay()) &&
      !day.cells.includes(null)
  );
  return chosen.length < 3
    ? null
    : Array.from(
        {length: 48},
        (_, slot) => chosen.reduce((sum, {cells}) => sum + (cells[slot] ?? 0), 0) / chosen.length
      );
}

const differences = (values: readonly number[]) => values.slice(1).map((value, index) => value - (values[index] ?? 0));

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const product = a.reduce((sum, value, index) => sum + (value - meanA) * ((b[index] ?? 0) - meanB), 0);
  const spread = Math.sqrt(
    a.reduce((sum, value) => sum + (value - meanA) ** 2, 0) * b.reduce((sum, value) => sum + (value - meanB) ** 2, 0)
  );
  return spread === 0 ? 0 : product / spread;
}
