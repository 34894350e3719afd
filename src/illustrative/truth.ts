import {datesBetween, type IsoDate, type Month, monthOf, periodStartAt, periodsOn} from "./calendar.ts";
import {ESTATE_PERIOD, type LayoutName, type MeterPoint, SITES, type Site} from "./estate.ts";
import type {Fault, Planted} from "./faults/fault.ts";
import {hasPlaceFor} from "./layouts.ts";
import {isRead, type MeterDay, type Read} from "./reads.ts";
import type {SupplierFile} from "./supplier-files.ts";
import {printQuantity} from "./writers/print.ts";

/** What the files amount to, read rightly. Only tests read it. Quantities are decimal text with four places. */
export interface Truth {
  readonly seed: number;
  readonly first_date: IsoDate;
  readonly last_date: IsoDate;
  readonly meter_points: readonly MeterPointTruth[];
  readonly week: WeekTruth;
  readonly faults: readonly Fault[];
}

export interface MeterPointTruth {
  readonly meter_point_id: string;
  readonly site_id: string;
  readonly energy: "electricity" | "gas";
  readonly unit: Unit;
  readonly months: readonly MonthTruth[];
}

export interface MonthTruth {
  readonly month: Month;
  /** Sum of the reads held, estimated ones among them. */
  readonly quantity: string;
  readonly estimated_quantity: string;
  readonly expected_half_hours: number;
  /** Actual and estimated together. */
  readonly present_half_hours: number;
  readonly estimated_half_hours: number;
}

/** Every read of the registered meters in one week, the one in which autumn repeats an hour. */
export interface WeekTruth {
  readonly first_date: IsoDate;
  readonly last_date: IsoDate;
  readonly half_hours: readonly HalfHourTruth[];
}

export interface HalfHourTruth {
  readonly meter_point_id: string;
  readonly settlement_date: IsoDate;
  readonly settlement_period: number;
  readonly period_start_at: string;
  readonly quantity: string;
  readonly unit: Unit;
  readonly read_status: "actual" | "estimated";
}

type Unit = "kWh" | "m3";
interface HeldRead {
  readonly read: Read;
  readonly date: IsoDate;
  readonly period: number;
}

const UNITS = {electricity: "kWh", gas: "m3"} as const;
const TRUTH_WEEK = {from: "2025-10-20", to: "2025-10-26"} as const;
const TRUTH_DECIMALS = 4;

/** For each half-hour the latest file to give a read wins; a blank never takes one away; damaged cells count as missing. */
export function tellTruth(seed: number, {files, faults}: Planted): Truth {
  const inOrder = [...files].sort(byIssue);
  const held = SITES.flatMap(site => site.meterPoints.map(meter => ({site, meter, reads: heldReads(inOrder, meter)})));
  return {
    seed,
    first_date: ESTATE_PERIOD.from,
    last_date: ESTATE_PERIOD.to,
    meter_points: held.map(tellMeterPoint),
    week: {
      first_date: TRUTH_WEEK.from,
      last_date: TRUTH_WEEK.to,
      half_hours: held.flatMap(({meter, reads}) => tellWeek(meter, reads))
    },
    faults
  };
}

function tellMeterPoint({site, meter, reads}: {site: Site; meter: MeterPoint; reads: HeldRead[]}): MeterPointTruth {
  return {
    meter_point_id: meter.meterPointId,
    site_id: site.siteId,
    energy: meter.energy,
    unit: UNITS[meter.energy],
    months: tellMonths(reads)
  };
}

function byIssue(one: SupplierFile, other: SupplierFile): number {
  return Date.parse(`${one.issuedAt}Z`) - Date.parse(`${other.issuedAt}Z`);
}

/** The reads that stand once every file has spoken, in order of time. */
function heldReads(inOrder: readonly SupplierFile[], {meterPointId}: MeterPoint): HeldRead[] {
  const held = new Map<IsoDate, HeldRead[]>();
  for (const {layout, days} of inOrder) {
    for (const day of days.filter(each => each.meter.meterPointId === meterPointId)) {
      held.set(day.date, overlay(held.get(day.date) ?? [], layout, day));
    }
  }
  return [...held.keys()].sort().flatMap(date => held.get(date) ?? []);
}

/** The reads of a day, in order, after one more file has spoken of it. */
function overlay(held: readonly HeldRead[], layout: LayoutName, {date, cells}: MeterDay): HeldRead[] {
  const known = new Map(held.map(each => [each.period, each]));
  cells.forEach((read, index) => {
    const period = index + 1;
    if (isRead(read) && hasPlaceFor(layout, date, period)) known.set(period, {read, date, period});
  });
  return [...known.values()].sort((one, other) => one.period - other.period);
}

function tellMonths(reads: readonly HeldRead[]): MonthTruth[] {
  const days = groupBy(datesBetween(ESTATE_PERIOD.from, ESTATE_PERIOD.to), monthOf);
  const held = groupBy(reads, ({date}) => monthOf(date));
  return [...days].map(([month, dates]) => tellMonth(month, dates, held.get(month) ?? []));
}

function tellMonth(month: Month, dates: readonly IsoDate[], held: readonly HeldRead[]): MonthTruth {
  const estimated = held.filter(({read}) => read.status === "estimated");
  return {
    month,
    quantity: sumOf(held),
    estimated_quantity: sumOf(estimated),
    expected_half_hours: dates.reduce((sum, date) => sum + periodsOn(date), 0),
    present_half_hours: held.length,
    estimated_half_hours: estimated.length
  };
}

function tellWeek(meter: MeterPoint, reads: readonly HeldRead[]): HalfHourTruth[] {
  const week = reads.filter(({date}) => date >= TRUTH_WEEK.from && date <= TRUTH_WEEK.to);
  return week.map(held => ({
    meter_point_id: meter.meterPointId,
    settlement_date: held.date,
    settlement_period: held.period,
    period_start_at: periodStartAt(held.date, held.period),
    quantity: sumOf([held]),
    unit: UNITS[meter.energy],
    read_status: held.read.status
  }));
}

function sumOf(held: readonly HeldRead[]): string {
  const thousandths = held.reduce((sum, {read}) => sum + read.thousandths, 0);
  return printQuantity(thousandths, TRUTH_DECIMALS);
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
