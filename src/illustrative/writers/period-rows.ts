import {csvLine, textOf} from "../csv.ts";
import {MARK, type MeterDay, markAt} from "../reads.ts";
import type {SupplierFile} from "../supplier-files.ts";
import {longDate, printPlace} from "./print.ts";

const TITLE = "Half hourly data";
const COLUMNS = ["MPANCore", "Sett Date", "Sett Period", "Type", "Meter Read"];
const ACTIVE_IMPORT = "AI";

export const PERIOD_ROWS_HEADER_LINES = 2;

/** A row per read, kWh by settlement period counted from local midnight: 1 to 46, 48 or 50. A half-hour without a read has no row. */
export function printPeriodRows(file: SupplierFile): string {
  return textOf([TITLE, csvLine(COLUMNS), ...file.days.flatMap(printDay)], "\n");
}

function printDay(day: MeterDay): string[] {
  const {meterPointId, decimals} = day.series.meter;
  const start = `${meterPointId},${longDate(day.date, "/")}`;
  const places = Array.from(day.quantities.keys()).filter(place => markAt(day, place) !== MARK.missing);
  return places.map(place => `${start},${place + 1},${ACTIVE_IMPORT},${printPlace(day, place, decimals)}`);
}
