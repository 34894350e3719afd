import {type HalfHourIntensity, intensityRows} from "./intensity-rows.ts";
import {halfHoursOfYear} from "./utc-half-hours.ts";

/** A UTC year of the national grid's carbon intensity, and what is odd or absent in it. */
export interface NationalIntensity {
  /** In order of time, each half-hour at most once, of the year asked for alone. */
  readonly halfHours: readonly HalfHourIntensity[];
  /** The starts of the year's half-hours that have no row. */
  readonly missing: readonly Date[];
  /** The starts of half-hours that have a row without an actual. */
  readonly nullActuals: readonly Date[];
  /** The starts of half-hours whose actual was published as nought, which the grid has never been; kept as published. */
  readonly zeroActuals: readonly Date[];
  /** Rows that said again what was already said of their half-hour. */
  readonly repeatedRows: number;
  /** Rows that said something else of a half-hour already read, and took its place. */
  readonly replacingRows: number;
  /** Rows of another UTC year: a range asked of the API begins with the period that ends at its start. */
  readonly rowsOutsideYear: number;
}

/**
 * Reads a year of half-hourly national carbon intensity, as the National Energy System Operator's Carbon Intensity API gives it and CSV
 * copies hold it: columns `from`, `to`, `forecast` and `actual`, others ignored. `file` names the text in errors, which are FeedErrors.
 *
 * Nothing is filled: a half-hour without a row is in `missing`, and an empty actual stays null, never its forecast and never nought.
 * Context only, for when electricity is used: it is at generation, and no factor to report emissions with.
 */
export function readNationalIntensity(text: string, year: number, file = "national intensity"): NationalIntensity {
  const rows = intensityRows(text, file);
  const ofYear = rows.filter(({period_start_at}) => period_start_at.getUTCFullYear() === year);
  const {held, repeatedRows, replacingRows} = settle(ofYear);
  const starts = halfHoursOfYear(year);
  const halfHours = starts.flatMap(start => held.get(start.getTime()) ?? []);
  return {
    halfHours,
    missing: starts.filter(start => !held.has(start.getTime())),
    nullActuals: startsWhere(halfHours, null),
    zeroActuals: startsWhere(halfHours, 0),
    repeatedRows,
    replacingRows,
    rowsOutsideYear: rows.length - ofYear.length
  };
}

/** The last row said of each half-hour, by its start. */
function settle(rows: readonly HalfHourIntensity[]) {
  const held = new Map<number, HalfHourIntensity>();
  let repeatedRows = 0;
  let replacingRows = 0;
  for (const row of rows) {
    const earlier = held.get(row.period_start_at.getTime());
    if (earlier !== undefined && isSame(earlier, row)) repeatedRows++;
    else if (earlier !== undefined) replacingRows++;
    held.set(row.period_start_at.getTime(), row);
  }
  return {held, repeatedRows, replacingRows};
}

const isSame = (a: HalfHourIntensity, b: HalfHourIntensity) =>
  a.forecast_g_per_kwh === b.forecast_g_per_kwh && a.actual_g_per_kwh === b.actual_g_per_kwh;

const startsWhere = (halfHours: readonly HalfHourIntensity[], actual_g_per_kwh: number | null) =>
  halfHours.filter(row => row.actual_g_per_kwh === actual_g_per_kwh).map(row => row.period_start_at);
