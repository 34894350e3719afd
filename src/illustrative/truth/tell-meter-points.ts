import {type IsoDate, MOST_PERIODS_PER_DAY, type Month, monthOf, periodStartAt, periodsOn} from "../calendar.ts";
import type {Life} from "../estate.ts";
import {MARK} from "../reads.ts";
import {type HalfHourTruth, type MeterPointTruth, type MonthTruth, type OutsideTruth, UNITS} from "../truth.ts";
import {printQuantity} from "../writers/print.ts";
import type {HeldSeries} from "./held-reads.ts";

export const TRUTH_WEEK = {from: "2025-10-20", to: "2025-10-26"} as const;
export const TRUTH_DECIMALS = 4;

/** What the files say of a series at each of its sites, month by month of its life there. */
export function tellMeterPoint(held: HeldSeries): MeterPointTruth[] {
  const {meter, channel} = held.series;
  return meter.lives.map(life => ({
    meter_point_id: meter.meterPointId,
    site_id: life.siteId,
    energy: meter.energy,
    channel,
    unit: UNITS[meter.energy],
    months: [...daysByMonth(held, life)].map(([month, days]) => tellMonth(held, month, days))
  }));
}

/** What the files say of a series outside its lives, if anything. */
export function tellOutside(held: HeldSeries): OutsideTruth[] {
  const {meter, channel} = held.series;
  const days = held.dates.flatMap((date, day) => {
    const isOurs = meter.lives.some(life => isIn(life, date));
    return !isOurs && isReadOn(held, day) ? [day] : [];
  });
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const sums = addUp(held, days);
  return [
    {
      meter_point_id: meter.meterPointId,
      channel,
      unit: UNITS[meter.energy],
      first_date: held.dates[first] ?? "",
      last_date: held.dates[last] ?? "",
      half_hours: sums.present,
      quantity: printQuantity(sums.all, TRUTH_DECIMALS)
    }
  ];
}

/** Every read of a series in the week. */
export function tellWeek(held: HeldSeries): HalfHourTruth[] {
  const isInWeek = (date: IsoDate) => date >= TRUTH_WEEK.from && date <= TRUTH_WEEK.to;
  return held.dates.flatMap((date, day) => (isInWeek(date) ? tellDay(held, date, day) : []));
}

/** The days, by index, of each month of a series in a life. */
export function daysByMonth({series, dates}: HeldSeries, life: Life): Map<Month, number[]> {
  const months = new Map<Month, number[]>();
  dates.forEach((date, day) => {
    if (date < series.from || !isIn(life, date)) return;
    const month = monthOf(date);
    months.set(month, [...(months.get(month) ?? []), day]);
  });
  return months;
}

function isIn({from, to}: Life, date: IsoDate): boolean {
  return date >= from && (to === null || date <= to);
}

function isReadOn({marks}: HeldSeries, day: number): boolean {
  const start = day * MOST_PERIODS_PER_DAY;
  return marks.subarray(start, start + MOST_PERIODS_PER_DAY).some(mark => mark !== MARK.missing);
}

function tellMonth(held: HeldSeries, month: Month, days: readonly number[]): MonthTruth {
  const sums = addUp(held, days);
  return {
    month,
    quantity: printQuantity(sums.all, TRUTH_DECIMALS),
    estimated_quantity: printQuantity(sums.estimated, TRUTH_DECIMALS),
    expected_half_hours: days.reduce((sum, day) => sum + periodsOn(held.dates[day] ?? ""), 0),
    present_half_hours: sums.present,
    estimated_half_hours: sums.estimates
  };
}

interface Sums {
  readonly all: number;
  readonly estimated: number;
  readonly present: number;
  readonly estimates: number;
}

/** The reads of days that follow one another: thousandths, and how many. */
function addUp({quantities, marks}: HeldSeries, days: readonly number[]): Sums {
  const sums = {all: 0, estimated: 0, present: 0, estimates: 0};
  for (const place of placesOf(days)) {
    if (marks[place] === MARK.missing) continue;
    const isEstimate = marks[place] === MARK.estimated ? 1 : 0;
    sums.present += 1;
    sums.all += quantities[place] ?? 0;
    sums.estimates += isEstimate;
    sums.estimated += isEstimate * (quantities[place] ?? 0);
  }
  return sums;
}

/** The places of days that follow one another. */
export function* placesOf(days: readonly number[]): Generator<number> {
  const end = ((days.at(-1) ?? -1) + 1) * MOST_PERIODS_PER_DAY;
  for (let place = (days[0] ?? 0) * MOST_PERIODS_PER_DAY; place < end; place += 1) yield place;
}

function tellDay({series, quantities, marks}: HeldSeries, date: IsoDate, day: number): HalfHourTruth[] {
  const {meter, channel} = series;
  const places = Array.from({length: periodsOn(date)}, (_, index) => index);
  const start = day * MOST_PERIODS_PER_DAY;
  return places
    .filter(place => marks[start + place] !== MARK.missing)
    .map(place => ({
      meter_point_id: meter.meterPointId,
      channel,
      settlement_date: date,
      settlement_period: place + 1,
      period_start_at: periodStartAt(date, place + 1),
      quantity: printQuantity(quantities[start + place] ?? 0, TRUTH_DECIMALS),
      unit: UNITS[meter.energy],
      read_status: marks[start + place] === MARK.estimated ? "estimated" : "actual"
    }));
}
