import {cellsOf} from "../../domain/csv.ts";
import type {FileStart} from "./file-start.ts";
import {firstLineOf} from "./file-start.ts";
import {filledLines} from "./lines.ts";

/** One line of a table: where it stands, its cells by column name (trimmed; "" where there is none), and whether it has as many as the header. */
export interface TableLine {
  readonly line: number;
  readonly cell: (column: string) => string;
  readonly isWhole: boolean;
}

/** A table with a header: its column names as written, trimmed, and its lines that are not blank. */
export interface Table {
  readonly columns: readonly string[];
  readonly lines: readonly TableLine[];
}

/** The column names of the first line that is not blank. */
export function columnsIn(start: Pick<FileStart, "head">, separator: string): string[] {
  return trimmed(firstLineOf(start), separator);
}

/** Whether a table has exactly these columns, each once, whatever their order and case, and perhaps some of the others. */
export function hasColumns(columns: readonly string[], needed: readonly string[], others: readonly string[]): boolean {
  const named = columns.map(column => column.toUpperCase());
  return (
    new Set(named).size === named.length &&
    needed.every(name => named.includes(name.toUpperCase())) &&
    named.every(name => [...needed, ...others].some(known => known.toUpperCase() === name))
  );
}

/** Reads delimited text whose cells hold no line ends. Lines end as any system ends them; blank ones are passed over. */
export function tableOf(text: string, separator: string): Table {
  const [header, ...lines] = filledLines(text);
  const columns = trimmed(header?.text ?? "", separator);
  const place = new Map(columns.map((name, index) => [name.toUpperCase(), index]));
  return {
    columns,
    lines: lines.map(({text, line}) => {
      const cells = trimmed(text, separator);
      const cell = (column: string) => cells[place.get(column.toUpperCase()) ?? -1] ?? "";
      return {line, cell, isWhole: cells.length === columns.length};
    })
  };
}

function trimmed(line: string, separator: string): string[] {
  return cellsOf(line.replaceAll("\0", ""), separator).map(cell => cell.trim());
}
