import type * as Plot from "@observablehq/plot";
import type {FigureOptions} from "./figure.ts";
import type {Drawn, KeyItem} from "./key.ts";
import {textWidth} from "./measure.ts";
import {boxes, captions, type Facet} from "./pixels.ts";
import {paletteOf, type Sizes, sizesOf} from "./theme.ts";

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
  const key = flow(items, {left: sizes.pad, rightAt, clear: badge.height, gap: sizes.label * 1.4});
  const marks = [boxes(key.boxes, facet), ...captions(key.captions, facet), ...badge.marks(facet)];
  const bottom = Math.max(key.bottom, badge.height);
  return {marks, height: bottom > 0 ? bottom + sizes.label * 1.1 : 0};
}

interface Room {
  readonly left: number;
  /** How far a row may run whose top is at `y`. */
  readonly rightAt: (y: number) => number;
  /** From where on down a row has all the room there is. */
  readonly clear: number;
  readonly gap: number;
}

function flow(items: readonly KeyItem[], {left, rightAt, clear, gap}: Room): Drawn & {readonly bottom: number} {
  const drawn: Drawn[] = [];
  let [x, y, bottom] = [left, 0, 0];
  for (const item of items) {
    const isFull = x + item.width > rightAt(y);
    if (isFull && x > left) [x, y] = [left, bottom + gap / 2];
    else if (isFull && y < clear) y = clear + gap / 2;
    drawn.push(item.draw(x, y));
    bottom = Math.max(bottom, y + item.height);
    x += item.width + gap;
  }
  return {
    boxes: drawn.flatMap(item => item.boxes),
    captions: drawn.flatMap(item => item.captions),
    bottom
  };
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
