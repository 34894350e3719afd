import {existsSync} from "node:fs";
import {beforeAll, describe, expect, test} from "vitest";
import {type Connection, openDatabase, quoteText} from "../../src/warehouse/connection.ts";
import {loadMacros} from "../../src/warehouse/warehouse.ts";
import {realPath} from "../support/real-data.ts";

const weatherModels = realPath("weather-models");
let connection: Connection;

beforeAll(async () => {
  const database = await openDatabase(":memory:", {folders: [weatherModels]});
  connection = await database.connect();
  await loadMacros(connection);
});

interface Signature {
  readonly series: string;
  readonly shape: string;
  readonly heating_point: number | null;
  readonly cooling_point: number | null;
  readonly days: number;
  readonly base: number;
  readonly heating_slope: number;
  readonly cooling_slope: number;
  readonly squared_error: number;
  readonly terms: number;
  readonly adjusted_r2: number;
}

/** Balance points: from one degree to another, by one; none where null. */
type Span = readonly [number, number] | null;

const spans = (heating: Span, cooling: Span) => [...(heating ?? [99, -99]), ...(cooling ?? [99, -99])].join(", ");

const best = (days: string, heating: Span, cooling: Span) =>
  connection.rows<Signature>(`from best_signatures(${quoteText(days)}, ${spans(heating, cooling)}, 1) order by series`);

/** Rows of days: `[series, y, t]`. */
async function makeDays(name: string, rows: readonly (readonly [string, number, number])[]) {
  const values = rows.map(([series, y, t]) => `(${quoteText(series)}, ${y}, ${t})`).join(", ");
  await connection.run(
    `create or replace table ${name} as select series, true as may_cool, y::decimal(18, 4) as y, t::decimal(9, 4) as t from (values ${values}) v(series, y, t)`
  );
}

/** Temperatures of a made-up year: from 0 to 24 and back, a degree a day. */
const saw = Array.from({length: 336}, (_, day) => 24 - Math.abs((day % 48) - 24));

describe("series made of a known signature", () => {
  test("each shape is found with its balance points, base and slopes", async () => {
    const heat = (t: number, point: number) => Math.max(point - t, 0);
    await makeDays("made", [
      ...saw.map((t): [string, number, number] => ["constant", 40, t]),
      ...saw.map((t): [string, number, number] => ["heating", 10 + 3 * heat(t, 15), t]),
      ...saw.map((t): [string, number, number] => ["cooling", 5 + 2 * Math.max(t - 18, 0), t]),
      ...saw.map((t): [string, number, number] => ["both", 7 + 1.5 * heat(t, 12) + 4 * Math.max(t - 19, 0), t])
    ]);
    const found = await best("made", [8, 20], [14, 22]);
    expect(
      found.map(({series, shape, heating_point, cooling_point}) => [series, shape, heating_point, cooling_point])
    ).toEqual([
      ["both", "heating and cooling", 12, 19],
      ["constant", "constant", null, null],
      ["cooling", "cooling", null, 18],
      ["heating", "heating", 15, null]
    ]);
    const terms = found.map(({base, heating_slope, cooling_slope}) => [base, heating_slope, cooling_slope]);
    const made = [
      [7, 1.5, 4],
      [40, 0, 0],
      [5, 0, 2],
      [10, 3, 0]
    ];
    for (const [index, values] of made.entries())
      for (const [term, value] of values.entries()) expect(terms[index]?.[term]).toBeCloseTo(value, 9);
    for (const {squared_error} of found) expect(squared_error).toBeLessThan(1e-6);
  });

  test("a line by hand: base 2, 4 a degree, one unit of error on either side", async () => {
    // Twenty days at 10° (x = 5) and twenty at 15° (x = 0): mean 22 and 2, each ± 1. Slope (22 − 2) / 5 = 4; squared error 40 × 1.
    await makeDays("by_hand", [
      ...Array.from({length: 20}, (_, index): [string, number, number] => ["a", 22 + (index % 2 ? 1 : -1), 10]),
      ...Array.from({length: 20}, (_, index): [string, number, number] => ["a", 2 + (index % 2 ? 1 : -1), 15])
    ]);
    const [found] = await best("by_hand", [15, 15], null);
    expect(found).toMatchObject({shape: "heating", days: 40, terms: 2});
    expect(found?.base).toBeCloseTo(2, 9);
    expect(found?.heating_slope).toBeCloseTo(4, 9);
    expect(found?.squared_error).toBeCloseTo(40, 9);
    // All about the mean 12: 40 × (10² + 1²) = 4,040. 1 − (40 / 38) / (4040 / 39).
    expect(found?.adjusted_r2).toBeCloseTo(1 - 40 / 38 / (4040 / 39), 9);
  });

  test("nine days beyond a balance point are too few, and so is use that falls as it gets colder", async () => {
    await makeDays("few", [
      ...Array.from({length: 9}, (): [string, number, number] => ["few", 50, 5]),
      ...Array.from({length: 300}, (): [string, number, number] => ["few", 10, 20]),
      ...saw.map((t): [string, number, number] => ["falls", 100 - 3 * Math.max(15 - t, 0), t])
    ]);
    expect((await best("few", [15, 15], null)).map(({series, shape}) => [series, shape])).toEqual([
      ["falls", "constant"],
      ["few", "constant"]
    ]);
  });
});

/** Use of a day by hand: what `signature_at` says, summed over the days of a table `year(t)`. */
async function usedIn(terms: string): Promise<number> {
  const {kwh} = await connection.row<{kwh: number}>(`select sum(signature_at(t, ${terms})) as kwh from year`);
  return kwh;
}

