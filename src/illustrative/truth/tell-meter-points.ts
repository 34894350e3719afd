import {type IsoDate, MOST_PERIODS_PER_DAY, type Month, monthOf, periodStartAt, periodsOn} from "../calendar.ts";
import {MARK} from "../reads.ts";
import {type HalfHourTruth, type MeterPointTruth, type MonthTruth, UNITS} from "../truth.ts";
import {printQuantity} from "../writers/print.ts";
import type {HeldSeries} from "./held-reads.ts";

export const TRUTH_WEEK = {from: "2025-10-20", to: "2025-10-26"} as const;
export const TRUTH_DECIMALS = 4;

/** What the files say of a series, month by month of its life. */
export function tellMeterPoint(held: HeldSeries): MeterPointTruth {
  const {site, meter, channel} = held.series;
  return {
    meter_point_id: meter.meterPointId,
    site_id: site.siteId,
    energy: meter.energy,
    channel,
    unit: UNITS[meter.energy],
    months: [...daysByMonth(held)].map(([month, days]) => tellMonth(held, month, days))
  };
}

/** Every read of a series in the week. */
export function tellWeek(held: HeldSeries): HalfHourTruth[] {
  const isInWeek = (date: IsoDate) => date >= TRUTH_WEEK.from && date <= TRUTH_WEEK.to;
  return held.dates.flatMap((date, day) => (isInWeek(date) ? tellDay(held, date, day) : []));
}

/** The days, by index, of each month of a series, from its first day on. */
export function daysByMonth({series, dates}: HeldSeries): Map<Month, number[]> {
  const months = new Map<Month, number[]>();
  dates.forEach((date, day) => {
    if (date < series.from) return;
    const month = monthOf(date);
    months.set(month, [...(months.get(month) ?? []), day]);
  });
  return months;
}

function tellMonth({dates, quantities, marks}: HeldSeries, month: Month, days: readonly number[]): MonthTruth {
  const sums = {all: 0, estimated: 0, present: 0, estimates: 0};
  for (const place of placesOf(days)) {
    if (marks[place] === MARK.missing) continue;
    const isEstimate = marks[place] === MARK.estimated ? 1 : 0;
    sums.present += 1;
    sums.all += quantities[place] ?? 0;
    sums.estimates += isEstimate;
    sums.estimated += isEstimate * (quantities[place] ?? 0);
  }
  return {
    month,
    quantity: printQuantity(sums.all, TRUTH_DECIMALS),
    estimated_quantity: printQuantity(sums.estimated, TRUTH_DECIMALS),
    expected_half_hours: days.reduce((sum, day) => sum + periodsOn(dates[day] ?? ""), 0),
    present_half_hours: sums.present,
    estimated_half_hours: sums.estimates
  };
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
