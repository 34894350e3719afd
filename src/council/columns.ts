import {z} from "zod";
import {CheckError} from "../errors.ts";
import {nearestOf} from "../wording/nearest.ts";

/** The types in which cells of registers land. */
export type SqlType = "varchar" | "varchar[]" | "integer" | "double" | "date" | "boolean";

/** A column of a register: what it says, how a cell of it is read and checked, and how it lands. */
export interface Column<Cell extends z.ZodType = z.ZodType> {
  readonly description: string;
  /** Reads a trimmed cell; an empty one comes as null. */
  readonly cell: Cell;
  readonly type: SqlType;
  /** The words that a cell may be, where it is one of a few. */
  readonly words?: readonly string[];
  /** What it is called in its table; null where it stays in the file. */
  readonly lands?: string | null;
  /** Whether a file may be without it, as those are that were written before it was added: its cells are empty. */
  readonly isAddedLater?: boolean;
}

export type Columns = Readonly<Record<string, Column>>;

/** What is read of a row that has these columns. */
export type RowOf<C extends Columns> = {readonly [Name in keyof C]: z.infer<C[Name]["cell"]>};

type Described<Cell extends z.ZodType> = (description: string) => Column<Cell>;

const described =
  <Cell extends z.ZodType>(type: SqlType, cell: Cell): Described<Cell> =>
  description => ({description, cell, type});

const decimalText = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,20})?$/, "a decimal number of at most twelve digits before the point")
  .transform(Number);
const wholeText = z
  .string()
  .regex(/^\d{1,9}$/, "a whole number")
  .transform(Number);
const day = z.iso.date();

/** A name that a council gives: of a site, an asset, a vehicle. */
export const name = described(
  "varchar",
  z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "letters, digits, hyphens and dots")
);
/** Any text. */
export const text = described("varchar", z.string().min(1));
/** A number of zero or more, as a person writes it: no exponent, no separator of thousands. */
export const decimal = described("double", decimalText);
/** The same, and not zero. */
export const amount = described("double", decimalText.pipe(z.number().positive()));
/** A count above zero. */
export const count = described("integer", wholeText.pipe(z.number().positive()));
/** A day, YYYY-MM-DD. */
export const date = described("date", day);

/** One of a few words. `error` is what is said of any other; else the nearest is offered, or all. */
export const oneOf = <const Words extends readonly string[]>(words: Words, description: string, error?: string) => ({
  ...described("varchar", z.enum(words, {error: ({input}) => error ?? offered(String(input), words)}))(description),
  words
});

function offered(input: string, words: readonly string[]): string {
  const near = nearestOf(input, words);
  return near === null ? `one of ${words.join(", ")}` : `did you mean ${near}?`;
}

/** A column whose cells are read in a way of its own. */
export const column = <Cell extends z.ZodType>(type: SqlType, cell: Cell, description: string): Column<Cell> => ({
  description,
  cell,
  type
});

/** A column whose cells may be empty: null. */
export const optional = <Cell extends z.ZodType>(of: Column<Cell>): Column<z.ZodNullable<Cell>> => ({
  ...of,
  cell: of.cell.nullable()
});

/** A column that stays in the file and does not land. */
export const inFileOnly = <Cell extends z.ZodType>(of: Column<Cell>): Column<Cell> => ({...of, lands: null});

/** A column that older files do not have; its cells may be empty. */
export const addedLater = <Cell extends z.ZodType>(of: Column<Cell>): Column<Cell> => ({...of, isAddedLater: true});

/** Where a row was taken from. */
export const source = inFileOnly(text("Where it is from."));

/** From when and to when a row holds, both days included; an empty end is open. */
export const life = {
  valid_from: optional(date("The first day it holds; empty: always.")),
  valid_to: optional(date("The last day it holds; empty: still."))
};

/** The same, where an open end lands as the widest date, so that days are compared without a thought of it. */
export const wholeLife = {
  valid_from: column(
    "date",
    day.nullable().transform(from => from ?? "1900-01-01"),
    life.valid_from.description
  ),
  valid_to: column(
    "date",
    day.nullable().transform(to => to ?? "9999-12-31"),
    life.valid_to.description
  )
};

export interface Life {
  readonly valid_from: string | null;
  readonly valid_to: string | null;
}

/** Whether two lives share a day. */
export const areTogether = (one: Life, other: Life) =>
  (one.valid_from ?? "") <= (other.valid_to ?? "9999") && (other.valid_from ?? "") <= (one.valid_to ?? "9999");

/** A cell that breaks a rule, by the file, row, column and value of it. */
export const failure = (file: string, fileRow: number, columnName: string, value: unknown, why: string | undefined) =>
  new CheckError(`${file}, row ${fileRow}, ${columnName}: ${value ?? "(nothing)"}: ${why}`);
