import {dateOf} from "../../domain/dates.ts";
import type {Fetched} from "./api.ts";
import {HttpError} from "./http.ts";

/** A stretch of whole UTC days: its first instant, and the one it ends before. */
export interface Days {
  readonly from: Date;
  readonly to: Date;
}

const day_ms = 86_400_000;

/**
 * Asks for a span in windows of at most so many days, oldest first. Where the service refuses a window as too large, it is halved, down to a day, and
 * later windows are no larger.
 */
export async function* inWindows(
  {from, to}: Days,
  days: number,
  ask: (window: Days) => AsyncIterable<Fetched>
): AsyncGenerator<Fetched> {
  let size = days;
  let start = from.getTime();
  while (start < to.getTime()) {
    const end = Math.min(to.getTime(), start + size * day_ms);
    try {
      yield* ask({from: new Date(start), to: new Date(end)});
      start = end;
    } catch (error) {
      const asked = Math.ceil((end - start) / day_ms);
      if (!isTooLarge(error) || asked <= 1) throw error;
      size = Math.floor(asked / 2);
    }
  }
}

const refusing = new Set([400, 413, 416, 422]);

/** Whether a service says that too much was asked for at once. */
function isTooLarge(error: unknown): boolean {
  if (!(error instanceof HttpError) || error.kind !== "status" || !refusing.has(error.status ?? 0)) return false;
  return (
    error.status === 413 || /\b(range|window|days|too (large|long|many|wide)|max(imum)?|exceed\w*)\b/i.test(error.body)
  );
}

/** A date as file names have it: 20260301. */
export const compactDate = (at: Date) => dateOf(at).replaceAll("-", "");

/** The last date of a stretch, YYYY-MM-DD. */
export const lastDateOf = ({to}: Days) => dateOf(addDays(to, -1));

export const addDays = (instant: Date, days: number) => new Date(instant.getTime() + days * day_ms);

/** The later of two instants. */
export const laterOf = (a: Date, b: Date) => new Date(Math.max(a.getTime(), b.getTime()));

/** The earlier of two instants. */
export const earlierOf = (a: Date, b: Date) => new Date(Math.min(a.getTime(), b.getTime()));

/** Whole and part days. */
export const countDays = ({from, to}: Days) => (to.getTime() - from.getTime()) / day_ms;

/** Both dates of a stretch as file names have them: 20260301-20260325. */
export const datesInName = ({from, to}: Days) => `${compactDate(from)}-${compactDate(addDays(to, -1))}`;

/** A stretch in windows of so many days, the last with what is left; none where it is empty. */
export function windowsOf({from, to}: Days, days: number): Days[] {
  const windows: Days[] = [];
  for (let start = from; start < to; start = addDays(start, days)) {
    windows.push({from: start, to: earlierOf(addDays(start, days), to)});
  }
  return windows;
}

/** A stretch in two, the first with the day more; itself alone where it is no longer than a day. */
export function halvesOf(days: Days): Days[] {
  const first = Math.ceil(countDays(days) / 2);
  const middle = addDays(days.from, first);
  return middle < days.to
    ? [
        {from: days.from, to: middle},
        {from: middle, to: days.to}
      ]
    : [days];
}

/** A stretch cut at the starts of UTC years. */
export function yearsOf({from, to}: Days): Days[] {
  const next = new Date(Date.UTC(from.getUTCFullYear() + 1, 0));
  if (from >= to) return [];
  return next < to ? [{from, to: next}, ...yearsOf({from: next, to})] : [{from, to}];
}
