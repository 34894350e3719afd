import {wallClock, wallClockAt, zoneAt} from "../domain/british-clock.ts";

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December"
];
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** `November`, of the month in UTC. */
export const longMonthName = (date: Date) => months[date.getUTCMonth()] ?? "";

/** `Nov`, of the month in UTC. */
export const monthName = (date: Date) => longMonthName(date).slice(0, 3);

/** `Nov 2025`, of the month in UTC. */
export const monthText = (date: Date) => `${monthName(date)} ${date.getUTCFullYear()}`;

/** `November 2025`, of the month in UTC. */
export const longMonthText = (date: Date) => `${longMonthName(date)} ${date.getUTCFullYear()}`;

/** `1 Nov 2025`, of the day in UTC; nothing of a missing one. */
export const dateText = (date: Date | null) => (date === null ? "" : `${date.getUTCDate()} ${monthText(date)}`);

/** `1 November 2025`, of the day in UTC. */
export const longDateText = (date: Date) => `${date.getUTCDate()} ${longMonthText(date)}`;

/** `Sat 1 Nov 2025`, of the day in UTC. */
export const weekdayText = (date: Date) => `${weekdays[date.getUTCDay()] ?? ""} ${dateText(date)}`;

/** `1 Nov 2025 to 3 Nov 2025`, or of one day its date once. A missing day is left out. */
export function daysText(first: Date | null, last: Date | null): string {
  return [...new Set([first, last].filter(date => date !== null).map(dateText))].join(" to ");
}

/** `07:30`, of a half-hour of the wall clock counted from 0. */
export function clockText(halfHour: number): string {
  return `${String(Math.floor(halfHour / 2)).padStart(2, "0")}:${halfHour % 2 ? "30" : "00"}`;
}

/** `Mon 26 Oct 2026, 02:15 GMT`, of an instant by the wall clock of Great Britain. */
export function instantText(instant: Date): string {
  return `${weekdayText(wallClockAt(instant))}, ${wallClock(instant).slice(11, 16)} ${zoneAt(instant)}`;
}
