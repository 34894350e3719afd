import {MINUTES_PER_PERIOD, PERIODS_PER_DAY} from "../calendar.ts";
import {csvLine, textOf} from "../csv.ts";
import {type MeterDay, serialOn} from "../reads.ts";
import type {SupplierFile} from "../supplier-files.ts";
import {printClockColumns} from "./clock-columns.ts";
import {longDate, printTime} from "./print.ts";

const COLUMNS = [
  ...["MPAN", "MSN", "DAY"],
  ...Array.from({length: PERIODS_PER_DAY}, (_, index) => printTime(index * MINUTES_PER_PERIOD))
];

export const GENERATION_HEADER_LINES = 1;

/** Export of generation meters: a row per meter and day, kWh on the wall clock, columns named for the start of each half-hour. */
export function printGenerationDays(file: SupplierFile): string {
  return textOf([csvLine(COLUMNS), ...file.days.map(printDay)], "\n");
}

function printDay(day: MeterDay): string {
  const {meter} = day.series;
  const facts = csvLine([meter.meterPointId, serialOn(meter, day.date), longDate(day.date, "/")]);
  return facts + printClockColumns(day);
}
