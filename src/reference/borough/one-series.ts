import {CheckError} from "../../errors.ts";

/** What decides whether two figures may stand on one line. */
export interface SeriesPoint {
  readonly area_code: string;
  readonly sector: string;
  readonly subsector?: string | null;
  readonly statistic: string;
  readonly release: string;
  readonly year: number;
}

const reasons = {
  statistic: "each measures something else",
  release: "each restates every year",
  area_code: "each is another place",
  sector: "each is another sector",
  subsector: "a part is not its whole"
} as const;

/**
 * The points of one line, by year. Figures of different statistic or release are refused, and of different area, sector or subsector:
 * a step between them would be no change in emissions. A year that stands twice is refused too. Every refusal is a CheckError.
 * A missing year stays missing.
 */
export function oneSeries<Point extends SeriesPoint>(points: readonly Point[]): Point[] {
  for (const [column, why] of Object.entries(reasons) as [keyof typeof reasons, string][]) {
    const values = [...new Set(points.map(point => point[column] ?? "the total"))];
    if (values.length > 1)
      throw new CheckError(`one line cannot join values of ${column}: ${values.join(", ")}: ${why}`);
  }
  const years = points.map(({year}) => year);
  const twice = years.find((year, index) => years.indexOf(year) !== index);
  if (twice !== undefined) throw new CheckError(`a year stands twice on one line: ${twice}`);
  return points.toSorted((a, b) => a.year - b.year);
}
