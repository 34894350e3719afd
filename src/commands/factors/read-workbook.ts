import {fileURLToPath} from "node:url";
import {readLimits} from "../../reference/factors/checks.ts";
import {type Comparison, compareFactors, type Held, rowsToWrite, withRows} from "../../reference/factors/compare.ts";
import {councilTable, productTable, readCouncilFactors, readProductFactors} from "../../reference/factors/table.ts";
import {writeFactors} from "../../reference/factors/write-table.ts";
import {readReferences} from "../../reference/references.ts";
import {several} from "../../wording/numbers.ts";
import type {Answer} from "../kit/command.ts";
import {comparisonLines} from "./comparison-lines.ts";
import {openFlatFile} from "./open-flat-file.ts";

/**
 * `canopy factors read`: shows a workbook beside what is held, and with `isToWrite` keeps what is new. `dataFolder` null is the product's own table.
 * Exit code 1 where a rule is broken: then nothing is written.
 */
export async function readWorkbook(path: string, dataFolder: string | null, isToWrite: boolean): Promise<Answer> {
  const [{flat, sha256}, limits, {factorChanges}, product, council] = await Promise.all([
    openFlatFile(path),
    readLimits(),
    readReferences(),
    readProductFactors(),
    dataFolder === null ? [] : readCouncilFactors(dataFolder)
  ]);
  const comparison = compareFactors(flat, sha256, {product, council}, limits);
  const lines = comparisonLines(flat, comparison, factorChanges);
  if (comparison.broken.length > 0) return {lines: [...lines, "", "Nothing was written."], code: 1};
  const end = isToWrite
    ? await write(dataFolder, {product, council}, comparison)
    : ["Nothing was written: --write keeps it."];
  return {lines: [...lines, "", ...end]};
}

/** Into the product's table goes what it does not have officially; into the council's that, what revises it, and what differs, so that `status` can tell. */
async function write(dataFolder: string | null, {product, council}: Held, comparison: Comparison): Promise<string[]> {
  const isOwn = dataFolder === null;
  const news = ["new", "replaces stand-in", "replaces second-hand"] as const;
  const rows = rowsToWrite(comparison, isOwn ? news : [...news, "revises", "differs"]);
  const path = isOwn ? fileURLToPath(productTable) : councilTable(dataFolder);
  if (rows.length === 0) return ["Nothing was written: nothing is new."];
  await writeFactors(path, withRows(isOwn ? product : council, rows));
  return [`Written: ${several(rows.length, "row")} to ${path}.${isOwn ? "" : " canopy build counts them."}`];
}
