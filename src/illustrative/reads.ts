import type {IsoDate} from "./calendar.ts";
import type {Channel, MeterPoint} from "./estate.ts";

/** What stands for a half-hour: nothing, a read, an estimated read, or a cell whose text is no number. */
export const MARK = {missing: 0, actual: 1, estimated: 2, damaged: 3} as const;
export type Mark = (typeof MARK)[keyof typeof MARK];

/** The reads of a meter that flow one way. */
export interface Series {
  readonly meter: MeterPoint;
  readonly channel: Channel;
  /** Its first day. */
  readonly from: IsoDate;
}

/** One local day of one series. Places count from 0: place 0 is settlement period 1, and there are as many as the day has. */
export interface MeterDay {
  readonly series: Series;
  readonly date: IsoDate;
  /** Whole thousandths of a kWh or m3, so that sums are exact. */
  readonly quantities: Int32Array;
  /** A `Mark` for each place; null where every one is an actual read. */
  readonly marks: Uint8Array | null;
  /** The text of damaged cells. */
  readonly damagedText?: string;
  /** What the meter's dial shows at the end of the day, thousandths of its unit. */
  readonly dialThousandths: number;
}

export const THOUSANDTHS = 1000;

export function markAt({marks}: MeterDay, place: number): Mark {
  return marks === null ? MARK.actual : ((marks[place] ?? MARK.missing) as Mark);
}

/** Whether a quantity was read, estimated or not. */
export function isReadAt(day: MeterDay, place: number): boolean {
  const mark = markAt(day, place);
  return mark === MARK.actual || mark === MARK.estimated;
}

/** The day with another mark for settlement periods `first` to `last`. */
export function withMark(day: MeterDay, first: number, last: number, mark: Mark): MeterDay {
  const marks = day.marks?.slice() ?? new Uint8Array(day.quantities.length).fill(MARK.actual);
  return {...day, marks: marks.fill(mark, first - 1, last)};
}

export function countReads(days: readonly MeterDay[]): number {
  return days.reduce((sum, day) => sum + placesRead(day).length, 0);
}

/** Thousandths of all reads of the days. */
export function sumReads(days: readonly MeterDay[]): number {
  return days.reduce(
    (sum, day) => placesRead(day).reduce((part, place) => part + (day.quantities[place] ?? 0), sum),
    0
  );
}

export function isSameSeries(one: Series, other: Series): boolean {
  return one.meter === other.meter && one.channel === other.channel;
}

function placesRead(day: MeterDay): number[] {
  return Array.from(day.quantities.keys()).filter(place => isReadAt(day, place));
}

/** The serial number of the meter that stood at a meter point on a day. */
export function serialOn({serial, exchange}: MeterPoint, date: IsoDate): string {
  return exchange && date >= exchange.on ? exchange.serial : serial;
}
