import {mkdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {addDays, type IsoDate, weekdayOf} from "../../src/illustrative/calendar.ts";
import type {Inputs} from "../../src/models/build.ts";
import {accepted, counted, type FaultKind, isCold} from "../findings/faults.ts";
import type {Found} from "../findings/judge.ts";
import {type Counts, defineProof} from "../prove/proof.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {hasRealData, readCells, realPath} from "../support/real-data.ts";
import {writeRows, writeSettings} from "../support/registers.ts";

/**
 * The faults of the proof `findings`, put into a real school's electricity and gas, in several sizes, beside the school as it was: what is found of them in three
 * weeks, and why the others are not. Nobody knows what was wrong there before; a fault is found where what is said of the school with it is not said
 * of the school without. A part is a day as of which it is asked: one every 24 weeks from the first that has two years and a quarter before it, and four
 * of the last year.
 */
const ends = [
  ...Array.from({length: 4}, (_, index) => addDays("2015-12-06", 168 * index)),
  ...["2017-09-10", "2017-11-26", "2018-01-28", "2018-03-18"]
];
const DAYS_BEFORE = 820;
/** Deliveries of a week each before the as-of date; what is older came in one. */
const WEEKS = 4;
const STOOD = 21;
/** So many days after its first a fault is looked for. */
const looks = [7, 10, 14, STOOD];
/** A fault is told to have begun on another day where that is further off. */
const DAYS_OFF = 7;
/** What is planted, in times of what is counted by recall or of a share of what is usual, whichever is more. */
const sizes = [0.5, 1, 2, 4];
const isWhole = process.env.CANOPY_PROVE === "findings-real";

interface Day {
  readonly date: IsoDate;
  readonly kwh: readonly number[];
}

/** What a fault makes of a day, of one energy. */
interface Plant {
  readonly kind: FaultKind;
  readonly energy: "electricity" | "gas";
  /** What it may be called too, where midday is so much below a year ago that it does not tell. */
  readonly isAlso?: readonly string[];
  /** The half-hours that its size is told of; none of what a meter tells wrong, which has one size. */
  readonly isIn?: (day: Day, halfHour: number) => boolean;
  /** Whether there is anything to plant into as of a day. */
  readonly canBe?: (from: IsoDate) => boolean;
  readonly change: (day: Day, before: readonly Day[]) => readonly number[];
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
const middle = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const isShut = ({date}: Day, halfHour: number) => weekdayOf(date) >= 5 || halfHour < 12 || halfHour >= 36;
const isDark = (halfHour: number) => halfHour < 14 || halfHour >= 38;
const isNight = (_: Day, halfHour: number) => halfHour < 8;
/** The sizes from which recall is counted, kWh a half-hour. */
const LEAST_KWH = {electricity: counted.electricityKw / 2, gas: counted.gasKw / 2} as const;
/** What a half-hour of the last four weeks took by night, and by day while the school was open. */
const night = (before: readonly Day[]) => mean(before.slice(-28).flatMap(({kwh}) => kwh.slice(0, 8)));
const open = (before: readonly Day[]) =>
  mean(
    before
      .slice(-28)
      .filter(({date}) => weekdayOf(date) < 5)
      .flatMap(({kwh}) => kwh.slice(18, 30))
  );

const plants: readonly Plant[] = [
  {
    ...{kind: "base load step", energy: "electricity", isAlso: ["on at night"], isIn: isNight},
    change: ({kwh}, before) => kwh.map(each => each + Math.max(0.4 * night(before), LEAST_KWH.electricity))
  },
  {
    ...{kind: "lights on at night", energy: "electricity", isIn: isNight},
    change: (day, before) =>
      day.kwh.map((each, at) => each + (isDark(at) ? Math.max(0.6 * night(before), LEAST_KWH.electricity) : 0))
  },
  {
    ...{kind: "heating left on", energy: "gas", isIn: isShut, canBe: isCold},
    change: (day, before) => day.kwh.map((each, at) => (isShut(day, at) ? Math.max(each, 0.5 * open(before)) : each))
  },
  {
    ...{kind: "leak", energy: "gas", isIn: isNight},
    change: ({kwh}, before) =>
      kwh.map((each, at) => each + Math.max(0.3 * night(before), LEAST_KWH.gas) + (at % 5) / 20)
  },
  {kind: "stuck meter", energy: "electricity", change: ({kwh}, before) => kwh.map(() => before.at(-1)?.kwh[20] ?? 0)},
  {kind: "wrong clock", energy: "electricity", change: ({kwh}) => [...kwh.slice(-2), ...kwh.slice(0, -2)]},
  {kind: "wrong unit", energy: "electricity", change: ({kwh}) => kwh.map(each => each * 1000)},
  {kind: "m³ as kWh", energy: "gas", canBe: isCold, change: ({kwh}) => kwh.map(each => each / 11.1)}
];

/** A site of a part: the school with a fault of a size, or as it was. */
interface Case {
  readonly siteId: string;
  readonly plant: Plant | null;
  readonly times: number;
}

const asItWas: Case = {siteId: "as-it-was", plant: null, times: 1};
/** All faults; in the small part two, one of each energy. */
const casesOf = (from: IsoDate): Case[] => [
  asItWas,
  ...plants.flatMap((plant, index) => {
    if (plant.canBe !== undefined && !plant.canBe(from)) return [];
    if (!isWhole) return smallParts.includes(plant.kind) ? [{siteId: `site-${index}`, plant, times: 1}] : [];
    const all = plant.isIn === undefined ? [1] : sizes;
    return all.map(times => ({siteId: `site-${index}-${10 * times}`, plant, times}));
  })
];
const smallParts: readonly FaultKind[] = ["leak", "lights on at night"];

async function seriesOf(energy: "electricity" | "gas"): Promise<Day[]> {
  const rows = (await readCells(realPath(`meters/paulton-junior-school/paulton_${energy}_hh.csv`))).slice(1);
  return rows.map(([date = "", ...cells]) => ({date, kwh: cells.map(Number)}));
}

const fileOf = (days: readonly Day[]) => {
  const labels = Array.from({length: 48}, (_, at) => `${String(at >> 1).padStart(2, "0")}:${at % 2 ? "30" : "00"}`);
  return [["date", ...labels].join(), ...days.map(({date, kwh}) => [date, ...kwh].join()), ""].join("\n");
};

/** A part at work: what the school took, and what its sites are told to have taken since the fault began. */
interface Part {
  readonly asOf: IsoDate;
  readonly from: IsoDate;
  /** Whether the school was open. */
  readonly isOpenOn: (date: IsoDate) => boolean;
  readonly before: Readonly<Record<Energy, readonly Day[]>>;
  readonly since: Readonly<Record<Energy, readonly Day[]>>;
}
const energies = ["electricity", "gas"] as const;
type Energy = (typeof energies)[number];

async function partOf(asOf: IsoDate): Promise<Part> {
  const [first, from] = [addDays(asOf, -DAYS_BEFORE), addDays(asOf, 1 - STOOD)];
  const [electricity, gas] = await Promise.all(
    energies.map(async energy => (await seriesOf(energy)).filter(({date}) => date >= first && date <= asOf))
  );
  const split = (isSince: boolean) => ({
    electricity: (electricity ?? []).filter(({date}) => date >= from === isSince),
    gas: (gas ?? []).filter(({date}) => date >= from === isSince)
  });
  const spans = await holidays();
  const isOpenOn = (date: IsoDate) =>
    weekdayOf(date) < 5 && !spans.some(([start, end]) => start <= date && date <= end);
  return {asOf, from, isOpenOn, before: split(false), since: split(true)};
}

/** What a meter tells since the fault began. */
const toldOf = ({plant, times}: Case, {before, since}: Part, energy: Energy): readonly Day[] =>
  plant?.energy === energy
    ? since[energy].map(day => {
        const wrong = plant.change(day, before[energy]);
        return {
          date: day.date,
          kwh: day.kwh.map((each, at) => Number((each + times * ((wrong[at] ?? 0) - each)).toFixed(5)))
        };
      })
    : since[energy];

/** The school as many sites, one a case, each with the meter of its fault: files of each week, its holidays and the weather of the nearest city. */
async function schoolsOf(part: Part, cases: readonly Case[]): Promise<Canopy> {
  const first = addDays(part.asOf, -DAYS_BEFORE);
  const c = new Canopy(await makeDataFolder([], part.asOf));
  const metersOf = ({plant}: Case): readonly Energy[] => (plant === null ? energies : [plant.energy]);
  const lines = (header: string, rows: readonly string[]) => [header, ...rows, ""].join("\n");
  await writeFile(
    join(c.folder, "council", "sites.csv"),
    lines(
      "site_id,name,kind,floor_area_m2,opens_at,closes_at,open_days,latitude,longitude",
      cases.map(({siteId}) => `${siteId},${siteId},primary-school,1500,08:00,16:30,Mon-Fri,51.307,-2.503`)
    )
  );
  await writeFile(
    join(c.folder, "council", "meter-points.csv"),
    lines(
      "meter_point_id,site_id,energy,known_as,valid_from,valid_to",
      cases.flatMap(each =>
        metersOf(each).map(energy => `${each.siteId}-${energy},${each.siteId},${energy},,${first},`)
      )
    )
  );
  await writeRows(
    c.folder,
    "calendar.csv",
    (await holidays()).map(([start, end]) => `all,holiday,${start},${end},,,,told by the school`)
  );
  for (const each of cases)
    for (const energy of metersOf(each)) {
      const told = [...part.before[energy], ...toldOf(each, part, energy)];
      const folder = join(c.folder, "inbox", "estate-energy", `${each.siteId}-${energy}`);
      await mkdir(folder, {recursive: true});
      for (let week = 0; week <= WEEKS; week += 1) {
        const last = addDays(part.asOf, 7 * (week - WEEKS));
        const some = told.filter(({date}) => date <= last && (week === 0 || date > addDays(last, -7)));
        if (some.length > 0) await writeFile(join(folder, `${energy}-${week}.csv`), fileOf(some));
      }
    }
  await mkdir(join(c.folder, "inbox", "weather"), {recursive: true});
  await writeFile(join(c.folder, "inbox", "weather", "weather.json"), await weather(first, part.asOf));
  await c.takeIn(["weather", "estate-energy"]);
  return c;
}

const iso = (day: string, month: string, year: string) => `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;

/** First and last day of each holiday, told as "Sat 13-Feb-10". */
async function holidays(): Promise<(readonly [IsoDate, IsoDate])[]> {
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const dateOf = (text = "") => {
    const [, day, month = "", year] = /(\d\d)-(\w{3})-(\d\d)/.exec(text) ?? [];
    return day === undefined ? null : iso(day, String(months.indexOf(month) + 1), `20${year}`);
  };
  const rows = (await readCells(realPath("meters/paulton-junior-school/Holidays.csv"))).map(
    ([, from, to]) => [dateOf(from), dateOf(to)] as const
  );
  return [...new Map(rows.flatMap(([from, to]) => (from && to ? [[from, to] as const] : [])))];
}

async function weather(first: IsoDate, last: IsoDate): Promise<string> {
  const rows = (await readCells(realPath("weather/energy_sparks_bath/temperatures.csv"))).slice(1);
  const hours = rows.flatMap(([at = "", ...cells]) => {
    const date = iso(...(at.split("/") as [string, string, string]));
    if (date < first || date > last) return [];
    return Array.from({length: 24}, (_, hour) => {
      const cell = cells[2 * hour] ?? "";
      return [`${date}T${String(hour).padStart(2, "0")}:00`, cell === "" ? null : Number(cell)] as const;
    });
  });
  return JSON.stringify({
    ...{latitude: 51.38, longitude: -2.36, generationtime_ms: 0.1, utc_offset_seconds: 0, timezone: "GMT"},
    ...{timezone_abbreviation: "GMT", elevation: 50, hourly_units: {time: "iso8601", temperature_2m: "°C"}},
    hourly: {time: hours.map(([time]) => time), temperature_2m: hours.map(([, celsius]) => celsius)}
  });
}

/** What is said of every site as of a day, and how its nights and days stood to what was expected of them. */
interface Said {
  readonly asOf: IsoDate;
  readonly found: readonly Found[];
  readonly levels: readonly Level[];
}
interface Level {
  readonly site_id: string;
  readonly energy: string;
  readonly nights: number;
  readonly night_kw: number | null;
  readonly expected_night_kw: number | null;
}

/** The days of every site, and not of those alone of which something is found. */
const ofEverySite = (read: Inputs): Inputs => ({
  ...read,
  models: read.models.map(model =>
    model.name === "finding_days"
      ? {...model, sql: model.sql.replace(/semi join intermediate\.use_findings .*\n/, "")}
      : model
  )
});

async function saidAsOf(c: Canopy, asOf: IsoDate): Promise<Said> {
  await writeSettings(c.folder, {as_of: asOf});
  const [row] = await c.ask<{found: Found[]; levels: Level[]}>(
    `select
      (select list(struct_pack(finding_id, kind, site_id, energy, subject, since := since::date::varchar, detail) order by finding_id) from marts.findings where kind <> 'due') as found,
      (
        select list(l) from (
          select site_id, energy, count(*)::integer as nights, median(night_kw) as night_kw, median(expected_night_kw) as expected_night_kw
          from marts.finding_days where settlement_date > date '${asOf}' - 14 group by all
        ) l
      ) as levels`,
    ofEverySite
  );
  return {asOf, found: row?.found ?? [], levels: row?.levels ?? []};
}

const inWords = ({kind, detail, energy, since}: Found) =>
  [kind, detail, energy, "since", since].filter(Boolean).join(" ");

/** How much was planted, in kW and of what is usual there. */
interface Planted {
  readonly kw: number;
  readonly usualKw: number;
}

function plantedOf(each: Case, part: Part): Planted {
  const {plant} = each;
  if (plant === null) return {kw: 0, usualKw: 0};
  const told = toldOf(each, part, plant.energy);
  const pairs = part.since[plant.energy].flatMap((day, index) =>
    day.kwh.flatMap((kwh, at) =>
      plant.isIn === undefined || plant.isIn(day, at) ? [[kwh, told[index]?.kwh[at] ?? 0] as const] : []
    )
  );
  const usualKw = 2 * mean(pairs.map(([usual]) => usual));
  return {kw: 2 * mean(pairs.map(([, now]) => now)) - usualKw, usualKw};
}

/** Whether recall would count it: the same sizes as of invented estates. */
function isCounted({plant}: Case, {kw, usualKw}: Planted): boolean {
  const leastKw = plant?.energy === "gas" ? counted.gasKw : counted.electricityKw;
  if (plant?.isIn === undefined) return usualKw >= leastKw;
  return kw >= leastKw && kw >= counted.share * usualKw;
}

const tells = (plant: Plant, siteId: string) => (found: Found) =>
  found.site_id === siteId &&
  found.energy === plant.energy &&
  [...accepted[plant.kind], ...(plant.isAlso ?? [])].includes(found.kind);

/** What came of a case, in words, and whether it was found. */
interface Came {
  readonly isFound: boolean;
  /** What is planted is of something that is said of the school as it was, or of readings that are in doubt there: nothing can come of it. */
  readonly isSaidAlready: boolean;
  readonly words: string;
}

function cameOf({plant, siteId}: Case, part: Part, said: readonly Said[]): Came {
  if (plant === null) return {isFound: false, isSaidAlready: false, words: ""};
  // What is said of the school as it was, on any of the days, is no merit.
  const isInDoubt = (each: Found) =>
    each.site_id === asItWas.siteId && each.energy === plant.energy && each.kind === "readings in doubt";
  const before = said.flatMap(({found}) => found).find(each => tells(plant, asItWas.siteId)(each) || isInDoubt(each));
  if (before !== undefined)
    return {isFound: false, isSaidAlready: true, words: `said of the school as it was: ${inWords(before)}`};
  const index = said.findIndex(({found}) => found.some(tells(plant, siteId)));
  const finding = said[index]?.found.find(tells(plant, siteId));
  if (finding !== undefined) {
    const told = finding.since < addDays(part.from, -DAYS_OFF) ? `, told as since ${finding.since}` : "";
    return {isFound: true, isSaidAlready: false, words: `found after ${looks[index]} days: ${finding.kind}${told}`};
  }
  const last = said.at(-1);
  const other = last?.found.find(each => each.site_id === siteId && each.energy === plant.energy);
  const why = whyNot(
    plant,
    part,
    last?.levels.find(each => each.site_id === siteId && each.energy === plant.energy)
  );
  return {
    isFound: false,
    isSaidAlready: false,
    words: `not found: ${why}${other === undefined ? "" : ` (said: ${inWords(other)})`}`
  };
}

/** Why nothing is said: from what the school itself did, and from what its year before expects of it. */
function whyNot({kind, energy, isIn}: Plant, {since, before, isOpenOn}: Part, level: Level | undefined): string {
  if (kind === "wrong clock") {
    const isOpen = ({date}: Day) => isOpenOn(date);
    const days = since.electricity.filter(isOpen);
    if (days.length < 6) return `${days.length} school days since, and a clock is doubted after 6`;
    const phases = before.electricity
      .filter(isOpen)
      .slice(-12)
      .map(phaseOf)
      .sort((a, b) => a - b);
    const moved = middle(days.slice(-6).map(phaseOf)) - middle(phases);
    return `the school's own days strayed by ${((phases.at(-2) ?? 0) - (phases[1] ?? 0)).toFixed(0)}° before and moved by ${moved.toFixed(0)}° themselves; an hour is 15°`;
  }
  if (isIn === undefined) return `it took ${(2 * mean(since[energy].flatMap(({kwh}) => kwh))).toFixed(1)} kW`;
  if (level?.night_kw == null || level.expected_night_kw == null) return "nothing is expected of such nights";
  const more = level.night_kw - level.expected_night_kw;
  const nights = `its nights took ${level.night_kw.toFixed(1)} kW, those of the year before ${level.expected_night_kw.toFixed(1)} kW`;
  return more <= 0.15 * level.expected_night_kw ? nights : `${nights}, and strayed by more than half of the difference`;
}

