import {cellsOf} from "../../domain/csv.ts";
import {linesOf} from "./lines.ts";

/** One record of a table: its first line of the file, from 1, and its cells, trimmed. */
export interface TableRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A header cell of a workbook may hold this many lines; a quote that is open for longer is a character like any other. */
const linesInACell = 20;

/**
 * The records of a table that are not blank, or the first so many of them. Lines end as any system ends them; one within quotes is part of its cell.
 */
export function recordsIn(text: string, separator: string, most = Number.POSITIVE_INFINITY): TableRecord[] {
  const lines = linesOf(text);
  const records: TableRecord[] = [];
  for (let index = 0; index < lines.length && records.length < most; index += 1) {
    const [line, taken] = [index + 1, linesOfRecord(lines, index)];
    const cells = cellsOf(lines.slice(index, index + taken).join(" "), separator).map(cell => cell.trim());
    if (cells.some(cell => cell !== "")) records.push({line, cells});
    index += taken - 1;
  }
  return records;
}

function linesOfRecord(lines: readonly string[], from: number): number {
  let isOpen = false;
  for (let taken = 1; taken <= linesInACell && from + taken <= lines.length; taken += 1) {
    if ((lines[from + taken - 1] ?? "").split('"').length % 2 === 0) isOpen = !isOpen;
    if (!isOpen) return taken;
  }
  return 1;
}

/** What a header says, without case, spaces and signs: `Charge Type` and `ChargeType` are one, and so are `m³` and `M3`. */
export const plainName = (header: string): string =>
  header
    .toLowerCase()
    .replace(/[³\ufffd]/g, "3")
    .replace(/[^a-z0-9]+/g, "");

/** Whether a cell is a number that a spreadsheet has turned into an exponent, and so has lost its digits. */
export const isRounded = (cell: string): boolean => /^\d(\.\d+)?e\+?\d+$/i.test(cell.trim());

/** Things by a key of theirs, in the order in which each key first comes. */
export function groupedBy<Thing>(things: readonly Thing[], keyOf: (thing: Thing) => string): Thing[][] {
  const groups = new Map<string, Thing[]>();
  for (const thing of things) {
    const group = groups.get(keyOf(thing));
    if (group === undefined) groups.set(keyOf(thing), [thing]);
    else group.push(thing);
  }
  return [...groups.values()];
}
