import type {DataCoverage} from "../../models/marts/data_coverage.ts";

/** How a month of one meter stands, the letter that says so, or a blank where nothing needs saying. */
export type State = "" | "E" | "M" | "–";

/** What is missing of a month besides the hour that autumn repeats, which many files have no place for. */
const missingOf = ({missing_half_hours, repeated_hour_half_hours}: DataCoverage) =>
  missing_half_hours - repeated_hour_half_hours;

/** The state of a month: `M` where any read is missing, estimated or not beside it; `–` where none is held at all. */
export function stateOf(month: DataCoverage): State {
  if (month.present_half_hours === 0) return "–";
  if (missingOf(month) > 0) return "M";
  return month.estimated_half_hours > 0 ? "E" : "";
}

/** One meter's months, oldest first, and the sums of their columns. */
export interface Meter {
  readonly id: string;
  readonly siteId: string;
  readonly site: string;
  readonly energy: DataCoverage["energy"];
  readonly months: readonly DataCoverage[];
  readonly expected: number;
  readonly present: number;
  readonly estimated: number;
  /** Besides the hour that autumn repeats. */
  readonly missing: number;
  /** Half-hours of that hour which are not held. */
  readonly repeated: number;
}

/** The rows of the newest `most` months in which anything was expected. */
export function newest(rows: readonly DataCoverage[], most: number): DataCoverage[] {
  const expected = rows.filter(row => row.expected_half_hours > 0);
  const [last = 0] = monthsOf(expected).slice(-most);
  return expected.filter(row => row.month.getTime() >= last);
}

/** The months of these rows and those between, oldest first, as times. */
export function monthsOf(rows: readonly DataCoverage[]): number[] {
  const times = rows.map(row => row.month.getTime());
  const last = times.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const months: number[] = [];
  for (let time = times.reduce((a, b) => Math.min(a, b), last); time <= last; time = nextMonth(time)) months.push(time);
  return months;
}

function nextMonth(time: number): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

/** The meters of these rows, one that went to another site once at each: the most missing half-hours first, then the most estimated, then by site and id. */
export function metersOf(rows: readonly DataCoverage[]): Meter[] {
  return groups(rows, row => `${row.energy} ${row.meter_point_id} ${row.site_id}`)
    .map(meterOf)
    .sort(worstFirst);
}

/** The worst `most` meters, those of one site together where the site's worst one stands. */
export function worst(meters: readonly Meter[], most: number): Meter[] {
  return groups(meters.slice(0, most), meter => meter.siteId).flat();
}

function groups<T>(values: readonly T[], keyOf: (value: T) => string): T[][] {
  const byKey = new Map<string, T[]>();
  for (const value of values) byKey.set(keyOf(value), [...(byKey.get(keyOf(value)) ?? []), value]);
  return [...byKey.values()];
}

function meterOf(months: readonly DataCoverage[]): Meter {
  const sum = (column: (row: DataCoverage) => number) => months.reduce((total, row) => total + column(row), 0);
  const row = months[0] as DataCoverage;
  return {
    id: row.meter_point_id,
    siteId: row.site_id,
    site: row.site_name,
    energy: row.energy,
    months,
    expected: sum(month => month.expected_half_hours),
    present: sum(month => month.present_half_hours),
    estimated: sum(month => month.estimated_half_hours),
    missing: sum(missingOf),
    repeated: sum(month => month.repeated_hour_half_hours)
  };
}

function worstFirst(a: Meter, b: Meter): number {
  return b.missing - a.missing || b.estimated - a.estimated || inOrder(a.site, b.site) || inOrder(a.id, b.id);
}

/** By code point: the same on every machine. */
function inOrder(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
