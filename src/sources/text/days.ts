const day_ms = 86_400_000;

/** A stretch of whole UTC days: its first instant, and the one it ends before. */
export interface Days {
  readonly from: Date;
  readonly to: Date;
}

/** The UTC date of an instant, YYYY-MM-DD. */
export const dateOf = (instant: Date) => instant.toISOString().slice(0, 10);

/** The last date of a stretch, YYYY-MM-DD. */
export const lastDateOf = ({to}: Days) => dateOf(addDays(to, -1));

export const addDays = (instant: Date, days: number) => new Date(instant.getTime() + days * day_ms);

/** The later of two instants. */
export const laterOf = (a: Date, b: Date) => new Date(Math.max(a.getTime(), b.getTime()));

/** The earlier of two instants. */
export const earlierOf = (a: Date, b: Date) => new Date(Math.min(a.getTime(), b.getTime()));

/** Whole and part days. */
export const countDays = ({from, to}: Days) => (to.getTime() - from.getTime()) / day_ms;

/** Both dates of a stretch without hyphens, as file names carry them: "20260301-20260325". */
export const datesInName = (days: Days) =>
  `${dateOf(days.from)}-${lastDateOf(days)}`.replace(/(\d{4})-(\d\d)-(\d\d)/g, "$1$2$3");

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
