const day_ms = 86_400_000;

/** Whether a text is a date there is, written YYYY-MM-DD. */
export function isRealDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const [year = 0, month = 0, day = 0] = text.split("-").map(Number);
  return dateOf(new Date(Date.UTC(year, month - 1, day))) === text;
}

/** The UTC date of an instant, YYYY-MM-DD. */
export const dateOf = (instant: Date): string => instant.toISOString().slice(0, 10);

/** The date (YYYY-MM-DD) so many days after another; before it where they are fewer than zero. */
export const daysAfter = (date: string, days: number): string => dateOf(new Date(Date.parse(date) + days * day_ms));

/**
 * How the instants of one column are written, so that a column is written in one way. Dates travel as their UTC midnights: a column that holds nothing
 * else is of dates (2026-03-29), unless its name ends in `_at`, which is an instant's; any other is of instants (2026-03-29T00:00:00.000Z).
 */
export function columnOfInstants(name: string, values: readonly unknown[]): (instant: Date) => string {
  const isOfDates = !name.endsWith("_at") && values.every(value => !(value instanceof Date) || isMidnight(value));
  return isOfDates ? dateOf : instant => instant.toISOString();
}

const isMidnight = (instant: Date) => instant.getTime() % day_ms === 0;
