import type {Layout} from "../layout.ts";
import type {Guess} from "./guess.ts";
import {type NumberForm, numberIn} from "./numbers.ts";
import type {TableColumn} from "./table.ts";

interface Read {
  readonly shape: Layout["shape"];
  readonly quantities: readonly TableColumn[];
}

/**
 * As many readings of one meter as make a day, rises among them, how much larger than their average one may be, how many are as high as any before, and
 * how near to where it turns a register is before and after.
 */
const [dayLong, rises, leap, highs, turn] = [48, 5, 12, 0.9, 0.1];

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
  const isRegister = (values: readonly number[]) => onlyRises(unwound(values));
  if (runs.length === 0 || !runs.every(values => isRegister(values) || isRegister(values.toReversed()))) return null;
  const first = runs[0] ?? [];
  return {
    part: {is: "counter"},
    found: `"${quantity.name}" only ever rises (${first[0]} to ${first.at(-1)}): it is what a register stood at, and what is used is the difference from one reading to the next`,
    undecided: []
  };
}

/** Readings as they would go on where a register turns: one of five digits shows 12 after 99,990. */
function unwound(values: readonly number[]): number[] {
  const turnsAt = 10 ** Math.ceil(Math.log10(Math.max(1, ...values)));
  let turns = 0;
  return values.map((value, index) => {
    if ((values[index - 1] ?? 0) > (1 - turn) * turnsAt && value < turn * turnsAt) turns += 1;
    return value + turns * turnsAt;
  });
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
