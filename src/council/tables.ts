import {isUtf8} from "node:buffer";
import {readFile} from "node:fs/promises";
import {z} from "zod";
import {cellsOf, parseRegister} from "../domain/csv.ts";
import {CheckError} from "../errors.ts";
import type {Connection} from "../warehouse/connection.ts";

/** Names that a council gives: of sites, assets, vehicles. */
export const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "letters, digits, hyphens and dots");

/** A number as a register writes it. */
export const decimal = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,20})?$/, "a decimal number of at most twelve digits before the point")
  .transform(Number);

/** From when and to when a row holds, both days included; nothing means always. */
export const life = {valid_from: z.iso.date().nullable(), valid_to: z.iso.date().nullable()};

/** Whether a life ends before it begins. */
export const isBackwards = ({valid_from, valid_to}: {valid_from: string | null; valid_to: string | null}) =>
  valid_from !== null && valid_to !== null && valid_from > valid_to;

/** A row of a register and the line it stands on. */
export type Lined<T> = T & {readonly line: number};

type Life = {readonly valid_from: string | null; readonly valid_to: string | null};

/** Whether two lives share a day. */
export const areTogether = (one: Life, other: Life) =>
  (one.valid_from ?? "") <= (other.valid_to ?? "9999") && (other.valid_from ?? "") <= (one.valid_to ?? "9999");

/** Reads and checks a register. An error names file, row, column and value. `isOptional` takes a file that is not there for one without rows. */
export async function readTable<S extends z.ZodObject>(
  path: string,
  schema: S,
  {isOptional = false} = {}
): Promise<Lined<z.infer<S>>[]> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (isOptional && error.code === "ENOENT") return null;
    throw new CheckError(`no such file: ${path}`);
  });
  if (bytes === null) return [];
  const text = new TextDecoder(isUtf8(bytes) ? "utf-8" : "windows-1252").decode(bytes);
  checkHeader(text, Object.keys(schema.shape), path);
  return parseTable(text, path).map(({line, cells}) => {
    const result = schema.safeParse(cells);
    if (result.success) return {...result.data, line};
    const [issue] = result.error.issues;
    const column = issue?.path.join(".") ?? "";
    throw new CheckError(
      `${path}, row ${line}${column ? `, ${column}: ${cells[column] ?? "(nothing)"}` : ""}: ${issue?.message}`
    );
  });
}

/** A register has every column of its kind and no other, in any order, whether or not it has rows. */
function checkHeader(text: string, columns: readonly string[], path: string): void {
  const found = cellsOf(text.split(/\r?\n/)[0] ?? "", ",").map(cell => cell.replace(/^\ufeff/, "").trim());
  const missing = columns.filter(column => !found.includes(column));
  const extra = found.filter(column => !columns.includes(column));
  const twice = found.find((column, index) => found.indexOf(column) !== index);
  if (missing.length > 0) throw new CheckError(`${path}, row 1: the header lacks ${missing.join(", ")}`);
  if (extra.length > 0) throw new CheckError(`${path}, row 1: the header has what it should not: ${extra.join(", ")}`);
  if (twice !== undefined) throw new CheckError(`${path}, row 1: the header has a column twice: ${twice}`);
}

function parseTable(text: string, path: string) {
  try {
    return parseRegister(text);
  } catch (error) {
    throw new CheckError(`${path}: ${(error as Error).message.replace(/,? value is .*$/s, "")}`);
  }
}

/** Refuses a register in which a value that names a row stands twice. */
export function checkUnique(entries: readonly {value: string; line: number}[], file: string, what: string): void {
  const repeated = entries.find(({value}, index) => entries.findIndex(other => other.value === value) !== index);
  if (repeated) throw new CheckError(`${file}, row ${repeated.line}: ${what} stands twice: ${repeated.value}`);
}

/** Makes a table of the scratch database and fills it with rows; what a row holds beyond its columns is left out. */
export async function fill(
  connection: Connection,
  table: string,
  columns: string,
  rows: readonly object[]
): Promise<void> {
  await connection.run(`create table scratch.${table} (${columns})`);
  const shape = columns.split(", ").map(column => column.split(" "));
  const json = JSON.stringify([Object.fromEntries(shape)]);
  await connection.run(
    `insert into scratch.${table} select r.* from (select unnest(from_json($1::json, '${json}')) as r)`,
    [JSON.stringify(rows)]
  );
}
