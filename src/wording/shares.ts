/**
 * A part of a whole as a percentage: `41%`, or to one decimal `7.7%`. Never `0%` of something nor `100%` of not quite all: those are `<1%` and
 * `>99%`, to one decimal `<0.1%` and `>99.9%`.
 */
export function percent(part: number, whole: number, decimals: 0 | 1 = 0): string {
  const size = 10 ** decimals;
  const points = Math.round((100 * size * part) / whole) / size;
  if (points === 0 && part > 0) return `<${1 / size}%`;
  if (points === 100 && part < whole) return `>${100 - 1 / size}%`;
  return `${points}%`;
}

/** `34% less`, `4% more`, than `before`; undefined where that is zero or less, or nothing has changed. */
export function lessOrMore(before: number, after: number, decimals: 0 | 1 = 0): string | undefined {
  if (before <= 0 || after === before) return undefined;
  return `${percent(Math.abs(after - before), before, decimals)} ${after < before ? "less" : "more"}`;
}

/** `fallen 31%`, `risen 4%`, or `barely changed` under half a per cent; undefined where it began at zero or less. */
export function changeText(first: number, last: number): string | undefined {
  if (first <= 0) return undefined;
  if (Math.abs(last - first) < first * 0.005) return "barely changed";
  return `${last < first ? "fallen" : "risen"} ${percent(Math.abs(last - first), first)}`;
}
