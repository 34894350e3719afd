import {
  addDays,
  clockHalfHours,
  datesBetween,
  type IsoDate,
  MOST_PERIODS_PER_DAY,
  PERIODS_PER_HOUR,
  periodsOn
} from "../../src/illustrative/calendar.ts";
import type {MeterPoint, Site, SolarArray} from "../../src/illustrative/estate.ts";
import {generate} from "../../src/illustrative/generation.ts";
import {type Mishaps, NO_MISHAPS} from "../../src/illustrative/happenings.ts";
import {WOBBLE} from "../../src/illustrative/load-shapes.ts";
import {loadOn} from "../../src/illustrative/loads.ts";
import {deviate, type Random, randomFor} from "../../src/illustrative/random.ts";
import {SITE_ROWS, SITES_WITHOUT_GAS} from "../../src/illustrative/sites/rows.ts";
import {inventWeather, type Weather} from "../../src/illustrative/weather.ts";
import {mpanOf} from "../trial/meters.ts";
import {type Fault, faultAt} from "./faults.ts";

/** kWh by settlement period, day by day at `MOST_PERIODS_PER_DAY` places a day. */
export type Course = Float64Array;

/** What a site would use and make, and what it does with its fault. */
export interface PlantedSite {
  readonly site: Site;
  readonly electricity: MeterPoint;
  readonly gas: MeterPoint | null;
  readonly array: SolarArray | null;
  readonly fault: Fault | null;
}

/** An estate of an invented council: its sites, of which some have one fault each, and the days of its files. */
export interface Estate {
  readonly seed: number;
  readonly asOf: IsoDate;
  readonly dates: readonly IsoDate[];
  readonly weather: Weather;
  readonly sites: readonly PlantedSite[];
}

const M3_TO_KWH = 11.1;
const DAYS = 820;
/** How far a year may stray from the one before by what nobody tells: fewer people, another kettle. */
const YEARLY_DRIFT = 0.04;

/** How far what is always on strays from half-hour to half-hour. */
const EXTRA_WOBBLE = 0.05;

const between = (random: Random, least: number, most: number) => least + (most - least) * random();
const oneOf = <T>(random: Random, list: readonly T[]): T => {
  const chosen = list[Math.floor(random() * list.length)];
  if (chosen === undefined) throw new Error("nothing to choose from");
  return chosen;
};

/** The estate of a part: 6 to 12 sites as of a day of 2025 or 2026, one part in five early in September, one in five without a fault. */
export function inventEstate(part: number, seed: number): Estate {
  const random = randomFor(seed, "estate");
  // Pairs of parts, so that odd and even seeds have as many of each.
  const pair = Math.floor((part - 1) / 2);
  const isSeptember = pair % 5 === 0;
  const asOf = isSeptember
    ? `${oneOf(random, ["2025", "2026"])}-09-0${1 + Math.floor(random() * 8)}`
    : addDays("2025-01-15", Math.floor(between(random, 0, 650)));
  const dates = datesBetween(addDays(asOf, 1 - DAYS), asOf);
  const weather = inventWeather(seed, dates);
  const buildings = SITE_ROWS.filter(([, , kind]) => kind !== "street-lighting");
  const count = 6 + Math.floor(random() * 7);
  const sites = Array.from({length: count}, (_, index) => {
    const [model, , kind, scale, hours] = oneOf(random, buildings);
    const siteId = `site-${index + 1}`;
    const size = Math.round(scale * between(random, 0.6, 1.5));
    const meter = (meterPointId: string, energy: MeterPoint["energy"]): MeterPoint => ({
      ...{meterPointId, energy, name: "Main", serial: "", scale: size, decimals: 2, account: "", toldTo: asOf},
      ...{siteName: siteId, lives: [{siteId, from: dates[0] ?? asOf, to: null}]}
    });
    const electricity = meter(mpanOf(index), "electricity");
    const gas = SITES_WITHOUT_GAS.has(model) ? null : meter(String(9_100_000_000 + index), "gas");
    const meterPoints = gas === null ? [electricity] : [electricity, gas];
    const site: Site = {siteId, name: siteId, kind, floorAreaM2: size, hours, life: {}, meterPoints};
    const array: SolarArray | null =
      random() < 0.35
        ? {
            ...{assetId: `array-${index + 1}`, site, capacityKw: Math.round(size * between(random, 0.008, 0.025))},
            ...{from: dates[0] ?? asOf, meter: meter(`GEN-${1001 + index}`, "electricity")},
            ...{supply: electricity, isExportMetered: true}
          }
        : null;
    return {site, electricity, gas, array};
  });
  return {
    ...{seed, asOf, dates, weather},
    sites: sites.map(each => {
      const ofSite = randomFor(seed, `fault ${each.site.siteId}`);
      const isFaulty = pair % 5 !== 4 && ofSite() < 0.45;
      return {...each, fault: isFaulty ? faultAt({...each, fault: null}, {random: ofSite, asOf, isSeptember}) : null};
    })
  };
}

