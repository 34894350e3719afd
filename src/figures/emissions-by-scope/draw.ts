import * as Plot from "@observablehq/plot";
import type {EmissionsBySource} from "../../models/marts/emissions_by_source.ts";
import {amount} from "../../wording/numbers.ts";
import {reportingYearText} from "../../wording/years.ts";
import {columnPlot} from "../kit/column-plot.ts";
import {emptyFigure} from "../kit/empty-figure.ts";
import type {End} from "../kit/end-labels.ts";
import {type Figure, type FigureOptions, figureOf} from "../kit/figure.ts";
import {noYears, type Years} from "../kit/finding.ts";
import {sign} from "../kit/key.ts";
import {label} from "../kit/marks.ts";
import {textWidth} from "../kit/measure.ts";
import {unscaled} from "../kit/pixels.ts";
import {type Series, seriesOf} from "../kit/series.ts";
import {gapMarks} from "../kit/stack.ts";
import {type Palette, paletteOf, type Sizes, sizesOf} from "../kit/theme.ts";
import {pandemicShade} from "../kit/year-marks.ts";
import {scopeWords} from "./words.ts";

/** One scope of one reporting year. */
export type ScopeYear = Pick<
  EmissionsBySource,
  "reporting_year" | "scope" | "emissions_t_co2e" | "is_provisional" | "is_whole_year"
>;

/** The total that the finding is about, and the scopes. Scope 3 is in none of the others. */
export type Line = "scopes 1 and 2" | "scope 1" | "scope 2" | "scope 3";

/** One value of one line. */
export interface Point {
  readonly line: Line;
  readonly year: number;
  readonly value: number;
  readonly isProvisional: boolean;
  readonly isWhole: boolean;
}

/**
 * Emissions by scope, a line a scope over reporting years, and above them the strong line of scopes 1 and 2 together, for years that hold
 * both. Scope 3 is a dashed line beside that total and never in it. A year that is not held breaks the lines; one with provisional factors
 * has hollow dots. A year that is not whole is joined to no other, and says "at least". Rows of years not yet over do not come.
 */
export function emissionsByScope(rows: readonly ScopeYear[], options: FigureOptions, years: Years = noYears): Figure {
  if (rows.length === 0) return emptyFigure("emissions-by-scope", options, "complete years");
  const series = seriesOf(
    rows.map(row => ({period: row.reporting_year, band: row.scope, value: row.emissions_t_co2e}))
  );
  const points = pointsOf(rows, series);
  const provisional = new Set(rows.filter(row => row.is_provisional).map(row => row.reporting_year));
  return figureOf(scopeWords(series, points, provisional, years), scopePlot(series, points, options), options);
}

const scopesOf: readonly (readonly [Line, readonly string[]])[] = [
  ["scopes 1 and 2", ["1", "2"]],
  ["scope 1", ["1"]],
  ["scope 2", ["2"]],
  ["scope 3", ["3"]]
];

function pointsOf(rows: readonly ScopeYear[], {held, at}: Series): Point[] {
  return scopesOf.flatMap(([line, scopes]) =>
    held.flatMap(year => {
      const values = scopes.flatMap(scope => at(year, scope) ?? []);
      if (values.length < scopes.length) return [];
      const used = rows.filter(row => row.reporting_year === year && scopes.includes(row.scope));
      const value = values.reduce((sum, part) => sum + part, 0);
      return [
        {
          line,
          year,
          value,
          isProvisional: used.some(row => row.is_provisional),
          isWhole: used.every(row => row.is_whole_year)
        }
      ];
    })
  );
}

function scopePlot(series: Series, points: readonly Point[], options: FigureOptions): Plot.PlotOptions {
  const [sizes, palette] = [sizesOf(options.width), paletteOf(options.theme)];
  const [first = 0] = series.periods;
  const values = points.map(({value}) => value);
  const looks = looksOf(palette);
  const isProvisional = points.some(point => point.isProvisional);
  return columnPlot(
    {
      columns: series.periods.map(year => ({
        name: reportingYearText(year),
        under: points.some(point => point.year === year && !point.isWhole) ? "at least" : ""
      })),
      reach: [Math.min(0, ...values), Math.max(0, ...values)],
      unit: "t",
      key: isProvisional ? [sign("○", "provisional factors", sizes, palette)] : [],
      ends: scopesOf.flatMap(([line]) => endOf(points, line, first, looks[line].stroke)),
      shade: pandemicShade(series),
      marks: column => [
        ...gapMarks(
          series.periods.map(year => ({values: series.held.includes(year) ? [0] : [], look: "solid"})),
          column,
          sizes,
          palette
        ),
        ...firstMarks(points, first, column, sizes, palette),
        ...scopesOf.flatMap(([line]) => lineMarks(points, line, series, looks[line], palette))
      ]
    },
    options
  );
}

const names: Readonly<Record<Line, string>> = {
  "scopes 1 and 2": "Scopes 1 and 2",
  "scope 1": "Scope 1",
  "scope 2": "Scope 2",
  "scope 3": "Scope 3: upstream of energy and fuel, water"
};

function endOf(points: readonly Point[], line: Line, first: number, fill: string): End[] {
  const last = points.filter(point => point.line === line).at(-1);
  if (last === undefined) return [];
  const isStrong = line === "scopes 1 and 2";
  return [
    {name: names[line], value: `${amount(last.value)} t`, fill, x: last.year - first + 0.5, y: last.value, isStrong}
  ];
}

interface LineLook {
  readonly stroke: string;
  readonly strokeWidth: number;
  readonly strokeDasharray?: string;
}

function looksOf({ink, bands: [scope1 = "", scope2 = "", scope3 = ""]}: Palette): Record<Line, LineLook> {
  return {
    "scopes 1 and 2": {stroke: ink, strokeWidth: 4},
    "scope 1": {stroke: scope1, strokeWidth: 2},
    "scope 2": {stroke: scope2, strokeWidth: 2},
    "scope 3": {stroke: scope3, strokeWidth: 2, strokeDasharray: "6 4"}
  };
}

/** A line broken where a year is not held, and a dot a year, so that a year between two gaps is seen too. */
function lineMarks(
  points: readonly Point[],
  line: Line,
  {periods}: Series,
  look: LineLook,
  {paper}: Palette
): Plot.Markish[] {
  const own = points.filter(point => point.line === line);
  const every = periods.map(
    year => own.find(point => point.year === year && point.isWhole) ?? {year, value: Number.NaN}
  );
  const at = {x: ({year}: {year: number}) => year - (periods[0] ?? 0) + 0.5, y: "value"} as const;
  const fill = unscaled((point: Point) => (point.isProvisional || !point.isWhole ? paper : look.stroke));
  return [
    Plot.line(every, {...at, ...look}),
    Plot.dot(own, {...at, r: look.strokeWidth + 1.5, fill, stroke: look.stroke, strokeWidth: 2})
  ];
}

/** The first value of the strong line, above it and clear of the scale; the last is at the line's end. */
function firstMarks(
  points: readonly Point[],
  first: number,
  column: number,
  {label: size}: Sizes,
  palette: Palette
): Plot.Markish[] {
  const totals = points.filter(({line}) => line === "scopes 1 and 2");
  const words = ({value}: Point) => amount(value);
  const x = (point: Point) => Math.max(point.year - first + 0.5, textWidth(words(point), size) / 2 / column);
  const text = {x, y: "value", text: words, lineAnchor: "bottom", dy: -size * 0.85, fontWeight: 600} as const;
  return label(totals.slice(0, totals.length > 1 ? 1 : 0), text, palette);
}
