import {cellsOf} from "../../domain/csv.ts";
import {FeedError} from "../../errors.ts";
import {linesOf} from "../text/lines.ts";

/** A data row of a BADC-CSV file: its line and its cells by column; one that holds the declared missing value is null. */
export interface BadcRow {
  readonly line: number;
  readonly cell: (column: string) => string | null;
  /** Whether it has as many cells as there are columns. */
  readonly isWhole: boolean;
}

/** A BADC-CSV file: what it says of itself as a whole (metadata marked G), its columns and its rows. */
export interface BadcFile {
  readonly said: (label: string) => string | null;
  readonly columns: readonly string[];
  readonly rows: readonly BadcRow[];
}

const dataMark = /^data\s*$/i;
const endMark = /^end data\s*$/i;

/**
 * Reads a BADC-CSV file, the text form of the British atmospheric archive: lines of metadata up to a line `data`, a header, rows, and a line `end data`.
 *
 * @throws FeedError where it says no convention BADC-CSV, has no data or no end, in which case it is cut off.
 */
export function readBadcCsv(text: string): BadcFile {
  const lines = linesOf(text);
  const start = lines.findIndex(line => dataMark.test(line));
  const end = lines.findIndex(line => endMark.test(line));
  if (!/^Conventions,G,BADC-CSV,/i.test(lines[0] ?? "")) throw new FeedError("line 1: not the convention BADC-CSV");
  if (start === -1) throw new FeedError('the file is cut off: no line "data"');
  if (end < start) throw new FeedError('the file is cut off: no line "end data"');
  const metadata = lines.slice(0, start).map(line => cellsOf(line, ","));
  const said = (label: string) => metadata.find(([name, ref]) => name === label && ref === "G")?.[2]?.trim() ?? null;
  const missing = said("missing_value");
  const columns = cellsOf(lines[start + 1] ?? "", ",").map(name => name.trim());
  const rows = lines.slice(start + 2, end).flatMap((line, index) => {
    if (line.trim() === "") return [];
    const cells = cellsOf(line, ",").map(cell => cell.trim());
    const cell = (column: string) => {
      const found = cells[columns.indexOf(column)];
      return found === undefined || found === "" || found === missing ? null : found;
    };
    return [{line: start + 3 + index, cell, isWhole: cells.length === columns.length}];
  });
  return {said, columns, rows};
}
