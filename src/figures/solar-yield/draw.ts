import * as Plot from "@observablehq/plot";
import type {SolarYield} from "../../models/marts/solar_yields.ts";
import {monthName} from "../../wording/dates.ts";
import {percent} from "../../wording/shares.ts";
import {columnPlot} from "../kit/column-plot.ts";
import {emptyFigure} from "../kit/empty-figure.ts";
import {type Figure, type FigureOptions, figureOf} from "../kit/figure.ts";
import {type KeyItem, note, stroke, swatch} from "../kit/key.ts";
import {textWidth} from "../kit/measure.ts";
import {aboveMarks, type Bar, reachOf, stackMarks} from "../kit/stack.ts";
import {paletteOf, sizesOf} from "../kit/theme.ts";
import {leftOutText, yieldWords} from "./words.ts";

/** One month of an array: kWh for each kW of its capacity, and what its area and its own year before say that it should be. */
export type YieldMonth = Pick<
  SolarYield,
  | "month"
  | "asset_id"
  | "site_name"
  | "capacity_kw"
  | "area"
  | "days_at_zero"
  | "kwh_per_kwp"
  | "area_kwh_per_kwp"
  | "expected_kwh_per_kwp"
  | "is_low"
>;

/** Months of one array, at least one. */
export type YieldMonths = readonly [YieldMonth, ...YieldMonth[]];

/**
 * What an array made for each kW of its capacity, a bar a month, and a line across each month where its area's yield says that it should stand. A month well below is
 * in another colour, with its share above it. A month of which too little is known is left out, and said.
 */
export function solarYield(rows: readonly YieldMonth[], options: FigureOptions): Figure {
  const [first, ...others] = rows;
  if (first === undefined || rows.every(({kwh_per_kwp}) => kwh_per_kwp === null))
    return emptyFigure("solar-yield", options, "whole months of a solar array");
  return figureOf(yieldWords([first, ...others]), yieldPlot([first, ...others], options), options);
}

function yieldPlot(months: YieldMonths, options: FigureOptions): Plot.PlotOptions {
  const [sizes, palette] = [sizesOf(options.width), paletteOf(options.theme)];
  const bars = months.map(barOf);
  const expected = months.flatMap(({expected_kwh_per_kwp}, column) =>
    expected_kwh_per_kwp === null ? [] : [{column, y: expected_kwh_per_kwp}]
  );
  const [low, high] = reachOf(bars);
  return columnPlot(
    {
      columns: months.map(({month}) => ({name: monthName(month), under: String(month.getUTCFullYear())})),
      unit: "kWh",
      key: keyOf(months, options),
      reach: [low, Math.max(high, ...expected.map(({y}) => y))],
      ends: [],
      marks: column => [
        ...stackMarks(bars, [palette.actual, palette.accent], palette),
        // A rim of paper, so that the line is seen on a bar too.
        Plot.ruleY(expected, {...across, stroke: palette.paper, strokeWidth: 4}),
        Plot.ruleY(expected, {...across, stroke: palette.ink, strokeWidth: 2.5}),
        ...leftOutMarks(bars, column, options),
        ...(bars.some(({above}) => above !== undefined) ? aboveMarks(raised(bars, months), column, sizes, palette) : [])
      ]
    },
    options
  );
}

/** A line across a month, a little wider than its bar. */
const across = {
  x1: ({column}: {column: number}) => column + 0.06,
  x2: ({column}: {column: number}) => column + 0.94,
  y: "y"
} as const;

/** Words at the foot of months that are left out, where they fit. */
function leftOutMarks(bars: readonly Bar[], column: number, {width, theme}: FigureOptions): Plot.Markish[] {
  const [{label}, {muted}] = [sizesOf(width), paletteOf(theme)];
  const gaps = bars.flatMap(({values}, index) => (values.length === 0 ? [index + 0.5] : []));
  if (textWidth("left", label) > column) return [];
  const place = {x: (x: number) => x, y: () => 0, lineAnchor: "bottom", dy: -label * 0.4, lineHeight: 1.2} as const;
  return [Plot.text(gaps, {...place, text: () => "left\nout", fill: muted})];
}

function barOf({kwh_per_kwp, expected_kwh_per_kwp, is_low}: YieldMonth): Bar {
  if (kwh_per_kwp === null) return {values: [], look: "solid"};
  if (is_low && expected_kwh_per_kwp !== null)
    return {values: [undefined, kwh_per_kwp], look: "solid", above: percent(kwh_per_kwp, expected_kwh_per_kwp)};
  return {values: [kwh_per_kwp], look: "solid"};
}

/** Bars as high as what is expected, so that words stand clear of its line too. */
const raised = (bars: readonly Bar[], months: YieldMonths): Bar[] =>
  bars.map((bar, index) => ({
    ...bar,
    values: [Math.max(reachOf([bar])[1], months[index]?.expected_kwh_per_kwp ?? 0) * 1.02]
  }));

function keyOf(months: YieldMonths, options: FigureOptions): KeyItem[] {
  const [sizes, palette] = [sizesOf(options.width), paletteOf(options.theme)];
  const isCompared = months.some(({expected_kwh_per_kwp}) => expected_kwh_per_kwp !== null);
  const leftOut = leftOutText(months);
  return [
    swatch("made", {fills: [palette.actual]}, sizes, palette),
    ...(months.some(({is_low}) => is_low)
      ? [swatch("under 90% of expected", {fills: [palette.accent]}, sizes, palette)]
      : []),
    ...(isCompared ? [stroke("expected by the area's yield", palette.ink, sizes, palette)] : []),
    ...(leftOut === null || options.isWordless ? [] : [note(leftOut, options.width - 2 * sizes.pad, sizes, palette)])
  ];
}
