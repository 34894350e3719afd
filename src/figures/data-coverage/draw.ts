import type * as Plot from "@observablehq/plot";
import type {DataCoverage} from "../../models/marts/data_coverage.ts";
import {several} from "../../wording/numbers.ts";
import {emptyFigure} from "../kit/empty-figure.ts";
import {type Figure, type FigureOptions, figureOf} from "../kit/figure.ts";
import {header} from "../kit/header.ts";
import {note} from "../kit/key.ts";
import {isNarrow, paletteOf, sizesOf} from "../kit/theme.ts";
import {coverageCells, coverageKey} from "./cells.ts";
import {type Meter, metersOf, monthsOf, newest, worst} from "./grid.ts";
import {coverageLabels} from "./labels.ts";
import {coverageWords} from "./words.ts";

const mostMeters = 40;

/**
 * How complete the reads are: a row a meter, a column a month, up to the newest 24 months. On a phone 12 of them are drawn; the words are of all. A complete month is a plain
 * cell; `E` is partly estimated, `M` partly missing (estimated or not beside it), `–` wholly missing; a month outside the meter's life
 * is left bare. Meters with the most missing come first, the meters of a site together; past 40 the best are left out and counted.
 */
export function dataCoverage(rows: readonly DataCoverage[], options: FigureOptions): Figure {
  const recent = newest(rows, 24);
  if (recent.length === 0) return emptyFigure("data-coverage", options);
  const meters = metersOf(recent);
  const shown = worst(meters, roomFor(meters, options));
  const drawn = isNarrow(options.width) ? newest(rows, 12) : recent;
  return figureOf(
    coverageWords(meters, shown.length, recent),
    coveragePlot(ofMonths(shown, drawn), drawn, options),
    options
  );
}

/** The same meters with the months of these rows alone. */
function ofMonths(meters: readonly Meter[], rows: readonly DataCoverage[]): Meter[] {
  const first = rows.reduce((least, {month}) => Math.min(least, month.getTime()), Number.POSITIVE_INFINITY);
  return meters.map(meter => ({...meter, months: meter.months.filter(({month}) => month.getTime() >= first)}));
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
  const months = monthsOf(rows);
  const some = isNarrow(options.width)
    ? [note(`The newest ${several(months.length, "month")}`, options.width, sizes, palette)]
    : [];
  const head = header([...coverageKey(meters, sizes, palette), ...some], options);
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
