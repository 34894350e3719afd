import {type Layout, minutesOf} from "../layout.ts";

/** A text as an SQL literal. */
export const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
/** The bit of a mask, from 0. */
export const bit = (index: number) => `(1::ubigint << ${index})`;
/** A mask of these bits, as a number. */
export const mask = (indexes: readonly number[]) =>
  indexes.reduce((sum, index) => sum + (1n << BigInt(index)), 0n).toString();
/** Not IN: DuckDB makes a join of each IN with several constants, and a row has fifty of them. */
export const isOneOf = (value: string, values: readonly string[]) =>
  `list_contains([${values.map(literal).join(", ")}]::varchar[], ${value})`;
/** Texts as the right side of IN. */
export const oneOf = (values: readonly string[]) => `(${values.map(literal).join(", ")})`;
/** The half-hour column, from 1, in which a reading of the layout's length begins. */
export function halfHourColumn(layout: Layout): string {
  const minutes = minutesOf(layout) ?? 30;
  if (minutes === 30) return "half_hour";
  return minutes === 60 ? "(2 * half_hour - 1)" : `((half_hour - 1) // ${30 / minutes} + 1)`;
}
