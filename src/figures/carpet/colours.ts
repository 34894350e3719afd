import {plain, rounded} from "../../wording/numbers.ts";
import {tidyTicks} from "../kit/steps.ts";
import type {Palette} from "../kit/theme.ts";
import {type Cell, type Grid, powers} from "./grid.ts";

/** Equal steps of power from 0 kW, and a colour for each. */
export interface Shades {
  /** The foot of each step, in kW. */
  readonly feet: readonly number[];
  readonly fills: readonly string[];
  readonly estimatedFills: readonly string[];
  /** What to write at the foot of each step and at the top of the last, in kW. */
  readonly edges: readonly string[];
}

/** One half-hour in two hundred may stand above the last step, so that a spike does not wash out the rest. */
const covered = 0.995;

/** The steps that suit these cells: as many tidy ones as the ramp has colours, or fewer. */
export function shadesOf({cells}: Grid, {ramp, estimatedRamp}: Palette): Shades {
  const sorted = Float64Array.from(powers(cells)).sort();
  const ticks = tidyTicks(sorted[Math.ceil((sorted.length - 1) * covered)] ?? 0, ramp.length);
  const [feet, end] = [ticks.slice(0, -1), ticks.at(-1) ?? 1];
  const top = topOf(end, sorted.at(-1) ?? 0);
  const spread = (fills: readonly string[]) => feet.map((_, i) => fills[shadeAt(i, feet.length, fills.length)] ?? "");
  return {
    feet,
    fills: spread(ramp),
    estimatedFills: spread(estimatedRamp),
    edges: [...feet.map(plain), top]
  };
}

function shadeAt(step: number, steps: number, shades: number): number {
  return steps > 1 ? Math.round((step * (shades - 1)) / (steps - 1)) : Math.floor(shades / 2);
}

function topOf(end: number, most: number): string {
  return most > end ? rounded(most) : plain(end);
}

/** The colour of every cell, in the grid's order; a half-hour that the clock skips has none. */
export function fillsOf({cells, days}: Grid, shades: Shades, {missing}: Palette): (string | null)[] {
  const step = (shades.feet[1] ?? Number.POSITIVE_INFINITY) - (shades.feet[0] ?? 0);
  return cells.map((cell, i) => {
    if (cell === undefined) return null;
    if (cell === null) return missing[hatch(i % days.length, Math.floor(i / days.length))];
    return shadeOf(cell, step, shades);
  });
}

function shadeOf(cell: NonNullable<Cell>, step: number, {fills, estimatedFills}: Shades): string {
  const index = Math.min(fills.length - 1, Math.max(0, Math.floor(cell.power_kw / step + 1e-9)));
  return (cell.is_estimated ? estimatedFills : fills)[index] ?? "";
}

/** Which of two greys: slanting stripes where a gap is wide enough to show them. */
function hatch(day: number, halfHour: number): 0 | 1 {
  return (day + halfHour * 2) % 8 < 4 ? 0 : 1;
}
