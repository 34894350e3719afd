import {MINUTES_PER_DAY, MINUTES_PER_PERIOD, PERIODS_PER_DAY} from "../calendar.ts";
import {csvLine, textOf} from "../csv.ts";
import {COUNCIL_NAME} from "../estate.ts";
import {type Cell, isRead, type MeterDay} from "../reads.ts";
import {datesOf, type SupplierFile} from "../supplier-files.ts";
import {clockColumns} from "./clock-columns.ts";
import {printCell, printTime, shortDate} from "./print.ts";

/** Named for the end of each half-hour: 00:30 to 23:30, then 00:00 for the last of the same day. */
const COLUMNS = [
  ...["Company Name", "Site Name", "Online Meter Name", "MPAN", "Meter ID", "Type", "Est", "Date"],
  ...Array.from({length: PERIODS_PER_DAY}, (_, index) =>
    printTime(((index + 1) * MINUTES_PER_PERIOD) % MINUTES_PER_DAY)
  )
];

/** Preamble of eight lines and the header. */
export const PORTAL_HEADER_LINES = 9;

/**
 * Portal export of electricity: a row per meter and day, kWh on the wall clock. `Est` speaks for the whole row:
 * A actual, E estimated, - nothing that day. `Generated` is when the file was made.
 */
export function printPortalDays(file: SupplierFile): string {
  const rows = file.days.map(day => csvLine(rowOf(day)));
  return textOf([...preamble(file), csvLine(COLUMNS), ...rows], "\r\n");
}

function preamble(file: SupplierFile): string[] {
  const [from, to] = datesOf(file).map(shortDate);
  const [issueDate = "", issueTime] = file.issuedAt.split(" ");
  const facts = [
    "Half-hourly data portal",
    "Report: Consumption by half-hour",
    `Customer: ${COUNCIL_NAME}`,
    `From: ${from}`,
    `To: ${to}`,
    "Units: kWh",
    `Generated: ${shortDate(issueDate)} ${issueTime}`
  ];
  return [...facts.map(fact => `${fact},,`), ""];
}

function rowOf(day: MeterDay): string[] {
  const {site, meter} = day;
  const columns = clockColumns(day).map(cell => printCell(cell, meter.decimals));
  const names = [COUNCIL_NAME, site.name, meter.name, meter.meterPointId, meter.serial];
  return [...names, "kWh", estOf(day.cells), shortDate(day.date), ...columns];
}

function estOf(cells: readonly Cell[]): "A" | "E" | "-" {
  const reads = cells.filter(isRead);
  if (reads.length === 0) return "-";
  return reads.some(read => read.status === "estimated") ? "E" : "A";
}
