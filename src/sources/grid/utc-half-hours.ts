import {instantOf} from "../text/dates.ts";

const halfHour_ms = 30 * 60 * 1000;

/** The half-hour after an instant begins. */
export const nextHalfHour = (start: Date) => new Date(start.getTime() + halfHour_ms);

const stamp = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:[03]0)(?::00)?(?:Z|\+00:00)$/;

/**
 * The half-hour that a stamp of the Carbon Intensity API begins: `2023-01-01T00:30Z`, without seconds, as the API writes it, or
 * `2023-01-01 00:30:00+00:00`, as copies of it do. Null where it is not UTC, not on the half-hour or not a date.
 */
export function parseUtcHalfHour(text: string): Date | null {
  const [, date, time] = stamp.exec(text) ?? [];
  if (date === undefined || time === undefined) return null;
  return instantOf(`${date}T${time}Z`);
}
