import {MINUTES_PER_DAY, MINUTES_PER_PERIOD, PERIODS_PER_DAY} from "../calendar.ts";
import {csvLine, textOf} from "../csv.ts";
import {COUNCIL_NAME} from "../estate.ts";
import {MARK, type MeterDay, serialOn} from "../reads.ts";
import {datesOf, type SupplierFile} from "../supplier-files.ts";
import {printClockColumns} from "./clock-columns.ts";
import {printTime, shortDate} from "./print.ts";

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
  return textOf([...preamble(file), csvLine(COLUMNS), ...file.days.map(printDay)], "\r\n");
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

function printDay(day: MeterDay): string {
  const {meter} = day.series;
  const names = [COUNCIL_NAME, meter.siteName, meter.name, meter.meterPointId, serialOn(meter, day.date)];
  return csvLine([...names, "kWh", estOf(day), shortDate(day.date)]) + printClockColumns(day);
}

function estOf({marks}: MeterDay): "A" | "E" | "-" {
  if (marks === null || marks.includes(MARK.actual)) return marks?.includes(MARK.estimated) ? "E" : "A";
  return marks.includes(MARK.estimated) ? "E" : "-";
}
