import {createReadStream} from "node:fs";
import {readFile} from "node:fs/promises";
import {text} from "node:stream/consumers";
import {createGunzip} from "node:zlib";
import {type Connection, openDatabase} from "../../src/warehouse/connection.ts";
import {insertRows} from "../../src/warehouse/insert-rows.ts";
import {loadMacros} from "../../src/warehouse/warehouse.ts";
import {readCells, realPath} from "../support/real-data.ts";
import {type Course, LEAST_SCALE, type Opening, type Strays} from "./buildings.ts";

const DAY = 86_400_000;
const iso = (time: number) => new Date(time).toISOString().slice(0, 10);
const mean = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
const isWeekend = (date: string) => new Date(date).getUTCDay() % 6 === 0;

/** What one real meter took, kW by date. */
interface Series {
  readonly source: string;
  readonly energy: "electricity" | "gas";
  readonly kw: ReadonlyMap<string, number>;
}

/** Outside temperatures of Bath, the mean of each day. */
async function bath(): Promise<Map<string, number>> {
  const rows = (await readCells(realPath("weather/energy_sparks_bath/temperatures.csv"))).slice(1);
  return new Map(
    rows.map(([date = "", ...cells]) => [date.split("/").reverse().join("-"), mean(cells.slice(0, 48).map(Number))])
  );
}

/** The Central England series from 1960 to 2013, from a 1 January that is near a Monday on. */
export async function centralEngland(): Promise<number[]> {
  const days = new Map<string, number>();
  for (const line of (await readFile(realPath("weather/hadcet/cetdl1772on.dat"), "utf8")).split("\n")) {
    const [year = 0, day = 0, ...months] = line.trim().split(/\s+/).map(Number);
    months.forEach((tenths, month) => {
      if (year >= 1960 && year <= 2013 && tenths > -999) days.set(iso(Date.UTC(year, month, day)), tenths / 10);
    });
  }
  return [...days.keys()].sort().map(date => days.get(date) ?? 0);
}

/** A year of gas of Dundee's schools that are read on every day but a few. */
async function dundee(): Promise<Series[]> {
  const schools = new Map<string, Map<string, number>>();
  for (const [, name = "", , date = "", ...cells] of (
    await readCells(realPath("meters/dundee-schools-gas/school_gas_usage_dates_repaired.csv"))
  ).slice(1)) {
    if (cells.some(cell => cell === "-" || cell === "")) continue;
    const days = schools.get(name) ?? new Map();
    schools.set(name, days.set(date, mean(cells.map(Number)) * 2));
  }
  return [...schools]
    .filter(([, kw]) => kw.size >= 330 && mean([...kw.values()]) > 2)
    .map(([name, kw]) => ({source: `Dundee ${name}`, energy: "gas", kw}));
}

async function unzipped(path: string): Promise<string[][]> {
  const words = await text(createReadStream(realPath(`weather-models/${path}`)).pipe(createGunzip()));
  return words
    .split("\n")
    .slice(1)
    .filter(line => line !== "")
    .map(line => line.split(","));
}

/** Means of the days of hours or days. */
function byDay(rows: readonly (readonly [string, string | undefined])[], hours: number): Map<string, number> {
  const days = new Map<string, number[]>();
  for (const [at, value] of rows)
    if (value !== undefined && value !== "")
      days.set(at.slice(0, 10), [...(days.get(at.slice(0, 10)) ?? []), Number(value)]);
  return new Map(
    [...days].filter(([, values]) => values.length >= hours).map(([date, values]) => [date, mean(values)])
  );
}

/** How the days of real meters strayed from a signature of theirs, weekends and holidays apart. Paulton's are not among them, nor meters that stray wildly. */
export async function realStrays(): Promise<Strays[]> {
  const fahrenheit = byDay(
    (await unzipped("il-tempF.csv.gz")).map(([at = "", value]) => [at, value]),
    20
  );
  const illinois = new Map([...fahrenheit].map(([date, degrees]) => [date, ((degrees - 32) * 5) / 9]));
  const london = byDay(
    (await unzipped("uk-tempC-sample-1_2.csv.gz")).map(([, at = "", value]) => [at, value]),
    20
  );
  const daily = async (name: string) =>
    byDay(
      (await unzipped(name)).map(([at = "", value]) => [at, value]),
      1
    );
  const before = (series: Map<string, number>, date: string) => new Map([...series].filter(([day]) => day < date));
  const schools = await dundee();
  const sources: [Series[], Map<string, number>][] = [
    [schools, await bath()],
    [
      [
        {
          source: "Illinois electricity",
          energy: "electricity",
          kw: before(await daily("il-electricity-cdd-hdd-daily.csv.gz"), "2016-12-26")
        },
        {source: "Illinois gas", energy: "gas", kw: before(await daily("il-gas-hdd-only-daily.csv.gz"), "2016-12-26")}
      ],
      illinois
    ],
    [
      [
        {
          source: "London electricity",
          energy: "electricity",
          kw: byDay(
            (await unzipped("uk-electricity-hdd-only-hourly-sample-1.csv.gz")).map(([at = "", value]) => [at, value]),
            20
          )
        }
      ],
      london
    ]
  ];
  const database = await openDatabase(":memory:", {folders: []});
  const connection = await database.connect();
  try {
    await loadMacros(connection);
    const shut = await holidaysOf(connection, schools, await bath());
    const strays: Strays[] = [];
    for (const [series, weather] of sources)
      for (const each of series) {
        const opening = (date: string) =>
          isWeekend(date) ? "weekend" : series === schools && shut.has(date) ? "holiday" : "open";
        strays.push(await straysOf(connection, each, weather, opening));
      }
    return strays.filter(({shares}) => Math.sqrt(mean(shares.map(share => share * share))) < 0.6);
  } finally {
    connection.close();
    database.close();
  }
}

