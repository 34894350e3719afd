import type * as Plot from "@observablehq/plot";
import type {EmissionsBySource} from "../../models/marts/emissions_by_source.ts";
import {amount} from "../../wording/numbers.ts";
import {printable, sentenceCase} from "../../wording/titles.ts";
import {reportingYearText} from "../../wording/years.ts";
import {emptyFigure} from "../kit/empty-figure.ts";
import {type Figure, type FigureOptions, figureOf} from "../kit/figure.ts";
import {noYears, type Years} from "../kit/finding.ts";
import {type Series, seriesOf} from "../kit/series.ts";
import {barsOf, stackedColumns, valueWords} from "../kit/stacked-columns.ts";
import {pandemicShade, provisionalKey} from "../kit/year-marks.ts";
import {otherSources, sourceWords} from "./words.ts";

/** One source and scope of one reporting year. */
export type SourceYear = Pick<
  EmissionsBySource,
  "reporting_year" | "emission_source" | "scope" | "emissions_t_co2e" | "is_provisional" | "is_whole_year"
>;

/**
 * Emissions of scopes 1 and 2 by source, a bar a reporting year, the largest source of the last year at the base and `other` on top. Rows
 * come with small sources already in `other`. A year that is not whole is hatched and says "at least", and so is one whose factors are provisional; the years
 * of the pandemic are shaded; a year that is not held is a gap. Rows of scope 3 are left out, those of years not yet over do not come.
 */
export function emissionsBySource(rows: readonly SourceYear[], options: FigureOptions, years: Years = noYears): Figure {
  const drawn = rows.filter(row => row.scope !== "3");
  if (drawn.length === 0) return emptyFigure("emissions-by-source", options, "complete years");
  const values = drawn.map(row => ({
    period: row.reporting_year,
    band: printable(row.emission_source, 40),
    value: row.emissions_t_co2e
  }));
  const series = withOtherLast(seriesOf(values));
  const provisional = new Set(drawn.filter(row => row.is_provisional).map(row => row.reporting_year));
  const part = new Set(drawn.filter(row => !row.is_whole_year).map(row => row.reporting_year));
  const kinds = {provisional, part};
  return figureOf(sourceWords(series, kinds, years), sourcePlot(series, kinds, options), options);
}

function withOtherLast(series: Series): Series {
  const isOther = (band: string) => band === otherSources;
  return {...series, bands: [...series.bands.filter(band => !isOther(band)), ...series.bands.filter(isOther)]};
}

/** The years with provisional factors, and those that are not whole. */
interface Kinds {
  readonly provisional: ReadonlySet<number>;
  readonly part: ReadonlySet<number>;
}

function sourcePlot(series: Series, {provisional, part}: Kinds, options: FigureOptions): Plot.PlotOptions {
  const last = series.held.at(-1) as number;
  return stackedColumns(
    {
      columns: series.periods.map(year => ({name: reportingYearText(year), under: part.has(year) ? "at least" : ""})),
      unit: "t",
      key: provisionalKey(provisional, options),
      shade: pandemicShade(series),
      bars: barsOf(series, year => ({
        look: provisional.has(year) || part.has(year) ? "hatched" : "solid",
        above: endWords(series, year)
      })),
      bands: series.bands.map(band => ({
        name: sentenceCase(band),
        value: valueWords(series.at(last, band), value => `${amount(value)} t`),
        fill: band === otherSources ? ({rest}) => rest : undefined
      }))
    },
    options
  );
}

/** The total of the first and of the last year held. */
function endWords({held, total}: Series, year: number): string | undefined {
  return [held[0], held.at(-1)].includes(year) ? amount(total(year) ?? 0) : undefined;
}
