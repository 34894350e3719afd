import {MINUTES_PER_PERIOD, PERIODS_PER_DAY} from "../calendar.ts";
import {csvLine, textOf} from "../csv.ts";
import {COUNCIL_NAME} from "../estate.ts";
import {isRead, type MeterDay} from "../reads.ts";
import type {SupplierFile} from "../supplier-files.ts";
import {clockColumns} from "./clock-columns.ts";
import {longDate, printCell, printQuantity, printTime} from "./print.ts";

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
  return textOf([COLUMNS, ...file.days.map(rowOf)].map(csvLine), "\r\n");
}

function rowOf(day: MeterDay): string[] {
  const {site, meter} = day;
  const columns = clockColumns(day);
  const total = columns.filter(isRead).reduce((sum, read) => sum + read.thousandths, 0);
  const date = longDate(day.date, "/");
  return [
    ...[COUNCIL_NAME, meter.meterPointId, meter.serial, site.name, SCHEDULE],
    ...[date, printQuantity(day.dialThousandths, 0), date, printQuantity(total, meter.decimals)],
    ...columns.map(cell => printCell(cell, meter.decimals)),
    CUBIC_METRES
  ];
}

function columnName(endMinutes: number): string {
  return `H${printTime(endMinutes).replace(":", "")}`;
}
