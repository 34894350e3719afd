import type * as Plot from "@observablehq/plot";
import type {DataCoverage} from "../../models/marts/data_coverage.ts";
import {emptyFigure} from "../kit/empty-figure.ts";
import {type Figure, type FigureOptions, figureOf} from "../kit/figure.ts";
import {header} from "../kit/header.ts";
import {isNarrow, paletteOf, sizesOf} from "../kit/theme.ts";
import {coverageCells, coverageKey} from "./cells.ts";
import {type Meter, metersOf, monthsOf, newest, worst} from "./grid.ts";
import {coverageLabels} from "./labels.ts";
import {coverageWords} from "./words.ts";

const mostMeters = 40;

/**
 * How complete the reads are: a row a meter, a column a month, up to the newest 24 months (12 on a phone). A complete month is a plain
 * cell; `E` is partly estimated, `M` partly missing (estimated or not beside it), `–` wholly missing; a month outside the meter's life
 * is left bare. Meters with the most missing come first, the meters of a site together; past 40 the best are left out and counted.
 */
export function dataCoverage(rows: readonly DataCoverage[], options: FigureOptions): Figure {
  const recent = newest(rows, isNarrow(options.width) ? 12 : 24);
  if (recent.length === 0) return emptyFigure("data-coverage", options);
  const meters = metersOf(recent);
  const shown = worst(meters, roomFor(meters, options));
  return figureOf(coverageWords(meters, shown.length, recent), coveragePlot(shown, recent, options), options);
}

/** How many meters are drawn: as many as the height holds that the plot has to fit, if any. */
function roomFor(meters: readonly Meter[], {plotHeight, ...options}: FigureOptions): number {
  if (plotHeight === undefined) return mostMeters;
  const {label} = sizesOf(options.width);
  const head = header(coverageKey(meters, sizesOf(options.width), paletteOf(options.theme)), options);
  return Math.max(1, Math.min(mostMeters, Math.floor((plotHeight - head.height - label * 3.7) / (label * row))));
}

/** Height of a meter's row, in units of the label's size. */
const row = 1.7;

function coveragePlot(
  meters: readonly Meter[],
  rows: readonly DataCoverage[],
  options: FigureOptions
): Plot.PlotOptions {
  const [sizes, palette] = [sizesOf(options.width), paletteOf(options.theme)];
  const head = header(coverageKey(meters, sizes, palette), options);
  const months = monthsOf(rows);
  const labels = coverageLabels(meters, months, options);
  const marginTop = head.height + sizes.label * 2.8;
  return {
    marginTop,
    marginBottom: sizes.label * 0.9,
    marginLeft: labels.left,
    marginRight: options.width - labels.left - months.length * labels.column,
    height: marginTop + meters.length * sizes.label * row + sizes.label * 0.9,
    x: {domain: [0, months.length], axis: null},
    y: {domain: [0, meters.length], reverse: true, axis: null},
    marks: [...coverageCells(meters, months, sizes, palette), ...labels.marks, ...head.marks]
  };
}
