import * as Plot from "@observablehq/plot";
import type {FigureOptions} from "./figure.ts";
import {textWidth} from "./measure.ts";
import {type Box, boxes, type Caption, captions, type Facet} from "./pixels.ts";
import {type Palette, paletteOf, type Sizes, sizesOf} from "./theme.ts";

interface Drawn {
  readonly boxes: readonly Box[];
  readonly captions: readonly Caption[];
}

/** One thing that a key explains: how much room it takes, in px, and what it draws with its top left corner at (x, y). */
export interface KeyItem {
  readonly width: number;
  readonly height: number;
  readonly draw: (x: number, y: number) => Drawn;
}

/** A strip of colours with a number under each edge, one more number than colours, and their unit after it. */
export function ramp(
  fills: readonly string[],
  edges: readonly string[],
  unit: string,
  {label}: Sizes,
  {muted}: Palette
): KeyItem {
  const step = Math.max(label * 1.8, ...edges.map(edge => textWidth(edge, label) + label * 0.6));
  const length = fills.length * step;
  return {
    width: length + label * 0.7 + textWidth(unit, label),
    height: label * 2.2,
    draw: (x, y) => ({
      boxes: fills.map((fill, i) => ({x1: x + i * step, x2: x + (i + 1) * step, y1: y, y2: y + label * 0.9, fill})),
      captions: [
        ...edges.map((text, i) => ({x: x + i * step, y: y + label * 1.6, text, fill: muted, anchor: anchorOf(i)})),
        {x: x + length + label * 0.7, y: y + label * 0.45, text: unit, fill: muted}
      ]
    })
  };
}

function anchorOf(edge: number): "start" | "middle" {
  return edge === 0 ? "start" : "middle";
}

/** A small box of one colour, or of several side by side, with its meaning after it and, where given, its letter inside. */
export function swatch(
  text: string,
  fills: readonly string[],
  {label}: Sizes,
  {ink}: Palette,
  letter?: {readonly text: string; readonly fill: string}
): KeyItem {
  const part = (label * 1.3) / fills.length;
  return {
    width: label * 1.7 + textWidth(text, label),
    height: label * 1.1,
    draw: (x, y) => ({
      boxes: fills.map((fill, i) => ({x1: x + i * part, x2: x + (i + 1) * part, y1: y, y2: y + label * 0.9, fill})),
      captions: [
        {x: x + label * 1.7, y: y + label * 0.45, text, fill: ink},
        ...(letter ? [{...letter, x: x + label * 0.65, y: y + label * 0.45, anchor: "middle" as const}] : [])
      ]
    })
  };
}

/** A line of one colour, with its meaning after it. */
export function stroke(text: string, fill: string, {label}: Sizes, {ink}: Palette): KeyItem {
  const middle = label * 0.45;
  return {
    width: label * 1.7 + textWidth(text, label),
    height: label * 1.1,
    draw: (x, y) => ({
      boxes: [{x1: x, x2: x + label * 1.3, y1: y + middle - 1.5, y2: y + middle + 1, fill}],
      captions: [{x: x + label * 1.7, y: y + middle, text, fill: ink}]
    })
  };
}

/** What stands above the frame, and how much of the top margin it takes, in px. */
export interface Header {
  readonly marks: readonly Plot.Markish[];
  readonly height: number;
}

const badgeWords = "Illustrative estate";

/** The key, in as many rows as it needs, and, where the estate is made up, the badge that says so beside its first row. */
export function header(items: readonly KeyItem[], options: FigureOptions, facet: Facet = {}): Header {
  const sizes = sizesOf(options.width);
  const badge = badgeOf(options, sizes);
  const rightAt = (y: number) => options.width - sizes.pad - (y < badge.height ? badge.width : 0);
  const key = flow(items, {left: sizes.pad, rightAt, gap: sizes.label * 1.4});
  const marks = [boxes(key.boxes, facet), ...captions(key.captions, facet), ...badge.marks(facet)];
  const bottom = Math.max(key.bottom, badge.height);
  return {marks, height: bottom > 0 ? bottom + sizes.label * 0.9 : 0};
}

interface Room {
  readonly left: number;
  /** How far a row may run whose top is at `y`. */
  readonly rightAt: (y: number) => number;
  readonly gap: number;
}

function flow(items: readonly KeyItem[], {left, rightAt, gap}: Room): Drawn & {readonly bottom: number} {
  const drawn: Drawn[] = [];
  let [x, y, bottom] = [left, 0, 0];
  for (const item of items) {
    if (x > left && x + item.width > rightAt(y)) [x, y] = [left, bottom + gap / 2];
    drawn.push(item.draw(x, y));
    bottom = Math.max(bottom, y + item.height);
    x += item.width + gap;
  }
  return {boxes: drawn.flatMap(item => item.boxes), captions: drawn.flatMap(item => item.captions), bottom};
}

function badgeOf({isIllustrative, theme, width}: FigureOptions, {label, pad}: Sizes) {
  if (!isIllustrative) return {width: 0, height: 0, marks: () => []};
  const {accent, paper} = paletteOf(theme);
  const wide = textWidth(badgeWords, label) + label;
  const [x2, y2] = [width - pad, label * 1.6];
  const outline = {x1: x2 - wide, y1: 0, x2, y2, fill: accent};
  const inside = {x1: outline.x1 + 1, y1: 1, x2: x2 - 1, y2: y2 - 1, fill: paper};
  const words = {x: x2 - wide / 2, y: y2 / 2, text: badgeWords, fill: accent, anchor: "middle" as const};
  return {
    width: wide + label,
    height: y2,
    marks: (facet: Facet) => [boxes([outline, inside], facet), ...captions([words], {...facet, fontWeight: 600})]
  };
}
