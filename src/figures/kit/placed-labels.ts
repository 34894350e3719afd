import type * as Plot from "@observablehq/plot";
import type {ValueScale} from "./column-plot.ts";
import {label} from "./marks.ts";
import {textWidth} from "./measure.ts";
import type {Palette, Sizes} from "./theme.ts";

/** A place on the scale of columns and the scale of values. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Where words stand from their spot: -1, 0 or 1 across and down. */
export type Side = readonly [across: number, down: number];

/** Words that belong near one of some spots: the first wording, spot and side are the best liked. A wording may have several lines. */
export interface Wish {
  readonly texts: readonly string[];
  readonly spots: readonly Spot[];
  readonly sides: readonly Side[];
  readonly isStrong?: boolean;
}

/** What is drawn, and how the scales lie in px. */
export interface Ground extends ValueScale {
  readonly column: number;
  /** How far words may stand over the frame, in px. */
  readonly over: number;
  /** Lines and what else is drawn, as corners. */
  readonly lines: readonly (readonly Spot[])[];
  /** Where other words stand, in px from the top left of the frame. */
  readonly taken: readonly Area[];
}

export interface Area {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
}

interface Placed extends Area {
  readonly wish: Wish;
  readonly text: string;
  readonly spot: Spot;
  readonly dx: number;
  readonly dy: number;
  readonly cost: number;
}

const lineHeight = 1.2;

/** What a place costs: a px of line under the words is 1. */
const costs = {wording: 16, spot: 4, side: 3, further: 14, taken: 1e6};

/** Words each where they cover least, in turn; those that would cover other words or leave the frame wherever they stand are left out. */
export function placedLabels(
  wishes: readonly Wish[],
  ground: Ground,
  {label: size}: Sizes,
  palette: Palette
): Plot.Markish[] {
  const dots = ground.lines.flatMap(line => sampled(line.map(spot => pixels(spot, ground))));
  const placed: Placed[] = [];
  for (const wish of wishes) {
    const all = placesOf(wish, ground, size).map(place => ({
      ...place,
      cost: place.cost + costOf(place, ground, dots, [...ground.taken, ...placed])
    }));
    const [best] = all.sort((a, b) => a.cost - b.cost);
    if (best && best.cost < costs.taken) placed.push(best);
  }
  return placed.flatMap(({wish, text, spot, dx, dy}) => {
    const weight = wish.isStrong ? {fontWeight: 600} : {};
    return label([spot], {x: "x", y: "y", text: () => text, dx, dy, lineHeight, ...weight}, palette);
  });
}

function placesOf(wish: Wish, ground: Ground, size: number): Placed[] {
  return wish.texts.flatMap((text, i) =>
    wish.spots.flatMap((spot, j) =>
      wish.sides.flatMap((side, k) =>
        [0, 1, 2].map(further => {
          const cost = i * costs.wording + j * costs.spot + k * costs.side + further * costs.further;
          return {wish, text, spot, cost, ...boxOf(text, side, size, size * (0.65 + further), pixels(spot, ground))};
        })
      )
    )
  );
}

function boxOf(text: string, [across, down]: Side, size: number, away: number, at: Spot) {
  const lines = text.split("\n");
  const [width, height] = [Math.max(...lines.map(line => textWidth(line, size))), lines.length * lineHeight * size];
  const dx = across * (width / 2 + away);
  const dy = down * (height / 2 + away * (across === 0 ? 1 : 0.45));
  const [x, y] = [at.x + dx, at.y + dy];
  return {dx, dy, x1: x - width / 2, x2: x + width / 2, y1: y - height / 2, y2: y + height / 2};
}

function costOf(
  box: Area,
  {column, right, length, over}: Ground,
  dots: readonly Spot[],
  placed: readonly Area[]
): number {
  const isOutside = box.x1 < 0 || box.x2 > right * column || box.y1 < -over || box.y2 > length;
  if (isOutside || placed.some(other => meets(box, other))) return costs.taken;
  return dots.filter(({x, y}) => x > box.x1 - 2 && x < box.x2 + 2 && y > box.y1 - 1 && y < box.y2 + 1).length;
}

function meets(a: Area, b: Area): boolean {
  return a.x1 < b.x2 + 3 && b.x1 < a.x2 + 3 && a.y1 < b.y2 && b.y1 < a.y2;
}

function pixels({x, y}: Spot, {column, low, high, length}: Ground): Spot {
  return {x: x * column, y: ((high - y) / (high - low)) * length};
}

/** Dots along a line, a px apart. */
function sampled(line: readonly Spot[]): Spot[] {
  return line.flatMap((to, i) => {
    const from = line[i - 1] ?? to;
    const count = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y)));
    return Array.from({length: count}, (_, k) => {
      const part = (k + 1) / count;
      return {x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part};
    });
  });
}
