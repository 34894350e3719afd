import {plain} from "./numbers.ts";

/** `gas`, `gas and fleet`, `gas, fleet and plant`. */
export function listText(names: readonly string[]): string {
  return [names.slice(0, -1).join(", "), ...names.slice(-1)].filter(Boolean).join(" and ");
}

/** The first names of a list and how many follow: `a, b, c and 9 more`. */
export function firstOf(names: readonly string[], most: number): string {
  return names.length > most
    ? `${names.slice(0, most).join(", ")} and ${plain(names.length - most)} more`
    : names.join(", ");
}

/** The line under a list that is cut short: `… and 3 more`. */
export const andMore = (count: number, what = "") => `… and ${plain(count)} more${what === "" ? "" : ` ${what}`}`;
