import {type IsoDate, MINUTES_PER_PERIOD, MOST_PERIODS_PER_DAY} from "../calendar.ts";
import {quotedLine, textOf} from "../csv.ts";
import {MARK, type MeterDay, markAt} from "../reads.ts";
import type {SupplierFile} from "../supplier-files.ts";
import {longDate, printPlace, printTime} from "./print.ts";

const TIMES = Array.from({length: MOST_PERIODS_PER_DAY}, (_, index) => printTime(index * MINUTES_PER_PERIOD));
const COLUMNS = [
  ...["Month", "MPAN", "Measurement Type", "Settlement Date"],
  ...TIMES,
  ...TIMES.map(time => `${time}_Act_Est`)
];
const MONTH_NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DECIMALS = 4;
const NOTHING = "-";
const ACTIVE_IMPORT = "AI";

export const SETTLEMENT_HEADER_LINES = 1;

/**
 * Export by settlement period: a row per meter and day, every cell quoted, kWh with four decimals.
 *
 * The 50 columns are settlement periods counted from local midnight, named for the start each would have on a clock that
 * never changes: 00:00 is period 1, 23:30 is 48, and 24:00 and 24:30 are 49 and 50. Columns the day does not reach hold "-":
 * two at the end of a common day, four at the end of the spring day, none on the autumn day. Then 50 columns say
 * "Actual", "Estimated" or "-" for each of them in the same order. A half-hour without a read is "-" in both.
 */
export function printSettlementColumns(file: SupplierFile): string {
  return textOf([quotedLine(COLUMNS), ...file.days.map(printDay)], "\n");
}

function printDay(day: MeterDay): string {
  const {date, series} = day;
  const facts = quotedLine([monthName(date), series.meter.meterPointId, ACTIVE_IMPORT, longDate(date, "-")]);
  let values = "";
  let flags = "";
  for (const place of TIMES.keys()) {
    values += `,"${hasPlace(day, place) ? printPlace(day, place, DECIMALS, NOTHING) : NOTHING}"`;
    flags += `,"${hasPlace(day, place) ? flagOf(day, place) : NOTHING}"`;
  }
  return facts + values + flags;
}

function hasPlace({quantities}: MeterDay, place: number): boolean {
  return place < quantities.length;
}

function flagOf(day: MeterDay, place: number): "Actual" | "Estimated" | "-" {
  const mark = markAt(day, place);
  if (mark === MARK.missing) return NOTHING;
  return mark === MARK.estimated ? "Estimated" : "Actual";
}

function monthName(date: IsoDate): string {
  const [year = "", month] = date.split("-");
  return `${MONTH_NAMES[Number(month) - 1]}-${year.slice(-2)}`;
}
