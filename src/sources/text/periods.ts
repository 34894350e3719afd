import type {Observation} from "../kinds.ts";
import {monthNumber} from "./dates.ts";

/** Which time a figure speaks of: its first day, and how long. */
export type Span = Pick<Observation, "starts_at" | "period">;

/** A calendar year: "2024". */
export function yearOf(text: string): Span | null {
  return /^(19|20)\d\d$/.test(text) ? {starts_at: `${text}-01-01`, period: "year"} : null;
}

/** A year from April to March: "2023/24" or "2023-24" or "2023 to 2024"; the second year must follow the first. */
export function financialYearOf(text: string): Span | null {
  const [, first, second = ""] = /^((?:19|20)\d\d)(?:\/|-| to )(\d{2}|\d{4})$/.exec(text) ?? [];
  if (first === undefined || String(Number(first) + 1).slice(-second.length) !== second) return null;
  return {starts_at: `${first}-04-01`, period: "year"};
}

/** A quarter: "2024 Q1" or "Q1 2024". */
export function quarterOf(text: string): Span | null {
  const [, year, quarter] = /^((?:19|20)\d\d) Q([1-4])$/.exec(text.replace(/^(Q[1-4]) (\d{4})$/, "$2 $1")) ?? [];
  return year === undefined ? null : quarterStarting(year, 3 * Number(quarter) - 2);
}

/** The quarter that begins with a month: "Jan-25", "January 2025", "2025-01" or a date within its first month as a spreadsheet has it. */
export function quarterFrom(text: string): Span | null {
  const [, name = "", short = ""] = /^([A-Za-z]{3,9})[- ](\d{4}|\d{2})$/.exec(text) ?? [];
  const month = monthNumber(name);
  if (month !== null) return quarterStarting(short.length === 2 ? `20${short}` : short, month);
  const [, year, number] =
    /^((?:19|20)\d\d)-(0[1-9]|1[0-2])(?:-\d\d)?(?:[ T]00:00(?::00)?(?:\.0+)?Z?)?$/.exec(text) ?? [];
  return year === undefined ? null : quarterStarting(year, Number(number));
}

/** The quarter that ends on a day: "2022-12-31". */
export function quarterTo(text: string): Span | null {
  const [, year, ending] = /^((?:19|20)\d\d)-(03-31|06-30|09-30|12-31)$/.exec(text) ?? [];
  return year === undefined ? null : quarterStarting(year, Number(ending?.slice(0, 2)) - 2);
}

function quarterStarting(year: string, month: number): Span {
  return {starts_at: `${year}-${String(month).padStart(2, "0")}-01`, period: "quarter"};
}
