import type {z} from "zod";
import {parseRegister} from "../../domain/csv.ts";
import {CheckError} from "../../errors.ts";

/** One row that keeps to its schema, and the line of the file it stands on. */
export interface CheckedRow<T> {
  readonly line: number;
  readonly row: T;
}

/**
 * The rows of a reference table; a CheckError names the first cell that breaks the schema by file, row, column and value.
 * A table without rows is one too.
 */
export function checkedRows<T>(text: string, file: string, schema: z.ZodType<T>): CheckedRow<T>[] {
  const records = parsed(text, file);
  if (records.length === 0) throw new CheckError(`${file}: no rows`);
  return records.map(({line, cells}) => {
    const result = schema.safeParse(cells);
    if (result.success) return {line, row: result.data};
    const [issue] = result.error.issues;
    const column = issue?.path.join(".") ?? "";
    const place = column === "" ? "" : `, ${column}: ${cells[column] ?? "(nothing)"}`;
    throw new CheckError(`${file}, row ${line}${place}: ${issue?.message}`);
  });
}

function parsed(text: string, file: string) {
  try {
    return parseRegister(text);
  } catch (error) {
    throw new CheckError(`${file}: ${(error as Error).message}`, {cause: error});
  }
}
