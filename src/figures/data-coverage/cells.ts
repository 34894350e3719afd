import * as Plot from "@observablehq/plot";
import {type KeyItem, type SwatchLook, swatch} from "../kit/key.ts";
import {unscaled} from "../kit/pixels.ts";
import type {Palette, Sizes} from "../kit/theme.ts";
import {type Meter, type State, stateOf} from "./grid.ts";

/** One month of one meter: which column and row, counted from 0, and how it stands. */
interface Cell {
  readonly column: number;
  readonly row: number;
  readonly state: State;
}

/** The cells of these meters, in rows from the top, over these months, with their letters. */
export function coverageCells(
  meters: readonly Meter[],
  months: readonly number[],
  sizes: Sizes,
  palette: Palette
): Plot.Markish[] {
  return cellMarks(cellsOf(meters, months), sizes, palette);
}

function cellsOf(meters: readonly Meter[], months: readonly number[]): Cell[] {
  return meters.flatMap((meter, row) =>
    meter.months.map(month => ({column: months.indexOf(month.month.getTime()), row, state: stateOf(month)}))
  );
}

const square = {
  x1: "column",
  x2: ({column}: Cell) => column + 1,
  y1: "row",
  y2: ({row}: Cell) => row + 1,
  shapeRendering: "crispEdges"
} as const;

const centre = {x: ({column}: Cell) => column + 0.5, y: ({row}: Cell) => row + 0.5} as const;

function cellMarks(cells: readonly Cell[], {label}: Sizes, palette: Palette): Plot.Markish[] {
  const looks = looksOf(palette);
  const none = cells.filter(({state}) => state === "–");
  const lettered = cells.filter(({state}) => state !== "");
  const text = {text: "state", fontSize: label, fontWeight: 600} as const;
  return [
    Plot.rect(cells, {...square, fill: unscaled(({state}: Cell) => looks[state].fill), inset: 1}),
    Plot.rect(none, {...square, fill: "none", stroke: palette.muted, inset: 1.5}),
    Plot.text(lettered, {...centre, ...text, fill: unscaled(({state}: Cell) => looks[state].letter)})
  ];
}

interface Look {
  readonly fill: string;
  readonly letter: string;
  readonly outline?: string;
}

function looksOf(palette: Palette): Record<State, Look> {
  const {muted} = palette;
  return {
    "": {fill: palette.complete, letter: palette.ink},
    E: {fill: palette.partlyEstimated, letter: palette.onPartlyEstimated},
    M: {fill: palette.partlyMissing, letter: palette.onPartlyMissing},
    "–": {fill: palette.paper, letter: muted, outline: muted}
  };
}

const meanings: readonly (readonly [State, string])[] = [
  ["", "complete"],
  ["E", "some estimated"],
  ["M", "some missing, estimated or not"],
  ["–", "none held"]
];

/** What the states among these meters mean. */
export function coverageKey(meters: readonly Meter[], sizes: Sizes, palette: Palette): KeyItem[] {
  const present = new Set(meters.flatMap(meter => meter.months.map(stateOf)));
  const looks = looksOf(palette);
  return meanings
    .filter(([state]) => present.has(state))
    .map(([state, meaning]) => swatch(meaning, swatchLook(state, looks[state]), sizes, palette));
}

function swatchLook(state: State, {fill, letter, outline}: Look): SwatchLook {
  return {fills: [fill], letter: {text: state, fill: letter}, ...(outline !== undefined && {outline})};
}