test("a known signature over a known year uses what was published for it", async () => {
  // Hours of 50 + 30 (i mod 8760) / 8760 °F over 365 UTC days; base 1, slope 1, points 60 and 70 (65 alone).
  await connection.run(
    `create or replace table year as select i // 24 as day, avg(50 + 30 * i / 8760) as t from range(8760) as hours(i) group by all`
  );
  expect(await usedIn("1, 60, 1, 70, 1")).toBeCloseTo(1582, 0);
  expect(await usedIn("0, 60, 1, null, 0")).toBeCloseTo(609, 0);
  expect(await usedIn("0, null, 0, 70, 1")).toBeCloseTo(608, 0);
  expect(await usedIn("1, 65, 1, null, 0")).toBeCloseTo(1734, 0);
  expect(await usedIn("1, null, 0, 65, 1")).toBeCloseTo(1733, 0);
});

describe.runIf(existsSync(weatherModels))("public series of daily use, in °F", () => {
  const file = (name: string) => quoteText(`${weatherModels}/${name}`);
  const text = "header = true, delim = ',', auto_detect = false";

  beforeAll(async () => {
    // Days of UTC, as the published values were worked out; days of the place's own clock for the last.
    await connection.run(`
      create or replace table hours as
      select substr(dt, 1, 19)::timestamp as local_at, substr(dt, 20, 3)::integer as ahead, t::double as t
      from read_csv(${file("il-tempF.csv.gz")}, ${text}, columns = {dt: 'varchar', t: 'varchar'})
      where t <> ''`);
    await connection.run(`
      create or replace table temperatures as
      select 'utc' as clock, (local_at - to_hours(ahead))::date as day, avg(t) as t from hours group by all
      union all
      select 'local', local_at::date, avg(t) from hours group by all`);
  });

  async function makeReal(name: string, meter: string, clock: string, from: string, to: string): Promise<void> {
    await connection.run(`
      create or replace table ${name} as
      select 'a' as series, true as may_cool, round(value::double, 4)::decimal(18, 4) as y, round(t, 4)::decimal(9, 4) as t
      from read_csv(${file(meter)}, ${text}, columns = {start: 'varchar', value: 'varchar'}) m
      join temperatures w on w.day = substr(start, 1, 10)::date and w.clock = ${quoteText(clock)}
      where value <> '' and day between ${quoteText(from)}::date and ${quoteText(to)}::date`);
  }

  /** What a signature expects of 59 days of 30 to 88 °F. */
  async function of59Days(days: string): Promise<number> {
    const {kwh} = await connection.row<{kwh: number}>(`
      select sum(signature_at(t, base, heating_point, heating_slope, cooling_point, cooling_slope)) as kwh
      from best_signatures(${quoteText(days)}, 30, 90, 30, 90, 1), range(30, 89) as r(t)`);
    return kwh;
  }

  const electricity = "il-electricity-cdd-hdd-daily.csv.gz";

  test("heating and cooling: points, terms and metered savings as published (1,571.28)", async () => {
    await makeReal("baseline", electricity, "utc", "2015-12-27", "2016-12-25");
    const [found] = await best("baseline", [30, 90], [30, 90]);
    expect(found).toMatchObject({shape: "heating and cooling", heating_point: 53, cooling_point: 68, days: 365});
    expect(found?.base).toBeCloseTo(13.472386, 4);
    expect(found?.heating_slope).toBeCloseTo(1.112295, 5);
    expect(found?.cooling_slope).toBeCloseTo(2.516255, 5);
    expect(found?.adjusted_r2).toBeCloseTo(0.768473, 5);
    expect(Math.abs((await of59Days("baseline")) - 59 - 1571.28)).toBeLessThan(0.01);
  });

  test("given points: the year's use as published (7,059.48; cooling alone 10,192.0)", async () => {
    await makeReal("baseline", electricity, "utc", "2015-12-27", "2016-12-25");
    await connection.run(
      `create or replace table year as select i // 24 as day, avg(50 + 30 * i / 8760) as t from range(8760) as hours(i) group by all`
    );
    for (const [heating, expected] of [
      [[60, 60], 7059.48],
      [null, 10192]
    ] as const) {
      const {kwh} = await connection.row<{kwh: number}>(`
        select sum(signature_at(year.t, base, heating_point, heating_slope, cooling_point, cooling_slope)) as kwh
        from best_signatures('baseline', ${spans(heating, [65, 65])}, 1), year`);
      expect(Math.abs(kwh - expected)).toBeLessThan(0.02);
    }
  });

  test("the difference of two signatures as published (168.58)", async () => {
    await makeReal("baseline", electricity, "utc", "2015-12-27", "2016-12-25");
    await makeReal("reporting", electricity, "utc", "2017-01-04", "2018-01-03");
    const savings = (await of59Days("baseline")) - (await of59Days("reporting"));
    expect(Math.abs(savings - 168.58)).toBeLessThan(0.01);
  });

  test("gas made with a balance point of 60 °F: found, and 92.09 saved of a tenth", async () => {
    // 365 days before and after the works, of which the last of either has no end in the file and is none.
    await makeReal("gas", "il-gas-hdd-only-daily.csv.gz", "local", "2015-12-27", "2016-12-24");
    const [found] = await best("gas", [30, 90], null);
    expect(found).toMatchObject({shape: "heating", heating_point: 60});
    await makeReal("later", "il-gas-hdd-only-daily.csv.gz", "local", "2017-01-04", "2018-01-02");
    const {saved} = await connection.row<{saved: number}>(`
      select sum(signature_at(l.t::double, base, heating_point, heating_slope, null, 0) - l.y::double) as saved
      from best_signatures('gas', 30, 90, 99, -99, 1), later l`);
    expect(Math.abs(saved - 92.09)).toBeLessThan(0.01);
  });
});
