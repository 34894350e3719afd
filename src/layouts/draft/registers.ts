import type {Layout} from "../layout.ts";
import type {Guess} from "./guess.ts";
import {type NumberForm, numberIn} from "./numbers.ts";
import type {TableColumn} from "./table.ts";

interface Read {
  readonly shape: Layout["shape"];
  readonly quantities: readonly TableColumn[];
}

/** As many readings of one meter as make a day, rises among them, how much larger than their average one may be, and how many are as high as any before. */
const [dayLong, rises, leap, highs] = [48, 5, 12, 0.9];

/** Whether a column of readings only ever rises, meter by meter: then it is what a register stood at. Null where it falls, or says too little. */
export function registerIn(
  {shape, quantities}: Read,
  meter: Guess<Layout["meter"]>,
  columns: readonly TableColumn[],
  form: NumberForm
): Guess<Layout["measure"]> | null {
  const [quantity] = quantities;
  if (shape.rows !== "reading" || quantity === undefined) return null;
  const named = typeof meter.part === "object" && "column" in meter.part ? meter.part.column : null;
  const of = columns.find(({name}) => name === named)?.cells ?? [];
  const meters = new Map<string, number[]>();
  quantity.cells.forEach((cell, row) => {
    const value = numberIn(cell, form);
    if (value !== null) meters.set(of[row] ?? "", [...(meters.get(of[row] ?? "") ?? []), value]);
  });
  const runs = [...meters.values()];
  if (runs.length === 0 || !runs.every(values => onlyRises(values) || onlyRises(values.toReversed()))) return null;
  const first = runs[0] ?? [];
  return {
    part: {is: "counter"},
    found: `"${quantity.name}" only ever rises (${first[0]} to ${first.at(-1)}): it is what a register stood at, and what is used is the difference from one reading to the next`,
    undecided: []
  };
}

/** Whether readings hardly ever fall below what they were before; a register that restarts shows a few that are lower. */
function onlyRises(values: readonly number[]): boolean {
  const tops = values.filter(
    (value, index) => value >= Math.max(...values.slice(Math.max(0, index - dayLong), index), value)
  );
  const steps = tops.slice(1).map((value, index) => value - (tops[index] ?? value));
  const [first = 0, last = 0] = [tops[0], tops.at(-1)];
  const isSteady = values.length > dayLong && Math.max(...steps) <= (leap * (last - first)) / steps.length;
  const isHigh = values.length >= dayLong && first > last - first;
  return (
    (isHigh || isSteady) &&
    tops.length >= highs * values.length &&
    steps.every(step => step >= 0) &&
    steps.filter(step => step > 0).length >= rises
  );
}
