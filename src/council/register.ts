import {isUtf8} from "node:buffer";
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import {cellsOf, parseRegister} from "../domain/csv.ts";
import {CheckError} from "../errors.ts";
import type {Connection} from "../warehouse/connection.ts";
import {insertRows} from "../warehouse/insert-rows.ts";
import {areTogether, type Columns, failure, type Life, type RowOf, type SqlType} from "./columns.ts";

/** A table of the scratch database of a build: its columns by name, each with its type. */
export interface ScratchTable {
  /** With its schema: `council.sites`. */
  readonly table: string;
  readonly types: Readonly<Record<string, SqlType>>;
}

/** What a rule finds wrong in a row: the column and why; null where nothing is. */
export type Finding<C extends Columns> = readonly [column: keyof C & string, why: string] | null;

interface Declared<C extends Columns> {
  /** Its name in the folder of the council, or of the reference tables. */
  readonly file: string;
  /** What a row of it is, and what comes of it. */
  readonly description: string;
  /** The table that it lands in; null where what lands is worked out of it. */
  readonly table: string | null;
  readonly columns: C;
  /** The columns that name a row: no two rows have the same. Empty where rows may be alike. */
  readonly key: readonly (keyof C & string)[];
  /** The key in the words of an error; else the names of its columns. */
  readonly keyWords?: string;
  /** Given where rows of one key may follow one another and only may not share a day: what is said of two that do. */
  readonly sharesADay?: string;
  /** What a row must keep to beyond its cells. That no life ends before it begins is checked of every register that has one. */
  readonly rules?: readonly ((row: RowOf<C>) => Finding<C>)[];
  /** Whether a folder may be without it, which is the same as a register without rows. */
  readonly isOptional?: boolean;
}

/** A table that people edit: its file, what its cells mean and how they are checked, and the table that it lands in. */
export interface Register<C extends Columns = Columns> extends Declared<C> {
  readonly schema: z.ZodObject<{[Name in keyof C]: C[Name]["cell"]}, z.core.$strict>;
  /** Its first line. */
  readonly header: string;
  readonly types: Readonly<Record<string, SqlType>>;
}

/** What a register says of itself, whatever its columns are. */
export interface RegisterFacts extends Omit<Register, "rules" | "schema" | "key"> {
  readonly key: readonly string[];
}

/** A row of a register and the line of the file that it stands on. */
export type Lined<Row> = Row & {readonly fileRow: number};

/** Declares a register; its schema, header and table follow from its columns. */
export function defineRegister<const C extends Columns>(declared: Declared<C>): Register<C> {
  return {
    ...declared,
    schema: z.strictObject(cellsByName(declared.columns)),
    header: Object.keys(declared.columns).join(","),
    types: typesOf(declared.columns)
  };
}

/** What reads each column. */
export const cellsByName = <C extends Columns>(columns: C) =>
  Object.fromEntries(Object.entries(columns).map(([name, {cell}]) => [name, cell])) as {
    [Name in keyof C]: C[Name]["cell"];
  };

/** The columns that land, each with its type. */
export const typesOf = (columns: Columns): Record<string, SqlType> =>
  Object.fromEntries(landing(columns).map(([, lands, type]) => [lands, type]));

const landing = (columns: Columns) =>
  Object.entries(columns).flatMap(([name, {lands = name, type}]) =>
    lands === null ? [] : [[name, lands, type] as const]
  );

/** Reads and checks a register of a folder. An error names file, row, column and value. */
export async function readRegister<C extends Columns>(
  folder: string,
  register: Register<C>
): Promise<Lined<RowOf<C>>[]> {
  const path = join(folder, register.file);
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (register.isOptional && error.code === "ENOENT") return null;
    throw new CheckError(`no such file: ${path}`, {cause: error});
  });
  if (bytes === null) return [];
  return rowsOf(register, new TextDecoder(isUtf8(bytes) ? "utf-8" : "windows-1252").decode(bytes), path);
}

/** The rows of a register's text. */
export function rowsOf<C extends Columns>(register: Register<C>, text: string, path: string): Lined<RowOf<C>>[] {
  const later = Object.keys(register.columns).filter(name => register.columns[name]?.isAddedLater);
  checkHeader(text, Object.keys(register.columns), later, path);
  const empty = Object.fromEntries(later.map(name => [name, null]));
  const rows = parsed(text, path).map(({line, cells}) =>
    checkedRow(register, {line, cells: {...empty, ...cells}}, path)
  );
  checkKeys(register, rows, path);
  return rows;
}

