import {csvLine, textOf} from "../csv.ts";
import type {MeterDay} from "../reads.ts";
import type {SupplierFile} from "../supplier-files.ts";
import {longDate, printCell} from "./print.ts";

const TITLE = "Half hourly data";
const COLUMNS = ["MPANCore", "Sett Date", "Sett Period", "Type", "Meter Read"];
const ACTIVE_IMPORT = "AI";

export const PERIOD_ROWS_HEADER_LINES = 2;

/** A row per read, kWh by settlement period counted from local midnight: 1 to 46, 48 or 50. A half-hour without a read has no row. */
export function printPeriodRows(file: SupplierFile): string {
  return textOf([TITLE, ...[COLUMNS, ...file.days.flatMap(rowsOf)].map(csvLine)], "\n");
}

function rowsOf({meter, date, cells}: MeterDay): (string | number)[][] {
  const rows = cells.map((cell, index) => {
    const read = printCell(cell, meter.decimals);
    return [meter.meterPointId, longDate(date, "/"), index + 1, ACTIVE_IMPORT, read];
  });
  return rows.filter((_, index) => cells[index] != null);
}
