import {cellsOf} from "../domain/csv.ts";
import {FeedError} from "../errors.ts";
import type {MisshapenRow, Unfolded, UnfoldedRow} from "../sources/text/unfolded.ts";
import {columnsOf, type Layout, withColumns} from "./layout.ts";
import {type OutsideText, outsideOf} from "./outside.ts";
import {eachIn, foldedHeader, type HeadCell, hasEach, isDateOf} from "./recognise.ts";

/** A file as rows of one table, and the layout of that table: what stood outside or in headings is a column of it. */
export interface Reshaped {
  readonly layout: Layout;
  readonly unfolded: Unfolded;
}

interface Line {
  readonly line: number;
  readonly text: string;
  readonly cells: readonly string[];
}

/** One table of a file: where it begins, the lines above that are its own, and the cells of its header; null where there is no header. */
interface Block {
  readonly header: Line | null;
  readonly above: readonly Line[];
  readonly rows: readonly Line[];
}

/**
 * Makes one plain table of a file: of tables that stand under one another, of rows under headings, and of columns that each hold another month, time or
 * meter, of which each cell becomes a row.
 * @throws FeedError where a table lacks what its layout finds outside it.
 */
export function reshape(text: string, layout: Layout, given: Omit<OutsideText, "above">): Reshaped {
  const blocks = blocksOf(linesOf(text, layout), layout);
  if (blocks.length === 0) throw new FeedError(`no table of the layout ${layout.name} is in it`);
  const made = blocks.map(block => rowsOf(block, layout, given));
  const names = [...layout.outside, ...layout.headings].map(({name}) => name);
  const columns = [...names.map(name => ({name, holds: "text" as const, halfHour: null})), ...columnsOf(layout)];
  return {
    layout: withColumns({...layout, header: "none", outside: [], headings: [], tables: "one"}, columns),
    unfolded: {
      rows: made.flatMap(({rows}) => rows),
      misshapen: made.flatMap(({misshapen}) => misshapen),
      issued: null
    }
  };
}

function linesOf(text: string, {separator, footers}: Layout): Line[] {
  const ends = footers.map(pattern => new RegExp(pattern, "i"));
  return text
    .replace(/^\ufeff/, "")
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({line: index + 1, text: line, cells: cellsOf(line, separator)}))
    .filter(({text: line, cells}) => cells.some(cell => cell.trim() !== "") && !ends.some(end => end.test(line)));
}

function blocksOf(lines: readonly Line[], layout: Layout): Block[] {
  if (layout.header === "none") return [{header: null, above: [], rows: lines}];
  const heads = lines.flatMap((line, at) => (isHeader(layout, line.cells) ? [at] : []));
  const starts = layout.tables === "stacked" ? heads : heads.slice(0, 1);
  const isRow = ({cells}: Line) => cells.some(cell => isDateOf(layout, cell));
  return starts.map((start, index) => {
    const next = starts[index + 1] ?? lines.length;
    const previous = index === 0 ? -1 : (starts[index - 1] ?? -1);
    const between = lines.slice(previous + 1, start);
    const below = lines.slice(start + 1, next);
    const end = index + 1 === starts.length ? below.length : below.findLastIndex(isRow) + 1;
    return {
      header: lines[start] ?? null,
      above: index === 0 ? between : between.slice(between.findLastIndex(isRow) + 1),
      rows: below.slice(0, end).filter(({cells}) => !isHeader(layout, cells))
    };
  });
}

const isHeader = (layout: Layout, cells: readonly string[]) =>
  hasEach(layout) ? eachIn(layout, cells) !== null : foldedHeader(layout, cells);

function rowsOf({header, above, rows}: Block, layout: Layout, given: Omit<OutsideText, "above">) {
  const found = outsideOf(layout, {...given, above: above.map(({text}) => text).join("\n")});
  const outside = layout.outside.map(({name}) => found[name] ?? "");
  const head = header !== null && hasEach(layout) ? eachIn(layout, header.cells) : null;
  const width = header?.cells.length ?? columnsOf(layout).length;
  const held = new Map<string, string>();
  const made: UnfoldedRow[] = [];
  const misshapen: MisshapenRow[] = [];
  for (const {line, cells} of rows) {
    if (takeHeading(layout, cells, held)) continue;
    const carried = [...outside, ...layout.headings.map(({name}) => held.get(name) ?? "")];
    if (cells.length !== width) misshapen.push({line, why: `${cells.length} cells where ${width} belong`});
    else
      for (const row of head === null ? [cells] : melted(layout, head, cells))
        made.push({line, cells: [...carried, ...row]});
  }
  return {rows: made, misshapen};
}

/** Takes a heading for the rows below, in the place of its like and of those that stand below it. */
function takeHeading({headings}: Layout, cells: readonly string[], held: Map<string, string>): boolean {
  const at = headings.findIndex(({begins}) => cells[0]?.startsWith(begins));
  const heading = headings[at];
  if (heading === undefined) return false;
  for (const {name} of headings.slice(at)) held.delete(name);
  held.set(heading.name, (cells[heading.cell - 1] ?? "").trim());
  return true;
}

/** A row for each cell in a run of columns: its plain cells, the heading and the cell. */
function melted(layout: Layout, head: readonly HeadCell[], cells: readonly string[]): string[][] {
  const plain = new Map(head.flatMap((cell, at) => ("name" in cell ? [[cell.name, cells[at] ?? ""] as const] : [])));
  return head.flatMap((cell, at) =>
    "name" in cell
      ? []
      : [
          columnsOf(layout).map(({name}) =>
            name === cell.each.each
              ? cell.heading
              : name === cell.each.holds
                ? (cells[at] ?? "")
                : (plain.get(name) ?? "")
          )
        ]
  );
}
