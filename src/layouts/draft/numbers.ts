import {valuesOf} from "./table.ts";

/** How numbers are written. */
export interface NumberForm {
  readonly decimal: "." | ",";
  readonly thousands: "" | ",";
}

/** What suppliers write where there is no reading. */
const markers = new Set(["-", "--", "n/a", "na", "null", "nan", "none", "no data", "nd", "#n/a", "missing", "x"]);

export const isMarker = (text: string) => markers.has(text.toLowerCase());

/** The number in a text; null where there is none. */
export function numberIn(text: string, {decimal, thousands}: NumberForm): number | null {
  const grouped = thousands === "" ? text : text.replaceAll(thousands, "");
  const plain = decimal === "." ? grouped : grouped.replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : null;
}

/** How the numbers of these cells are written. */
export function numberForm(cells: readonly string[]): NumberForm {
  const withComma = valuesOf({cells}).filter(cell => cell.includes(","));
  if (withComma.length === 0) return {decimal: ".", thousands: ""};
  const isGrouped = withComma.every(cell => /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(cell));
  return isGrouped && withComma.length < cells.length ? {decimal: ".", thousands: ","} : {decimal: ",", thousands: ""};
}

/** Whether most of these cells (four in five of those that hold something) are numbers. */
export function areNumbers(cells: readonly string[], form = numberForm(cells)): boolean {
  const held = cells.filter(cell => cell !== "" && !isMarker(cell));
  return held.length > 0 && held.filter(cell => numberIn(cell, form) !== null).length >= 0.8 * held.length;
}

/** The markers of nothing among these cells that are no numbers. */
export const markersIn = (cells: readonly string[]) => valuesOf({cells}).filter(isMarker);
