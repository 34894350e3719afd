import {cellsOf} from "../../domain/csv.ts";
import {FeedError} from "../../errors.ts";
import type {FileStart} from "../text/file-start.ts";
import {eachLine} from "../text/lines.ts";

/** One record of a table, and the line it ends on (from 1). */
export interface TableRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A heading without its notes: "2022 [note 8] [r]" is named "2022" and flagged "r". */
export interface Heading {
  readonly name: string;
  readonly flags: readonly string[];
}

/** A published table: what stands above it, its headings, and the records below them. */
export interface StatisticsTable {
  /** The cells above the headings, joined by line ends: title, units, where the notes are. */
  readonly above: string;
  readonly headings: readonly Heading[];
  readonly records: readonly TableRecord[];
}

/** Whether headings, by their names in lower case, are those of a table. */
export type IsHeader = (names: readonly string[]) => boolean;

const recordsBeforeHeader = 25;

/**
 * The table in one sheet or file as CSV text: its headings are the first record that `isHeader` knows, wherever titles above leave it. Line ends of
 * any kind, quoted headings over several lines and blank records are all as such files come.
 *
 * @throws FeedError where no record is such a header, or a quote does not close.
 */
export function readStatisticsTable(text: string, isHeader: IsHeader): StatisticsTable {
  const records = recordsOf(text);
  const at = headerIndex(records, isHeader);
  const header = records[at];
  if (header === undefined) throw new FeedError("no row of headings as this table has");
  return {
    above: records
      .slice(0, at)
      .flatMap(({cells}) => cells.map(oneLine).filter(cell => cell !== ""))
      .join("\n"),
    headings: header.cells.map(headingOf),
    records: records.slice(at + 1)
  };
}

/** Whether a file begins with such a table. */
export function startsWithTable({head}: FileStart, isHeader: IsHeader): boolean {
  return headerIndex(recordsOf(head, recordsBeforeHeader), isHeader) !== -1;
}

/** A heading's name and flags. Notes are dropped: they are in the workbook. */
export function headingOf(cell: string): Heading {
  const marks = [...cell.matchAll(/\[([^\]]*)\]/g)].map(([, mark = ""]) => mark.trim().toLowerCase());
  return {
    name: oneLine(cell.replace(/\[[^\]]*\]/g, " ")),
    flags: marks.filter(mark => !mark.startsWith("note"))
  };
}

/** Where the heading of a name stands, case set aside; -1 where it does not. */
export function indexOfHeading(headings: readonly Heading[], name: string): number {
  return headings.findIndex(heading => heading.name.toLowerCase() === name.toLowerCase());
}

const oneLine = (cell: string) => cell.replace(/[\s\u00a0]+/g, " ").trim();

function headerIndex(records: readonly TableRecord[], isHeader: IsHeader): number {
  return records
    .slice(0, recordsBeforeHeader)
    .findIndex(({cells}) => isHeader(cells.map(cell => headingOf(cell).name.toLowerCase())));
}

/** Records that are not blank, at most so many; a quoted cell may go over several lines. */
function recordsOf(text: string, atMost = Number.POSITIVE_INFINITY): TableRecord[] {
  const records: TableRecord[] = [];
  let open: string[] = [];
  let line = 0;
  for (const part of eachLine(text)) {
    if (records.length >= atMost) return records;
    line += 1;
    const isTurned = part.includes('"') && part.split('"').length % 2 === 0;
    if (isTurned || open.length > 0) open.push(part);
    if (isTurned ? open.length === 1 : open.length > 0) continue;
    const record = isTurned ? open.join("\n") : part;
    open = [];
    if (record.trim() !== "") records.push({line, cells: cellsOf(record, ",")});
  }
  if (open.length > 0 && atMost === Number.POSITIVE_INFINITY) throw new FeedError("a quote that does not close");
  return records;
}