/** Where the first wave of a day stands, degrees; a half-hour is 7.5. */
function phaseOf({kwh}: Day): number {
  const wave = (f: (angle: number) => number) =>
    kwh.reduce((sum, each, at) => sum + each * f((2 * Math.PI * (at + 0.5)) / 48), 0);
  return (180 / Math.PI) * Math.atan2(-wave(Math.sin), -wave(Math.cos));
}

/** A line of the table: what was planted, when, how much, and what came of it; and what is counted of it. */
function lineOf(each: Case, part: Part, said: readonly Said[]): readonly string[] {
  const {plant, times} = each;
  if (plant === null) return [];
  const planted = plantedOf(each, part);
  const came = cameOf(each, part, said);
  const share =
    planted.usualKw > 0.05
      ? `${Math.round((100 * planted.kw) / planted.usualKw)}% of ${planted.usualKw.toFixed(1)} kW`
      : "where nothing is usual";
  const size = plant.isIn === undefined ? "" : `+${planted.kw.toFixed(1)} kW, ${share}: `;
  const small = isCounted(each, planted) ? "" : "smaller than is counted; ";
  const line = `${plant.kind} ${part.from} ${size}${small}${came.words}`;
  if (times !== 1) return [line];
  const what = came.isFound ? "found" : came.isSaidAlready ? "said before" : "not found";
  const ofSize = isCounted(each, planted) ? what : `smaller than is counted, ${what}`;
  return [line, `${plant.kind}, ${ofSize}`];
}

async function proveEnd(asOf: IsoDate): Promise<Counts> {
  const part = await partOf(asOf);
  const cases = casesOf(part.from);
  const c = await schoolsOf(part, cases);
  const said: Said[] = [];
  for (const days of isWhole ? looks : [STOOD]) said.push(await saidAsOf(c, addDays(part.from, days - 1)));
  const was = said.at(-1)?.found.filter(({site_id}) => site_id === asItWas.siteId) ?? [];
  const lines = [
    `as it was ${asOf}: ${was.map(inWords).join("; ") || "nothing is said"}`,
    ...cases.flatMap(each => lineOf(each, part, said))
  ];
  if (isWhole) process.stdout.write(`${lines.join("\n")}\n`);
  else for (const each of cases) if (each.plant !== null) expect(cameOf(each, part, said).words).toMatch(/^found/);
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return Object.fromEntries(counts);
}

defineProof("findings-real", {
  parts: {small: hasRealData ? 1 : 0, whole: hasRealData ? ends.length : 0},
  prove: part => proveEnd(ends.at(-part) ?? expect.fail("no part"))
});

test.skipIf(hasRealData)("skipped: faults planted into a real school, whose readings are not here", () => {});
