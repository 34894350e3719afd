import type * as Plot from "@observablehq/plot";
import {type ColumnChart, columnPlot} from "./column-plot.ts";
import type {FigureOptions} from "./figure.ts";
import type {Series} from "./series.ts";
import {aboveMarks, type Bar, gapMarks, type Look, middles, reachOf, rightOf, stackMarks} from "./stack.ts";
import {type Palette, paletteOf, sizesOf} from "./theme.ts";

/** What a band of the stack is called at its right end, what it comes to there, as words, and its colour: by default that of its place. */
export interface Band {
  readonly name: string;
  readonly value: string;
  readonly fill?: ((palette: Palette) => string) | undefined;
}

/** A column chart whose columns are stacks of bands. */
export interface StackedColumns extends Pick<ColumnChart, "columns" | "unit" | "key" | "shade"> {
  readonly bars: readonly Bar[];
  /** From the base up, in the order of the values of a bar. */
  readonly bands: readonly Band[];
  /** What is drawn over the bars, and under the words. */
  readonly over?: readonly Plot.Markish[];
}

/** Stacked columns, each band named at the right end, with words at the foot of columns in which nothing is held and above bars that have any. */
export function stackedColumns({bars, bands, over = [], ...chart}: StackedColumns, options: FigureOptions) {
  const [sizes, palette, heights] = [sizesOf(options.width), paletteOf(options.theme), middles(bars)];
  const fills = bands.map(({fill}, i) => fill?.(palette) ?? palette.bands[i] ?? palette.rest);
  const end = ({name, value}: Band, i: number) => ({
    name,
    value,
    fill: fills[i] ?? "",
    x: rightOf(bars.length - 1),
    y: heights[i] ?? 0
  });
  return columnPlot(
    {
      ...chart,
      reach: reachOf(bars),
      ends: bands.map(end),
      marks: column => [
        ...stackMarks(bars, fills, palette),
        ...over,
        ...gapMarks(bars, column, sizes, palette),
        ...(bars.some(({above}) => above !== undefined) ? aboveMarks(bars, column, sizes, palette) : [])
      ]
    },
    options
  );
}

/** A bar a period: its look, and the words above it if any. A period that is not held has no values. */
export function barsOf(
  {periods, held, bands, at}: Series,
  of: (period: number) => {readonly look: Look; readonly above: string | undefined}
): Bar[] {
  return periods.map(period => ({
    ...of(period),
    values: held.includes(period) ? bands.map(band => at(period, band)) : []
  }));
}

/** What a band comes to, as words; a dash where the column has no such band. */
export function valueWords(value: number | undefined, words: (value: number) => string): string {
  return value === undefined ? "–" : words(value);
}
