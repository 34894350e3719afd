/** One value: of which year (or other period, counted in whole numbers), and of which of the parts drawn together. */
export interface Value {
  readonly period: number;
  readonly band: string;
  readonly value: number;
}

/** Values side by side. What no value was given for is `undefined`, never zero. */
export interface Series {
  /** Every period from the first held to the last, those between that are not held too. */
  readonly periods: readonly number[];
  readonly held: readonly number[];
  /** Largest of the last period first. */
  readonly bands: readonly string[];
  readonly at: (period: number, band: string) => number | undefined;
  /** Of all bands. */
  readonly total: (period: number) => number | undefined;
}

/** The series of these values; those of one period and band are one. */
export function seriesOf(values: readonly Value[]): Series {
  const sums = new Map<string, number>();
  for (const {period, band, value} of values)
    sums.set(`${period} ${band}`, (sums.get(`${period} ${band}`) ?? 0) + value);
  const held = [...new Set(values.map(({period}) => period))].sort((a, b) => a - b);
  const at: Series["at"] = (period, band) => sums.get(`${period} ${band}`);
  const [first = 0, last = -1] = [held[0], held.at(-1)];
  const bands = [...new Set(values.map(({band}) => band))];
  const size = (band: string) => at(last, band) ?? Number.NEGATIVE_INFINITY;
  return {
    periods: Array.from({length: last - first + 1}, (_, i) => first + i),
    held,
    bands: bands.sort((a, b) => size(b) - size(a) || (a < b ? -1 : 1)),
    at,
    total: period => (held.includes(period) ? bands.reduce((sum, band) => sum + (at(period, band) ?? 0), 0) : undefined)
  };
}

/** The periods between that are not held. */
export function gapsOf({periods, held}: Series): number[] {
  return periods.filter(period => !held.includes(period));
}
