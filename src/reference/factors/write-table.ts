import {mkdir, rename, writeFile} from "node:fs/promises";
import {dirname} from "node:path";
import {recordsText} from "../../domain/csv.ts";
import {type Factor, factorSchema} from "./table.ts";

const columns = Object.keys(factorSchema.shape) as (keyof Factor)[];

/** A table of factors as its file has it: columns of the product's table, a line each. */
export function factorsText(factors: readonly Factor[]): string {
  const cells = factors.map(factor => columns.map(column => numberOrText(factor[column])));
  return recordsText([columns, ...cells], ",");
}

/** A number without an exponent, so that a spreadsheet and a person read it alike. */
function numberOrText(value: string | number | null): string {
  const text = String(value ?? "");
  const isSmall = typeof value === "number" && text.includes("e");
  return isSmall ? value.toFixed(20).replace(/0+$/, "") : text;
}

/** Writes a table in one step, so that a reader sees the old one or the new. */
export async function writeFactors(path: string, factors: readonly Factor[]): Promise<void> {
  await mkdir(dirname(path), {recursive: true});
  await writeFile(`${path}.tmp`, factorsText(factors));
  await rename(`${path}.tmp`, path);
}
