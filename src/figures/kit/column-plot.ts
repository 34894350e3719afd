import * as Plot from "@observablehq/plot";
import {plain, signed} from "../../wording/numbers.ts";
import {type ColumnName, columnAxis, columnAxisHeight} from "./column-axis.ts";
import {type End, endLabels} from "./end-labels.ts";
import {type FigureOptions, frameLength, ticksFor} from "./figure.ts";
import {header} from "./header.ts";
import type {KeyItem} from "./key.ts";
import {levels} from "./marks.ts";
import {ellipsis, textWidth} from "./measure.ts";
import {ticksBetween} from "./steps.ts";
import {isNarrow, type Palette, paletteOf, type Sizes, sizesOf} from "./theme.ts";

/** Columns side by side over one scale of values: years, or months. Column `i` reaches from `i` to `i + 1` across. */
export interface ColumnChart {
  readonly columns: readonly ColumnName[];
  /** The lowest and the highest value drawn; the scale takes in 0 whatever they are. */
  readonly reach: readonly [number, number];
  readonly unit: string;
  readonly key: readonly KeyItem[];
  /** What the right end names. */
  readonly ends: readonly End[];
  readonly shade?: Shade | undefined;
  readonly milestone?: Milestone | undefined;
  /** What is drawn, once it is known how wide a column is in px, and how the scale of values lies. */
  readonly marks: (column: number, scale: ValueScale) => readonly Plot.Markish[];
}

/** The ends of the scale of values, its length in px, and the right end of the scale of columns. */
export interface ValueScale {
  readonly low: number;
  readonly high: number;
  readonly length: number;
  readonly right: number;
}

/** A stretch of columns out of the ordinary, `from` up to and not including `to`, and what to call it. */
export interface Shade {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A place on the scale of columns to be ruled from top to bottom, and what to call it. */
export interface Milestone {
  readonly x: number;
  readonly text: string;
}

/** A column is at most this wide, in units of the label's size, however few there are. */
const mostColumn = 8;

/** The frame, the scales and the words about a column chart, and its marks between. */
export function columnPlot(chart: ColumnChart, options: FigureOptions): Plot.PlotOptions {
  const sizes = sizesOf(options.width);
  const {label} = sizes;
  const head = header(chart.key, options);
  const marginBottom = columnAxisHeight(chart.columns, sizes);
  const rows = chart.milestone ? (chart.shade ? 2 : 1) : chart.shade ? 1 : 0;
  const suits = isNarrow(options.width) ? 220 : 300;
  const length = frameLength(options, suits, head.height + label * (1.4 + rows * row) + marginBottom, label * 4);
  return columnsIn(chart, options, length);
}

/** The chart with a frame of this length in px, or longer where the labels at its end need it and no height is to be fitted. */
function columnsIn(chart: ColumnChart, options: FigureOptions, least: number): Plot.PlotOptions {
  const [sizes, palette] = [sizesOf(options.width), paletteOf(options.theme)];
  const {label, pad} = sizes;
  const head = header(chart.key, options);
  const isFitted = options.plotHeight !== undefined;
  const ends = endLabels(chart.ends, options.width, options.theme, isFitted ? least : undefined);
  const ticks = ticksBetween(chart.reach[0], chart.reach[1], isFitted ? ticksFor(least, sizes) : 5);
  const [low, high] = [chart.reach[0] < 0 ? chart.reach[0] * 1.1 : 0, ticks.at(-1) ?? 1];
  const length = isFitted ? least : Math.max(least, ends.height);
  const marginLeft = pad + axisWidth(ticks, chart.unit, label) + 6;
  const room = options.width - marginLeft - pad - ends.width - label;
  const column = Math.min(label * mostColumn, room / chart.columns.length);
  const right = chart.columns.length + label / column;
  const milestone = milestoneOf(chart, column, options.width - marginLeft - pad, sizes);
  const marginTop = head.height + label * (1.4 + Math.max(chart.shade ? row : 0, milestone.rows * row));
  const marginBottom = columnAxisHeight(chart.columns, sizes);
  const scale = {right, low, high, length};
  return {
    marginTop,
    marginBottom,
    marginLeft,
    marginRight: options.width - marginLeft - right * column,
    height: marginTop + length + marginBottom,
    x: {domain: [0, right], axis: null},
    y: {domain: [low, high], label: null},
    marks: [
      ...shadeMarks(chart.shade, sizes, palette),
      ...milestone.marks(palette),
      ...levels(ticks, chart.unit, tickWords, palette),
      ...ends.marks(scale),
      Plot.ruleY([0], {stroke: palette.muted}),
      ...chart.marks(column, scale),
      ...columnAxis(chart.columns, column, sizes, palette),
      ...head.marks
    ]
  };
}

function tickWords(tick: number): string {
  return signed(plain(tick));
}

function axisWidth(ticks: readonly number[], unit: string, size: number): number {
  const top = `${tickWords(ticks.at(-1) ?? 0)} ${unit}`.trim();
  return Math.max(...[top, ...ticks.map(tickWords)].map(words => textWidth(words, size)));
}

function shadeMarks(shade: Shade | undefined, {label}: Sizes, {shade: fill, muted}: Palette): Plot.Markish[] {
  if (shade === undefined) return [];
  const {from, to, text} = shade;
  return [
    Plot.rect([shade], {x1: from, x2: to, insetTop: -label * 2.7, fill}),
    Plot.text([text], {x: (from + to) / 2, frameAnchor: "top", lineAnchor: "bottom", dy: -label * 1.5, fill: muted})
  ];
}

/** Height of a row of words above the frame, in units of the label's size. */
const row = 1.5;

/** The name above its rule, as near as it may stand to it in a frame this wide in px; in a row of its own where the shade's name is in the way. */
function milestoneOf({milestone, shade}: ColumnChart, column: number, width: number, {label}: Sizes) {
  if (milestone === undefined) return {rows: 0, marks: () => []};
  const text = ellipsis(milestone.text, label, width);
  const half = textWidth(text, label) / 2;
  const middle = Math.max(half, Math.min(milestone.x * column, width - half));
  const shaded = shade ? ((shade.from + shade.to) / 2) * column + textWidth(shade.text, label) / 2 + label : 0;
  const rows = shaded > middle - half ? 2 : 1;
  const place = {x: () => middle / column, frameAnchor: "top", lineAnchor: "bottom", dy: -label * row * rows} as const;
  return {
    rows,
    marks: ({ink, muted}: Palette): Plot.Markish[] => [
      Plot.ruleX([milestone.x], {stroke: muted, insetTop: -label * 1.2}),
      Plot.text([text], {...place, fill: ink, fontWeight: 600})
    ]
  };
}
