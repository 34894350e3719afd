import {type IsoDate, MINUTES_PER_HOUR} from "../calendar.ts";
import {type Cell, isRead, THOUSANDTHS} from "../reads.ts";

const SHORT_YEAR_DIGITS = 2;

/** `31-12-2024` with `-`, and so on. */
export function longDate(date: IsoDate, separator: "/" | "-"): string {
  return date.split("-").reverse().join(separator);
}

/** `31/12/24`. */
export function shortDate(date: IsoDate): string {
  return longDate(date.slice(SHORT_YEAR_DIGITS), "/");
}

/** A cell's text: a quantity with so many decimals, the text of a damaged cell, or `blank`. */
export function printCell(cell: Cell | undefined, decimals: number, blank = ""): string {
  if (isRead(cell)) return printQuantity(cell.thousandths, decimals);
  return cell?.text ?? blank;
}

/** Thousandths of a unit as a decimal number of units. */
export function printQuantity(thousandths: number, decimals: number): string {
  return (thousandths / THOUSANDTHS).toFixed(decimals);
}

/** `HH:MM` of minutes after midnight; hours run on past 24. */
export function printTime(minutes: number): string {
  const hours = Math.floor(minutes / MINUTES_PER_HOUR);
  return `${String(hours).padStart(2, "0")}:${String(minutes % MINUTES_PER_HOUR).padStart(2, "0")}`;
}
