import * as Plot from "@observablehq/plot";
import type {BoroughEmissions} from "../../models/marts/borough_emissions.ts";
import {amount, signed} from "../../wording/numbers.ts";
import {officialFigures} from "../../wording/targets.ts";
import {printable} from "../../wording/titles.ts";
import {emptyFigure} from "../kit/empty-figure.ts";
import {type Figure, type FigureOptions, figureOf} from "../kit/figure.ts";
import {type KeyItem, note, sign} from "../kit/key.ts";
import {type Series, seriesOf} from "../kit/series.ts";
import {reachOf} from "../kit/stack.ts";
import {barsOf, stackedColumns, valueWords} from "../kit/stacked-columns.ts";
import {type Palette, paletteOf, sizesOf} from "../kit/theme.ts";
import {boroughWords, isTarget, kt} from "./words.ts";

/**
 * A national statistic of one area: emissions by sector, a bar a calendar year, the largest sector of the last year at the base. What takes
 * carbon up, as land use may, goes down from zero, and a dot on each bar is then the net total. Sectors that are zero throughout are
 * left out; rows of all sectors alone are bars of one colour. It is no estate of ours, so it is never illustrative, and its place is the
 * area.
 *
 * @throws Error on rows of more than one area, statistic or release: they are never one series.
 */
export function boroughBySector(rows: readonly BoroughEmissions[], options: FigureOptions): Figure {
  refuseMixed(rows);
  const [row] = rows;
  const national = {...options, isIllustrative: false};
  if (row === undefined) return emptyFigure("borough-by-sector", national, "years");
  const [series, totals] = [sectorsOf(rows), seriesOf(valuesOf(rows.filter(total => total.is_all_sectors)))];
  const area = {...national, place: row.area_name};
  return figureOf(boroughWords(rows, series, totals), boroughPlot(rows, series, totals, area), area);
}

function refuseMixed(rows: readonly BoroughEmissions[]): void {
  for (const column of ["area_code", "statistic", "release"] as const) {
    const found = [...new Set(rows.map(row => row[column]))];
    if (found.length > 1) throw new Error(`borough figure of more than one ${column}: ${found.join(", ")}`);
  }
}

function valuesOf(rows: readonly BoroughEmissions[]) {
  return rows.map(row => ({period: row.year, band: printable(row.sector, 40), value: kt(row)}));
}

function sectorsOf(rows: readonly BoroughEmissions[]): Series {
  const sectors = rows.filter(row => !row.is_all_sectors);
  if (sectors.length === 0) return seriesOf(valuesOf(rows));
  const series = seriesOf(valuesOf(sectors));
  const seen = series.bands.filter(band => series.held.some(year => (series.at(year, band) ?? 0) !== 0));
  return seen.length > 0 ? {...series, bands: seen} : series;
}

function boroughPlot(
  rows: readonly BoroughEmissions[],
  series: Series,
  totals: Series,
  options: FigureOptions
): Plot.PlotOptions {
  const last = series.held.at(-1) as number;
  const bars = barsOf(series, year => ({look: "solid", above: totalWords(series, totals, year)}));
  const isNet = reachOf(bars)[0] < 0;
  return stackedColumns(
    {
      columns: series.periods.map(year => ({name: String(year)})),
      unit: "kt",
      key: keyOf(rows, isNet, options),
      bars,
      bands: series.bands.map(band => ({
        name: band,
        value: valueWords(series.at(last, band), value => `${signed(amount(value))} kt`)
      })),
      over: isNet ? netMarks(series, totals, paletteOf(options.theme)) : []
    },
    options
  );
}

/** The total of all sectors in the first and in the last year held, where the release gives one. */
function totalWords({held}: Series, totals: Series, year: number): string | undefined {
  const total = [held[0], held.at(-1)].includes(year) ? totals.total(year) : undefined;
  return total === undefined ? undefined : amount(total);
}

function keyOf(
  rows: readonly BoroughEmissions[],
  isNet: boolean,
  {width, theme, isWordless}: FigureOptions
): KeyItem[] {
  const [sizes, palette] = [sizesOf(width), paletteOf(theme)];
  return [
    ...(isTarget(rows) || isWordless ? [] : [note(sentence, width - 2 * sizes.pad, sizes, palette)]),
    ...(isNet ? [sign("●", "all sectors, net", sizes, palette)] : [])
  ];
}

const sentence = officialFigures;

/** The net total of each year, where parts of it are below zero and the top of the bar is not it. */
function netMarks({periods, held}: Series, totals: Series, {ink, paper}: Palette): Plot.Markish[] {
  const nets = periods.flatMap((year, x) => {
    const net = held.includes(year) ? totals.total(year) : undefined;
    return net === undefined ? [] : [{x, net}];
  });
  const at = {x: ({x}: {x: number}) => x + 0.5, y: "net"} as const;
  return [Plot.dot(nets, {...at, r: 3.5, fill: ink, stroke: paper, strokeWidth: 1.5})];
}
