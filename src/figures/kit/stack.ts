import * as Plot from "@observablehq/plot";
import {hatched} from "./hatch.ts";
import {label as haloed} from "./marks.ts";
import {textWidth} from "./measure.ts";
import {unscaled} from "./pixels.ts";
import type {Palette, Sizes} from "./theme.ts";

/** How a bar is drawn: whole, slantwise striped, or as its outline alone. */
export type Look = "solid" | "hatched" | "outlined";

/** One bar: its values from the base up, one a band; none where nothing is held. A value below zero goes down from zero. */
export interface Bar {
  readonly values: readonly (number | undefined)[];
  readonly look: Look;
  /** The words above it, if any. */
  readonly above?: string | undefined;
}

/** One value of a bar and where it stands. */
export interface Segment {
  readonly column: number;
  readonly band: number;
  readonly look: Look;
  readonly y1: number;
  readonly y2: number;
}

/** What each bar leaves free at either side, as a share of its column. */
const side = 0.14;

/** Where a line from the right edge of the bar in this column starts. */
export function rightOf(column: number): number {
  return column + 1 - side;
}

export function segmentsOf(bars: readonly Bar[]): Segment[] {
  return bars.flatMap(({values, look}, column) => {
    let [up, down] = [0, 0];
    return values.flatMap((value, band) => {
      if (value === undefined) return [];
      const y1 = value < 0 ? down : up;
      if (value < 0) down += value;
      else up += value;
      return [{column, band, look, y1, y2: y1 + value}];
    });
  });
}

/** How far the bars reach, zero included: from the lowest to the highest. */
export function reachOf(bars: readonly Bar[]): [number, number] {
  const ends = segmentsOf(bars).map(({y2}) => y2);
  return [Math.min(0, ...ends), Math.max(0, ...ends)];
}

/** Where the middle of a band in the last column is; a band that the column does not hold is where it would be. */
export function middles(bars: readonly Bar[]): number[] {
  const last = bars.at(-1);
  const segments = segmentsOf([{look: "solid", values: (last?.values ?? []).map(value => value ?? 0)}]);
  return segments.map(({y1, y2}) => (y1 + y2) / 2);
}

/** The bars in the colours of their bands, a sliver of paper between one band and the next. */
export function stackMarks(bars: readonly Bar[], fills: readonly string[], {paper}: Palette): Plot.Markish[] {
  const segments = segmentsOf(bars).filter(({y1, y2}) => y1 !== y2);
  const of = (look: Look) => segments.filter(segment => segment.look === look);
  const fill = unscaled(({band}: Segment) => fills[band] ?? "");
  const at = {
    x1: ({column}: Segment) => column + side,
    x2: ({column}: Segment) => rightOf(column),
    y1: "y1",
    y2: "y2",
    insetTop: 1.5
  } as const;
  const outline = {fill: paper, stroke: fill, strokeWidth: 2, insetTop: 2.5, insetBottom: 1, insetLeft: 1} as const;
  return [
    Plot.rect(of("solid"), {...at, fill}),
    Plot.rect(of("hatched"), {...at, fill, render: hatched(paper)}),
    Plot.rect(of("outlined"), {...at, ...outline, insetRight: 1})
  ];
}

/** The words above bars, high enough to clear every bar that they reach over. */
export function aboveMarks(bars: readonly Bar[], column: number, {label}: Sizes, palette: Palette): Plot.Markish[] {
  const tops = bars.map(bar => reachOf([bar])[1]);
  const words = bars.flatMap(({above}, i) => {
    if (above === undefined) return [];
    const half = textWidth(above, label) / 2 / column;
    const x = Math.max(i + 0.5, half);
    const under = tops.filter((_, j) => rightOf(j) > x - half && j + side < x + half);
    return [{x, y: Math.max(...under), above}];
  });
  const text = {x: "x", y: "y", text: "above", lineAnchor: "bottom", dy: -label * 0.35, fontWeight: 600} as const;
  return haloed(words, text, palette);
}

/** Words at the foot of columns in which nothing is held, where they fit. */
export function gapMarks(bars: readonly Bar[], column: number, {label}: Sizes, {muted}: Palette): Plot.Markish[] {
  const gaps = bars.flatMap(({values}, i) => (values.length === 0 ? [i + 0.5] : []));
  if (textWidth("data", label) + label * 0.6 > column * (1 + 2 * side)) return [];
  const place = {x: (x: number) => x, y: () => 0, lineAnchor: "bottom", dy: -label * 0.4, lineHeight: 1.2} as const;
  return [Plot.text(gaps, {...place, text: () => "no\ndata", fill: muted})];
}
