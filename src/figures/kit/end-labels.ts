import * as Plot from "@observablehq/plot";
import {ellipsis, textWidth, wrap} from "./measure.ts";
import {unscaled} from "./pixels.ts";
import {isNarrow, type Palette, paletteOf, type Sizes, sizesOf, type Theme} from "./theme.ts";

/** What the end of a band or a line is called, and where it is. */
export interface End {
  readonly name: string;
  /** The last value with its unit, as words. */
  readonly value: string;
  readonly fill: string;
  /** The height on the scale that the label belongs to. */
  readonly y: number;
  /** Where on the scale of columns its line starts. */
  readonly x: number;
  /** Whether it is the one to see first. */
  readonly isStrong?: boolean;
}

/** Labels broken into lines: how wide the widest is and how high all are together, in px. */
export interface EndLabels {
  readonly width: number;
  readonly height: number;
  readonly marks: (place: EndPlace) => Plot.Markish[];
}

/** Where the labels stand: the right end of the scale of columns, and the scale of values and its length in px. */
export interface EndPlace {
  readonly right: number;
  readonly low: number;
  readonly high: number;
  readonly length: number;
}

interface Label extends End {
  readonly lines: readonly string[];
  readonly height: number;
}

const lineHeight = 1.2;

/** How far under the frame the lowest label may reach, beside the names of columns, in px. */
const below = 12;

/**
 * Labels right of the last column, each with a sample of its colour and a line to what it names, moved apart where they would meet. Where they have to fit a
 * length in px they take a line each, names cut short, and of too many the last are not named.
 */
export function endLabels(ends: readonly End[], width: number, theme: Theme, length?: number): EndLabels {
  const [sizes, palette] = [sizesOf(width), paletteOf(theme)];
  const most = width * (isNarrow(width) ? 0.28 : 0.24);
  const usual = brokenInto(ends, sizes.label, most);
  const isTooHigh = length !== undefined && heightOf(usual) > length + below;
  const labels = isTooHigh ? inOneLine(ends, sizes.label, width * 0.36, length + below) : usual;
  const widths = labels.flatMap(({lines}) => lines.map(line => textWidth(line, sizes.label)));
  return {
    width: labels.length > 0 ? textLeft(sizes) + Math.max(...widths) : 0,
    height: heightOf(labels),
    marks: place => marksOf(spread(labels, place), place, sizes, palette)
  };
}

/** One line each where that fits all of them, else the name and under it the value. */
function brokenInto(ends: readonly End[], size: number, width: number): Label[] {
  const single = ends.map(({name, value}) => `${name} ${value}`);
  const isSingle = single.every(line => textWidth(line, size) <= width);
  return ends.map((end, i) => {
    const lines = isSingle ? [single[i] ?? ""] : [...wrap(end.name, size, width), end.value];
    return {...end, lines, height: size * (lines.length * lineHeight + 0.35)};
  });
}

const heightOf = (labels: readonly Label[]) => labels.reduce((sum, {height}) => sum + height, 0);

/** One line each, the name cut short where it must be; as many as there is room for in `length` px. */
function inOneLine(ends: readonly End[], size: number, width: number, length: number): Label[] {
  const height = size * (lineHeight + 0.1);
  return ends.slice(0, Math.max(1, Math.floor(length / height))).map(end => {
    const name = ellipsis(end.name, size, width - textWidth(` ${end.value}`, size));
    return {...end, lines: [`${name} ${end.value}`], height};
  });
}

/** The labels with `y` where they stand and `from` where they would like to. */
function spread(labels: readonly Label[], {low, high, length}: EndPlace): (Label & {from: number})[] {
  const perPixel = (high - low) / length;
  const sorted = labels.map((label, i) => ({label, i})).sort((a, b) => b.label.y - a.label.y || b.i - a.i);
  const tops: number[] = [];
  let edge = 0;
  for (const {label} of sorted) {
    const top = Math.max(edge, (high - label.y) / perPixel - label.height / 2);
    tops.push(top);
    edge = top + label.height;
  }
  let floor = length + below;
  for (let i = sorted.length - 1; i >= 0; i--) {
    const height = sorted[i]?.label.height ?? 0;
    tops[i] = Math.min(tops[i] ?? 0, floor - height);
    floor = tops[i] ?? 0;
  }
  return sorted.map(({label}, i) => ({
    ...label,
    from: label.y,
    y: high - ((tops[i] ?? 0) + label.height / 2) * perPixel
  }));
}

function textLeft({label}: Sizes): number {
  return label * 1.3;
}

function marksOf(
  labels: readonly (Label & {from: number})[],
  {right}: EndPlace,
  sizes: Sizes,
  {ink, muted}: Palette
): Plot.Markish[] {
  const {label: size} = sizes;
  const place = {x: () => right, y: "y"} as const;
  const words = ({lines}: Label) => lines.join("\n");
  const text = {...place, text: words, textAnchor: "start", dx: textLeft(sizes), lineHeight, fill: ink} as const;
  return [
    Plot.link(labels, {x1: "x", x2: () => right, y1: "from", y2: "y", stroke: muted, strokeWidth: 1}),
    Plot.dot(labels, {...place, symbol: "square", r: size * 0.42, dx: size * 0.5, fill: unscaled("fill")}),
    Plot.text(
      labels.filter(({isStrong}) => !isStrong),
      text
    ),
    Plot.text(
      labels.filter(({isStrong}) => isStrong),
      {...text, fontWeight: 600}
    )
  ];
}
