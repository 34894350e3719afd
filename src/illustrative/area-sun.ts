import {
  datesBetween,
  type IsoDate,
  MOST_PERIODS_PER_DAY,
  PERIODS_PER_HOUR,
  periodStartAt,
  periodsOn
} from "./calendar.ts";
import {ESTATE_PERIOD} from "./estate.ts";
import {generate} from "./generation.ts";
import {NO_MISHAPS} from "./happenings.ts";
import {ARRAYS} from "./sites/arrays.ts";
import type {Weather} from "./weather.ts";

/** A half-hour of what all arrays of an area give, as a service estimates it. */
export interface AreaHalfHour {
  /** When it ends, `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly end: string;
  readonly generationMw: number;
  readonly capacityMwp: number;
}

/** What the service answers for a year. */
export interface AreaFile {
  readonly name: string;
  readonly halfHours: readonly AreaHalfHour[];
}

/** The network area of the estate, by its number among those of distribution. */
export const PES_ID = 16;
/** The first day that the service was asked about. */
const FROM: IsoDate = "2024-04-01";
/** So many roofs, each with clouds of its own, stand for all of the area. */
const ROOFS = 16;
const CAPACITY = {mwp: 690, moreEachDay: 0.05} as const;
const HALF_HOUR_MS = 1_800_000;

const yearOf = (date: IsoDate) => date.slice(0, "YYYY".length);

/** The years of which there is an answer. */
export function areaYears(): string[] {
  const [first, last] = [FROM, ESTATE_PERIOD.to].map(date => Number(yearOf(date))) as [number, number];
  return Array.from({length: last - first + 1}, (_, index) => String(first + index));
}

/** What roofs all over the area make under the same sky as the council's, an answer for each year. No array of the council is in it. */
export function* areaFiles(seed: number, weather: Weather): Generator<AreaFile> {
  const dates = datesBetween(FROM, ESTATE_PERIOD.to);
  const shares = meanOfRoofs(seed, weather, dates);
  for (const year of areaYears()) {
    const ofYear = dates.filter(date => yearOf(date) === year);
    const span = [ofYear[0], ofYear.at(-1)].map(date => date?.replaceAll("-", "")).join("-");
    const halfHours = ofYear.flatMap(date => halfHoursOf(date, dates.indexOf(date), shares));
    yield {name: `pv-live-pes${PES_ID}-${span}.json`, halfHours};
  }
}

/** kWh of each kWp, day by day at `MOST_PERIODS_PER_DAY` places a day. */
function meanOfRoofs(seed: number, weather: Weather, dates: readonly IsoDate[]): Float64Array {
  const mean = new Float64Array(dates.length * MOST_PERIODS_PER_DAY);
  const [model] = ARRAYS;
  if (model === undefined) return mean;
  for (let roof = 1; roof <= ROOFS; roof += 1) {
    const meter = {...model.meter, meterPointId: `roof ${roof} of the area`};
    const values = generate(seed, {...model, meter, capacityKw: 1, from: FROM}, {weather, mishaps: NO_MISHAPS}, dates);
    for (const [place, kwh] of values.entries()) mean[place] = (mean[place] ?? 0) + kwh / ROOFS;
  }
  return mean;
}

function halfHoursOf(date: IsoDate, day: number, shares: Float64Array): AreaHalfHour[] {
  const capacityMwp = CAPACITY.mwp + CAPACITY.moreEachDay * day;
  return Array.from({length: periodsOn(date)}, (_, index) => {
    const start = Date.parse(`${periodStartAt(date, index + 1).slice(0, "YYYY-MM-DDTHH:MM".length)}Z`);
    return {
      end: new Date(start + HALF_HOUR_MS).toISOString().replace(".000", ""),
      generationMw: (shares[day * MOST_PERIODS_PER_DAY + index] ?? 0) * PERIODS_PER_HOUR * capacityMwp,
      capacityMwp
    };
  });
}
