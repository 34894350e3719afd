import {type IsoDate, MINUTES_PER_HOUR} from "../calendar.ts";
import {isReadAt, MARK, type MeterDay, markAt, THOUSANDTHS} from "../reads.ts";

const SHORT_YEAR_DIGITS = 2;
const MOST_DECIMALS = 4;
/** Small quantities come again and again, so their text is kept. */
const TEXTS_KEPT = 1 << 17;
const textsByDecimals = Array.from({length: MOST_DECIMALS + 1}, () => new Array<string | undefined>(TEXTS_KEPT));

/** `31-12-2024` with `-`, and so on. */
export function longDate(date: IsoDate, separator: "/" | "-"): string {
  return date.split("-").reverse().join(separator);
}

/** `31/12/24`. */
export function shortDate(date: IsoDate): string {
  return longDate(date.slice(SHORT_YEAR_DIGITS), "/");
}

/** A place's text: a quantity with so many decimals, the text of a damaged cell, or `blank`. */
export function printPlace(day: MeterDay, place: number, decimals: number, blank = ""): string {
  if (isReadAt(day, place)) return printQuantity(day.quantities[place] ?? 0, decimals);
  return markAt(day, place) === MARK.damaged ? (day.damagedText ?? blank) : blank;
}

/** Thousandths of a unit as a decimal number of units. */
export function printQuantity(thousandths: number, decimals: number): string {
  const texts = textsByDecimals[decimals];
  const known = texts?.[thousandths];
  if (known !== undefined) return known;
  const text = (thousandths / THOUSANDTHS).toFixed(decimals);
  if (texts && thousandths >= 0 && thousandths < TEXTS_KEPT) texts[thousandths] = text;
  return text;
}

/** `HH:MM` of minutes after midnight; hours run on past 24. */
export function printTime(minutes: number): string {
  const hours = Math.floor(minutes / MINUTES_PER_HOUR);
  return `${String(hours).padStart(2, "0")}:${String(minutes % MINUTES_PER_HOUR).padStart(2, "0")}`;
}
