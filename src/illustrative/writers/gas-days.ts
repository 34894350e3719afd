import {MINUTES_PER_PERIOD, PERIODS_PER_DAY} from "../calendar.ts";
import {csvLine, textOf} from "../csv.ts";
import {COUNCIL_NAME} from "../estate.ts";
import {isReadAt, type MeterDay, serialOn} from "../reads.ts";
import type {SupplierFile} from "../supplier-files.ts";
import {clockPlaces, printClockColumns} from "./clock-columns.ts";
import {longDate, printQuantity, printTime} from "./print.ts";

const COLUMNS = [
  ...["ConsumerName", "MPR", "MPRAlias", "Site", "AMRSchedule"],
  ...["ReadDate", "Reading", "ConsumptionProfileDate", "ProfileDateConsumption"],
  ...Array.from({length: PERIODS_PER_DAY}, (_, index) => columnName((index + 1) * MINUTES_PER_PERIOD)),
  "ReportingUnit"
];
const SCHEDULE = "Daily";
const CUBIC_METRES = "M3";

export const GAS_HEADER_LINES = 1;

/**
 * Gas export: a row per meter and day, m3 on the wall clock, columns named for the end of each half-hour (H2400 is the last).
 * `ProfileDateConsumption` is the sum of the row's own cells; `Reading` is the dial at the end of the day in whole m3,
 * which also counts what the cells lose in autumn.
 */
export function printGasDays(file: SupplierFile): string {
  return textOf([csvLine(COLUMNS), ...file.days.map(printDay)], "\r\n");
}

function printDay(day: MeterDay): string {
  const {meter} = day.series;
  const date = longDate(day.date, "/");
  const facts = csvLine([
    ...[COUNCIL_NAME, meter.meterPointId, serialOn(meter, day.date), meter.siteName, SCHEDULE],
    ...[date, printQuantity(day.dialThousandths, 0), date, printQuantity(totalOf(day), meter.decimals)]
  ]);
  return `${facts}${printClockColumns(day)},${CUBIC_METRES}`;
}

function totalOf(day: MeterDay): number {
  const places = clockPlaces(day).filter(place => isReadAt(day, place));
  return places.reduce((sum, place) => sum + (day.quantities[place] ?? 0), 0);
}

function columnName(endMinutes: number): string {
  return `H${printTime(endMinutes).replace(":", "")}`;
}
