import {textWidth, wrap} from "./measure.ts";
import type {Box, Caption} from "./pixels.ts";
import type {Palette, Sizes} from "./theme.ts";

/** What a part of the key draws. */
export interface Drawn {
  readonly boxes: readonly Box[];
  readonly captions: readonly Caption[];
}

/** One thing that a key explains: how much room it takes, in px, and what it draws with its top left corner at (x, y). */
export interface KeyItem {
  readonly width: number;
  readonly height: number;
  readonly draw: (x: number, y: number) => Drawn;
}

/** Heights, widths and gaps of the key, in units of the label's size. */
const high = 1.1;
const wide = 1.4;
const gap = 0.5;

/** A strip of colours with a number under each edge, one more number than colours, and their unit after it. */
export function ramp(
  fills: readonly string[],
  edges: readonly string[],
  unit: string,
  {label}: Sizes,
  {muted: fill}: Palette
): KeyItem {
  const step = Math.max(label * 1.8, ...edges.map(edge => textWidth(edge, label) + label * 0.6));
  const end = fills.length * step + label * gap;
  const under = (text: string, i: number): Caption => ({x: i * step, y: label * 1.8, text, fill, anchor: anchorOf(i)});
  return {
    width: end + textWidth(unit, label),
    height: label * 2.4,
    draw: moved({
      boxes: strip(fills, fills.length * step, label * high),
      captions: [...edges.map(under), {x: end, y: label * 0.55, text: unit, fill}]
    })
  };
}

function anchorOf(edge: number): "start" | "middle" {
  return edge === 0 ? "start" : "middle";
}

/** How a swatch looks: its colours side by side, and the letter and the outline that its cells have, if any. */
export interface SwatchLook {
  readonly fills: readonly string[];
  readonly letter?: {readonly text: string; readonly fill: string};
  readonly outline?: string;
  /** The colour of the stripes across it, if any. */
  readonly stripes?: string;
}

/** A small box with its meaning after it. */
export function swatch(text: string, look: SwatchLook, {label}: Sizes, {ink}: Palette): KeyItem {
  const [x, y] = [(label * wide) / 2, (label * high) / 2];
  const letter = look.letter ? [{...look.letter, x, y, anchor: "middle"} as const] : [];
  return named(text, label, ink, {boxes: swatchBoxes(look, label * wide, label * high), captions: letter});
}

function swatchBoxes({fills, outline, stripes}: SwatchLook, width: number, height: number): Box[] {
  if (stripes !== undefined) return strip(fills, width, height).map(box => ({...box, stripes}));
  if (outline === undefined) return strip(fills, width, height);
  const inside = strip(fills, width - 2, height - 2).map(box => shifted(box, 1, 1));
  return [...strip([outline], width, height), ...inside];
}

/** A line of one colour, with its meaning after it. */
export function stroke(text: string, fill: string, {label}: Sizes, {ink}: Palette): KeyItem {
  const line = {x1: 0, x2: label * wide, y1: label * 0.55 - 1.5, y2: label * 0.55 + 1, fill};
  return named(text, label, ink, {boxes: [line], captions: []});
}

/** Words alone, in as many lines as they need within `width` px: what has to be said beside the picture. */
export function note(text: string, width: number, {label}: Sizes, {ink: fill}: Palette): KeyItem {
  const lines = wrap(text, label, width);
  return {
    width: Math.max(...lines.map(line => textWidth(line, label))),
    height: lines.length * label * noteLine,
    draw: moved({
      boxes: [],
      captions: lines.map((line, i) => ({x: 0, y: label * (i * noteLine + 0.55), text: line, fill}))
    })
  };
}

const noteLine = 1.25;

/** A mark of one letter, such as a ring, with its meaning after it. */
export function sign(letter: string, text: string, {label}: Sizes, {ink}: Palette): KeyItem {
  const middle = {x: (label * wide) / 2, y: (label * high) / 2};
  return named(text, label, ink, {boxes: [], captions: [{...middle, text: letter, fill: ink, anchor: "middle"}]});
}

function named(text: string, size: number, fill: string, {boxes, captions}: Drawn): KeyItem {
  const left = size * (wide + gap);
  const name = {x: left, y: (size * high) / 2, text, fill};
  return {
    width: left + textWidth(text, size),
    height: size * high,
    draw: moved({boxes, captions: [...captions, name]})
  };
}

/** Boxes of equal width, side by side from the origin. */
function strip(fills: readonly string[], width: number, height: number): Box[] {
  const part = width / fills.length;
  return fills.map((fill, i) => ({x1: i * part, x2: (i + 1) * part, y1: 0, y2: height, fill}));
}

function moved({boxes, captions}: Drawn): KeyItem["draw"] {
  return (dx, dy) => ({
    boxes: boxes.map(box => shifted(box, dx, dy)),
    captions: captions.map(caption => ({...caption, x: caption.x + dx, y: caption.y + dy}))
  });
}

function shifted(box: Box, dx: number, dy: number): Box {
  return {...box, x1: box.x1 + dx, x2: box.x2 + dx, y1: box.y1 + dy, y2: box.y2 + dy};
}