/** What a signature expects of each day, kW. */
async function expectedOf(
  connection: Connection,
  {energy, kw}: Series,
  weather: ReadonlyMap<string, number>,
  opening: (date: string) => Opening
): Promise<Map<string, number>> {
  const days = [...kw].flatMap(([date, y]) => {
    const t = weather.get(date);
    return t === undefined ? [] : [{series: opening(date), may_cool: energy === "electricity", date, y, t}];
  });
  await connection.run(
    "create or replace table strayed (series varchar, may_cool boolean, date varchar, y decimal(18, 4), t decimal(9, 4))"
  );
  await insertRows(
    connection,
    "strayed",
    {series: "VARCHAR", may_cool: "BOOLEAN", date: "VARCHAR", y: "DECIMAL(18, 4)", t: "DECIMAL(9, 4)"},
    days.map(day => ({...day, y: day.y.toFixed(4), t: day.t.toFixed(4)}))
  );
  const rows = await connection.rows<{date: string; kw: number}>(`
    select date, signature_at(t::double, base, heating_point, heating_slope, cooling_point, cooling_slope) as kw
    from strayed join best_signatures('strayed', 8, 20, 14, 24, 1) using (series)`);
  return new Map(rows.map(({date, kw: expected}) => [date, expected]));
}

/** Weekdays on which half of the schools take less than three quarters of what they do in such weather: holidays. */
async function holidaysOf(
  connection: Connection,
  schools: readonly Series[],
  weather: ReadonlyMap<string, number>
): Promise<Set<string>> {
  const ratios = new Map<string, number[]>();
  for (const school of schools) {
    const expected = await expectedOf(connection, school, weather, date => (isWeekend(date) ? "weekend" : "open"));
    for (const [date, kw] of expected)
      ratios.set(date, [...(ratios.get(date) ?? []), (school.kw.get(date) ?? 0) / Math.max(kw, 1e-6)]);
  }
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 1;
  return new Set(
    [...ratios].filter(([date, values]) => !isWeekend(date) && middle(values) < 0.75).map(([date]) => date)
  );
}

async function straysOf(
  connection: Connection,
  series: Series,
  weather: ReadonlyMap<string, number>,
  opening: (date: string) => Opening
): Promise<Strays> {
  const expected = await expectedOf(connection, series, weather, opening);
  const least = LEAST_SCALE * mean([...expected.values()]);
  const shareOn = (date: string) => {
    const kw = expected.get(date);
    return kw === undefined ? undefined : ((series.kw.get(date) ?? 0) - kw) / Math.max(kw, least);
  };
  const dates = [...expected.keys()].sort();
  // A year that begins on the first Monday of January, of the newest day that the series has for each place in it.
  const byPlace = new Map(dates.map(date => [placeOf(date), shareOn(date) ?? 0]));
  const shares = Array.from({length: 392}, (_, day) => byPlace.get(day) ?? byPlace.get(day % 364) ?? 0);
  return {source: series.source, energy: series.energy, shares};
}

/** How many days after the first Monday of a January a day is. */
function placeOf(date: string): number {
  const mondayOf = (year: number) => {
    const first = Date.UTC(year, 0, 1);
    return first + ((8 - new Date(first).getUTCDay()) % 7) * DAY;
  };
  const year = Number(date.slice(0, 4));
  const from = mondayOf(year) <= Date.parse(date) ? mondayOf(year) : mondayOf(year - 1);
  return Math.round((Date.parse(date) - from) / DAY);
}

/** Paulton Junior School as it was, in the weather of Bath: from the first Monday on which both are known. */
export async function paulton(energy: "electricity" | "gas"): Promise<Course> {
  const weather = await bath();
  const rows = (await readCells(realPath(`meters/paulton-junior-school/paulton_${energy}_hh.csv`))).slice(1);
  const kw = new Map(rows.map(([date = "", ...cells]) => [date, 2 * mean(cells.map(Number))]));
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const holidays = (await readCells(realPath("meters/paulton-junior-school/Holidays.csv"))).map(([, ...spans]) =>
    spans.slice(0, 2).map(written => {
      const [, day = "", month = "", year = ""] = /(\d\d)-(\w{3})-(\d\d)/.exec(written) ?? [];
      return `20${year}-${String(months.indexOf(month) + 1).padStart(2, "0")}-${day}`;
    })
  );
  const isHoliday = (date: string) => holidays.some(([from = "", to = ""]) => from <= date && date <= to);
  const known = [...kw.keys()].sort().filter(date => weather.has(date));
  let from = Date.parse(known[0] ?? "");
  while (new Date(from).getUTCDay() !== 1) from += DAY;
  const days = (Date.parse(known.at(-1) ?? "") - from) / DAY + 1;
  const dates = Array.from({length: days}, (_, day) => iso(from + day * DAY));
  return {
    energy,
    kw: dates.map(date => (weather.has(date) ? (kw.get(date) ?? null) : null)),
    celsius: dates.map(date => weather.get(date) ?? 0),
    openings: dates.map(date => (isWeekend(date) ? "weekend" : isHoliday(date) ? "holiday" : "open"))
  };
}
