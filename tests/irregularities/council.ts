import {Canopy} from "../support/canopy.ts";
import {type InventedMeter, makeDataFolder, mpans} from "../support/data-folder.ts";

export const [mpan, secondMpan, thirdMpan, fourthMpan] = mpans;

/** An invented council with an empty warehouse, as of 31 October 2026. */
export async function council(meters: readonly InventedMeter[] = mpans.map(id => ({id}))): Promise<Canopy> {
  return new Canopy(await makeDataFolder(meters));
}

/** first, first + 1 and so on. */
export const counted = (count: number, first = 1): number[] => Array.from({length: count}, (_, index) => first + index);

export const total = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);

/** What a program makes of a cell that asks for a number and takes nothing, or what it cannot read, for nought. */
export const naiveNumber = (cell: string): number => Number.parseFloat(cell) || 0;

/** The cells of a line, split at each comma. */
export const cellsOf = (line = ""): string[] => line.split(",");

/** What is held of a meter's day, in text as `Canopy.day` gives it. */
export const asHeld = (amounts: readonly number[]): string[] => amounts.map(String);

/** What a day's half-hours add up to. */
export const heldTotal = (day: readonly string[]): number =>
  total(day.filter(cell => cell !== "-").map(cell => Number.parseFloat(cell)));

/** The cells of a row by the names of its columns, as a program does that keys them so: of columns of one name the last is kept. */
export const byName = (header: readonly string[], cells: readonly string[]): Record<string, string> =>
  Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ""]));
