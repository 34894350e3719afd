import type * as Plot from "@observablehq/plot";
import type {EmissionsBySource} from "../../models/marts/emissions_by_source.ts";
import {reportingYearWords} from "../../wording/reporting-year.ts";
import {amount, printable, sentenceCase} from "../../wording/words.ts";
import {columnPlot} from "../kit/column-plot.ts";
import {emptyFigure} from "../kit/empty-figure.ts";
import {type Figure, type FigureOptions, figureOf} from "../kit/figure.ts";
import {type Series, seriesOf} from "../kit/series.ts";
import {aboveMarks, type Bar, gapMarks, middles, reachOf, rightOf, stackMarks} from "../kit/stack.ts";
import {paletteOf, sizesOf} from "../kit/theme.ts";
import {pandemicShade, provisionalKey} from "../kit/year-marks.ts";
import {otherSources, sourceWords} from "./words.ts";

/** One source and scope of one reporting year. */
export type SourceYear = Pick<
  EmissionsBySource,
  "reporting_year" | "emission_source" | "scope" | "emissions_t_co2e" | "is_provisional" | "is_whole_year"
>;

/**
 * Emissions of scopes 1 and 2 by source, a bar a reporting year, the largest source of the last year at the base and `other` on top. Rows
 * come with small sources already in `other`. A year whose factors are provisional is hatched; the years of the pandemic are shaded; a
 * year that is not held is a gap. Rows of scope 3 and of years not yet over are left out.
 */
export function emissionsBySource(rows: readonly SourceYear[], options: FigureOptions): Figure {
  const drawn = rows.filter(row => row.scope !== "3" && row.is_whole_year);
  if (drawn.length === 0) return emptyFigure("emissions-by-source", options, "whole years");
  const values = drawn.map(row => ({
    period: row.reporting_year,
    band: printable(row.emission_source, 40),
    value: row.emissions_t_co2e
  }));
  const series = withOtherLast(seriesOf(values));
  const provisional = new Set(drawn.filter(row => row.is_provisional).map(row => row.reporting_year));
  return figureOf(sourceWords(series, provisional), sourcePlot(series, provisional, options), options);
}

function withOtherLast(series: Series): Series {
  const isOther = (band: string) => band === otherSources;
  return {...series, bands: [...series.bands.filter(band => !isOther(band)), ...series.bands.filter(isOther)]};
}

function sourcePlot(series: Series, provisional: ReadonlySet<number>, options: FigureOptions): Plot.PlotOptions {
  const [sizes, palette] = [sizesOf(options.width), paletteOf(options.theme)];
  const bars = series.periods.map(year => barOf(series, year, provisional.has(year)));
  const fills = series.bands.map((band, i) =>
    band === otherSources ? palette.rest : (palette.bands[i] ?? palette.rest)
  );
  const [last, heights] = [series.held.at(-1) as number, middles(bars)];
  return columnPlot(
    {
      columns: series.periods.map(year => ({name: reportingYearWords(year)})),
      reach: reachOf(bars),
      unit: "t",
      key: provisionalKey(provisional, options),
      ends: series.bands.map((band, i) => ({
        name: sentenceCase(band),
        value: valueWords(series.at(last, band)),
        fill: fills[i] ?? "",
        x: rightOf(bars.length - 1),
        y: heights[i] ?? 0
      })),
      shade: pandemicShade(series),
      marks: column => [
        ...stackMarks(bars, fills, palette),
        ...gapMarks(bars, column, sizes, palette),
        ...aboveMarks(bars, column, sizes, palette)
      ]
    },
    options
  );
}

function barOf(series: Series, year: number, isProvisional: boolean): Bar {
  const isEnd = [series.held[0], series.held.at(-1)].includes(year);
  return {
    values: series.held.includes(year) ? series.bands.map(band => series.at(year, band)) : [],
    look: isProvisional ? "hatched" : "solid",
    above: isEnd ? amount(series.total(year) ?? 0) : undefined
  };
}

/** `1,320 t`; a dash where the year has no such source. */
function valueWords(value: number | undefined): string {
  return value === undefined ? "–" : `${amount(value)} t`;
}