/** kWh of a meter as it would have been, and as its files tell it. */
export interface Told {
  readonly usual: Course;
  readonly told: Course;
}

/** What the files tell of a site's meters: with its fault, and as it would have been without. */
export interface ToldSite {
  readonly electricity: Told;
  readonly gas: Told | null;
  readonly generation: Told | null;
  /** What the supply of a site with panels gives and takes. */
  readonly imported: Course;
  readonly exported: Course | null;
}

/** Everything that the meters of a site tell. */
export function tellSite(estate: Estate, planted: PlantedSite): ToldSite {
  const {fault, array} = planted;
  const electricity = tellMeter(estate, planted, planted.electricity, 1);
  const gas = planted.gas === null ? null : tellMeter(estate, planted, planted.gas, M3_TO_KWH);
  const generation = array === null ? null : tellArray(estate, array, fault);
  if (generation === null) return {electricity, gas, generation, imported: electricity.told, exported: null};
  // What is wrong with what a meter tells is wrong with its import; what is wrong with a building is wrong with what it uses.
  const net = withoutDataFault(electricity, fault).map((kwh, place) => kwh - (generation.told[place] ?? 0));
  const imported = net.map(kwh => Math.max(kwh, 0));
  return {
    ...{electricity, gas, generation},
    imported: fault?.energy === "electricity" ? rewritten(estate, imported, fault) : imported,
    exported: net.map(kwh => Math.max(-kwh, 0))
  };
}

function withoutDataFault({usual, told}: Told, fault: Fault | null): Course {
  return fault?.rewrite === undefined || fault.energy !== "electricity" ? told : usual;
}

function tellMeter(estate: Estate, {site, fault}: PlantedSite, meter: MeterPoint, kwhPerUnit: number): Told {
  const {seed, weather, dates} = estate;
  const random = randomFor(seed, meter.meterPointId);
  const drift = YEARLY_DRIFT * deviate(random);
  const mine = fault?.energy === meter.energy ? fault : null;
  const mishaps: Mishaps = {...NO_MISHAPS, ...mine?.mishaps};
  const [usual, told] = [0, 1].map(() => new Float64Array(dates.length * MOST_PERIODS_PER_DAY)) as [Course, Course];
  for (const [day, date] of dates.entries()) {
    const asUsual = loadOn(site, meter, {weather, mishaps: NO_MISHAPS}, date);
    const isLate = mine !== null && date >= mine.from;
    const faulty = isLate && mine.mishaps !== undefined ? loadOn(site, meter, {weather, mishaps}, date) : asUsual;
    const ofDay = (kwhPerUnit * (1 + (drift * day) / 365) * (1 + WOBBLE.day * deviate(random))) / PERIODS_PER_HOUR;
    for (const [index, halfHour] of clockHalfHours(date).entries()) {
      const wobble = ofDay * (1 + WOBBLE.halfHour * deviate(random));
      const place = day * MOST_PERIODS_PER_DAY + index;
      const [plain, wrong] = [asUsual[halfHour] ?? 0, faulty[halfHour] ?? 0];
      usual[place] = plain * wobble;
      const more = isLate ? mine.size * (wrong - plain) * wobble : 0;
      told[place] =
        (usual[place] ?? 0) +
        more +
        (isLate ? ((mine.kw ?? 0) / PERIODS_PER_HOUR) * (1 + EXTRA_WOBBLE * deviate(random)) : 0);
    }
  }
  return {usual, told: mine === null ? told : rewritten(estate, told, mine)};
}

