import * as Plot from "@observablehq/plot";
import {textWidth} from "./measure.ts";
import type {Palette, Sizes} from "./theme.ts";

/** What is written under a column, and in a second line, where it is not the same as under the column named before. */
export interface ColumnName {
  readonly name: string;
  readonly under?: string;
}

/** Room that the axis takes under the frame, in px. */
export function columnAxisHeight(names: readonly ColumnName[], {label}: Sizes): number {
  return label * (names.some(({under}) => under) ? 3.4 : 2.1);
}

/**
 * Names under columns of this width in px, the first column at 0 of the scale. What would crowd is left out, as evenly as may be; the first
 * and the last column are named.
 */
export function columnAxis(
  names: readonly ColumnName[],
  column: number,
  {label}: Sizes,
  {ink, muted}: Palette
): Plot.Markish[] {
  const room = Math.max(...names.map(({name}) => textWidth(name, label))) + label * 0.7;
  const all = names.map((name, i) => ({...name, x: i + 0.5}));
  const named = thinned(all, Math.max(1, Math.ceil(room / column)));
  const unders = named.filter(({under}, i) => under && under !== named[i - 1]?.under);
  const text = {x: "x", frameAnchor: "bottom", lineAnchor: "top"} as const;
  return [
    Plot.text(named, {...text, text: "name", dy: label * 0.6, fill: ink}),
    Plot.text(unders, {...text, text: "under", dy: label * 1.9, fill: muted})
  ];
}

/** Every so manieth, counted from the last, at least `least` apart; the first in place of one that stands too near it. */
function thinned<T>(all: readonly T[], least: number): T[] {
  const steps = Array.from({length: Math.ceil(least / 2) + 1}, (_, i) => least + i);
  const last = all.length - 1;
  const every = steps.find(step => last % step === 0) ?? least;
  return all.filter((_, i) => i === 0 || i === last || ((last - i) % every === 0 && i >= least));
}
