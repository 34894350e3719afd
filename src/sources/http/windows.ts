import type {Fetched} from "./api.ts";
import {HttpError} from "./http.ts";

/** A stretch of whole days, from the first to before the last (UTC instants at midnight). */
export interface Span {
  readonly from: Date;
  readonly to: Date;
}

const day = 86_400_000;

/**
 * Asks for a span in windows of at most so many days, oldest first. Where the service refuses a window as too large, it is halved, down to a day, and
 * later windows are no larger.
 */
export async function* inWindows(
  {from, to}: Span,
  days: number,
  ask: (window: Span) => AsyncIterable<Fetched>
): AsyncGenerator<Fetched> {
  let size = days;
  let start = from.getTime();
  while (start < to.getTime()) {
    const end = Math.min(to.getTime(), start + size * day);
    try {
      yield* ask({from: new Date(start), to: new Date(end)});
      start = end;
    } catch (error) {
      const asked = Math.ceil((end - start) / day);
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
export const compactDate = (at: Date) => at.toISOString().slice(0, 10).replaceAll("-", "");