/** What a fault of a building takes in a year in which it lasts, that to the as-of date, kWh; null of a fault of data or of an array. */
export function kwhOfAYear({weather, asOf}: Estate, {site, fault, electricity, gas}: PlantedSite): number | null {
  if (fault === null || fault.rewrite !== undefined || fault.energy === "generation") return null;
  if (fault.kw !== undefined) return fault.kw * 24 * 365;
  const meter = fault.energy === "gas" ? gas : electricity;
  if (meter === null) return null;
  const from = addDays(asOf, -364);
  const stay = [{siteId: site.siteId, from, to: asOf}];
  const always: Mishaps = {
    ...NO_MISHAPS,
    ...Object.fromEntries(Object.keys(fault.mishaps ?? {}).map(name => [name, stay]))
  };
  let sum = 0;
  for (const date of datesBetween(from, asOf)) {
    const [plain, wrong] = [NO_MISHAPS, always].map(mishaps => loadOn(site, meter, {weather, mishaps}, date));
    for (const halfHour of clockHalfHours(date)) sum += (wrong?.[halfHour] ?? 0) - (plain?.[halfHour] ?? 0);
  }
  return (fault.size * sum * (fault.energy === "gas" ? M3_TO_KWH : 1)) / PERIODS_PER_HOUR;
}

/** A course with what a fault of data makes of its days. */
function rewritten({dates}: Estate, course: Course, fault: Fault): Course {
  if (fault.rewrite === undefined) return course;
  const copy = course.slice();
  for (const [day, date] of dates.entries()) {
    if (date < fault.from) continue;
    const start = day * MOST_PERIODS_PER_DAY;
    const first = dates.indexOf(fault.from) * MOST_PERIODS_PER_DAY;
    copy.set(
      fault.rewrite(course.slice(start, start + periodsOn(date)), course.slice(first, first + periodsOn(fault.from))),
      start
    );
  }
  return copy;
}

function tellArray({seed, weather, dates}: Estate, array: SolarArray, fault: Fault | null): Told {
  const usual = generate(seed, array, {weather, mishaps: NO_MISHAPS}, dates);
  if (fault?.energy !== "generation") return {usual, told: usual};
  const told = usual.map((kwh, place) => {
    const date = dates[Math.floor(place / MOST_PERIODS_PER_DAY)] ?? "";
    return date >= fault.from ? kwh * (1 - fault.size) : kwh;
  });
  return {usual, told};
}

/** Mean kW of places of a course, from a day on, to another, both included. */
export function meanKw(
  {dates}: Estate,
  course: Course,
  [from, to]: readonly [IsoDate, IsoDate],
  isIn: (date: IsoDate, halfHour: number) => boolean
): number {
  let [sum, count] = [0, 0];
  for (const [day, date] of dates.entries()) {
    if (date < from || date > to) continue;
    for (const [index, halfHour] of clockHalfHours(date).entries()) {
      if (!isIn(date, halfHour)) continue;
      sum += (course[day * MOST_PERIODS_PER_DAY + index] ?? 0) * PERIODS_PER_HOUR;
      count += 1;
    }
  }
  return count === 0 ? 0 : sum / count;
}
