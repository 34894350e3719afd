const hour_ms = 3_600_000;
const [march, october] = [2, 9];

/** 01:00 UTC on the last Sunday of a month of 31 days, when the clocks change. */
function changeIn(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month, 31));
  return Date.UTC(year, month, 31 - last.getUTCDay(), 1);
}

function isSummerTime(utc_ms: number): boolean {
  const year = new Date(utc_ms).getUTCFullYear();
  return utc_ms >= changeIn(year, march) && utc_ms < changeIn(year, october);
}

/**
 * The instant at which a British clock shows a time, both in milliseconds, the time on the clock written as though it were UTC. In the hour that
 * comes twice, `pass` says which; null for the hour that does not come, and for a second pass of any other. By the rule in force since 1996.
 */
export function utcOfWallClock(wall_ms: number, pass: 1 | 2 = 1): number | null {
  const [summer, winter] = [wall_ms - hour_ms, wall_ms];
  const [maySummer, mayWinter] = [isSummerTime(summer), !isSummerTime(winter)];
  if (maySummer && mayWinter) return pass === 1 ? summer : winter;
  if (pass === 2) return null;
  if (maySummer) return summer;
  return mayWinter ? winter : null;
}

/** Whether a British clock shows a time twice. */
export const comesTwice = (wall_ms: number) => utcOfWallClock(wall_ms, 2) !== null;