function checkedRow<C extends Columns>(
  register: Register<C>,
  {line, cells}: ReturnType<typeof parseRegister>[number],
  path: string
): Lined<RowOf<C>> {
  const fail = (column: string, why: string | undefined) => failure(path, line, column, cells[column], why);
  const result = register.schema.safeParse(cells);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw fail(issue?.path.join(".") ?? "", issue?.message);
  }
  const row = result.data as RowOf<C>;
  for (const rule of [lifeRule, ...(register.rules ?? [])]) {
    const found = rule(row);
    if (found !== null) throw fail(...found);
  }
  return {...row, fileRow: line};
}

/** No life ends before it begins. */
function lifeRule(row: object): readonly [string, string] | null {
  const {valid_from = null, valid_to = null} = row as Partial<Life>;
  const isBackwards = valid_from !== null && valid_to !== null && valid_from > valid_to;
  return isBackwards ? ["valid_to", "valid_to is before valid_from"] : null;
}

/** A register has every column of its kind, but perhaps those added later, and no other, in any order, whether or not it has rows. */
function checkHeader(text: string, columns: readonly string[], later: readonly string[], path: string): void {
  const found = cellsOf(text.split(/\r?\n/)[0] ?? "", ",").map(cell => cell.replace(/^\ufeff/, "").trim());
  const missing = columns.filter(column => !found.includes(column) && !later.includes(column));
  const extra = found.filter(column => !columns.includes(column));
  const twice = found.find((column, index) => found.indexOf(column) !== index);
  if (missing.length > 0) throw new CheckError(`${path}, row 1: the header lacks ${missing.join(", ")}`);
  if (extra.length > 0) throw new CheckError(`${path}, row 1: the header has what it should not: ${extra.join(", ")}`);
  if (twice !== undefined) throw new CheckError(`${path}, row 1: the header has a column twice: ${twice}`);
}

function parsed(text: string, path: string) {
  try {
    return parseRegister(text);
  } catch (error) {
    throw new CheckError(`${path}: ${(error as Error).message.replace(/,? value is .*$/s, "")}`);
  }
}

function checkKeys<C extends Columns>(register: Register<C>, rows: readonly Lined<RowOf<C>>[], path: string): void {
  const {key, keyWords = key.join(", "), sharesADay} = register;
  if (key.length === 0) return;
  if (sharesADay !== undefined) checkDays(rows, key, path, sharesADay);
  else
    checkUnique(
      rows.map(row => ({value: keyOf(row, key).join(", "), fileRow: row.fileRow})),
      path,
      keyWords
    );
}

const keyOf = (row: object, key: readonly string[]) => key.map(name => (row as Record<string, unknown>)[name]);

/** Refuses rows of one key that share a day. */
function checkDays(rows: readonly Lined<object>[], key: readonly string[], path: string, why: string): void {
  const before = new Map<string, Lined<object>[]>();
  for (const row of rows) {
    const value = keyOf(row, key).join(" ");
    const others = before.get(value) ?? [];
    if (others.some(other => areTogether(other as unknown as Life, row as unknown as Life)))
      throw failure(path, row.fileRow, key.join(" "), value, why);
    before.set(value, [...others, row]);
  }
}

/** Refuses a register in which a value that names a row stands twice. */
export function checkUnique(
  entries: readonly {readonly value: string; readonly fileRow: number}[],
  file: string,
  what: string
): void {
  const seen = new Set<string>();
  for (const {value, fileRow} of entries) {
    if (seen.has(value)) throw new CheckError(`${file}, row ${fileRow}: ${what} stands twice: ${value}`);
    seen.add(value);
  }
}

/** Puts rows of a register into its table of the scratch database. */
export async function loadRegister<C extends Columns>(
  connection: Connection,
  {table, columns, types}: Register<C>,
  rows: readonly RowOf<C>[]
): Promise<void> {
  if (table === null) throw new CheckError("a register without a table does not land as it is");
  const names = landing(columns);
  const landed = rows.map(row => Object.fromEntries(names.map(([name, lands]) => [lands, row[name]])));
  await fill(connection, {table, types}, landed);
}

/** Makes a table of the scratch database and fills it; what a row holds beyond its columns is left out. */
export async function fill(
  connection: Connection,
  {table, types}: ScratchTable,
  rows: readonly object[]
): Promise<void> {
  const columns = Object.entries(types).map(([name, type]) => `${name} ${type}`);
  await connection.run(`create table scratch.${table} (${columns.join(", ")})`);
  await insertRows(connection, `scratch.${table}`, types, rows);
}
