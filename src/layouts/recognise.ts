import {cellsOf} from "../domain/csv.ts";
import {firstOf} from "../wording/lists.ts";
import {type Column, columnsOf, dateFormatsOf, type Layout, withColumns} from "./layout.ts";

/** The first records of a file, each with the number of the line it ends on (from 1). */
export interface HeadRecord {
  readonly cells: readonly string[];
  readonly line: number;
}

/**
 * Which layout a file is in and the line its header ends on (0 where it has none), or why that cannot be said. `columns` is the layout with its
 * columns as they stand in this file, which differs from the layout where that takes them by name.
 */
export type Recognition =
  | {readonly layout: Layout; readonly columns: Layout; readonly headerLine: number}
  | {readonly reason: string; readonly difference: string | null; readonly isSeveral: boolean};

const foldedName = (name: string) =>
  name
    .replace(/[\s\u00a0]+/g, " ")
    .trim()
    .toLowerCase();

/**
 * Finds the layout whose header stands in the first records of a file: column for column, or by name where the layout says so. Case and runs of
 * space are ignored; anything else that differs is a difference. Layouts without a header are thought of where no header is known. Two
 * layouts that both fit are not chosen between.
 */
export function recognise(
  headsBy: (separator: string) => readonly HeadRecord[],
  layouts: readonly Layout[]
): Recognition {
  const cache = new Map(
    [...new Set(layouts.map(({separator}) => separator))].map(separator => [separator, headsBy(separator)])
  );
  const heads = (separator: string) => cache.get(separator) ?? [];
  const inOrder = fitting(layouts, "order", heads);
  const byName = inOrder.length > 0 ? [] : fitting(layouts, "names", heads);
  const fits = inOrder.length + byName.length > 0 ? [...inOrder, ...byName] : fitting(layouts, "none", heads);
  const [fit, ...others] = fits;
  if (fit !== undefined && others.length === 0) return fit;
  if (fit === undefined)
    return {
      reason: "these column headings match no known supplier layout",
      difference: nearestDifference(heads, layouts),
      isSeveral: false
    };
  return severalFit(
    "layout",
    fits.map(({layout}) => layout)
  );
}

/** That more than one form fits, which is for a person to choose between. */
export function severalFit(what: "layout" | "format", fits: readonly {readonly name: string}[]) {
  const names = fits.map(({name}) => name).join(", ");
  return {
    reason: `more than one ${what} fits (${names}): name one with --layout`,
    difference: null,
    isSeveral: true
  };
}

/** How far down a header may stand. */
const headRecords = 40;

/** The first records of a head, split at the separator, quotes honoured, each with the line it ends on. */
export function headRecordsOf(head: string, separator: string): HeadRecord[] {
  const lines = head.replace(/^\ufeff/, "").split(/\r\n|\n|\r/, headRecords);
  return lines.map((text, index) => ({cells: cellsOf(text, separator), line: index + 1}));
}

/** The layouts of one way of taking headers that fit; one by names is tried in its own order first. */
function fitting(
  layouts: readonly Layout[],
  header: Layout["header"],
  heads: (separator: string) => readonly HeadRecord[]
) {
  const tried = layouts.filter(layout => layout.header === header || (header === "order" && layout.header === "names"));
  return tried.flatMap(layout => {
    const records = heads(layout.separator);
    if (header === "none") {
      const columns = firstRows(layout, records).map(cells => takenByPlace(layout, cells));
      const taken = columns.find(each => each !== null);
      return taken === undefined ? [] : [{layout, columns: taken, headerLine: 0}];
    }
    for (const {cells, line} of records) {
      const columns = header === "order" ? (isHeaderOf(layout, cells) ? layout : null) : takenByName(layout, cells);
      if (columns !== null) return [{layout, columns, headerLine: line}];
    }
    return [];
  });
}

/** The rows of which one shows whether a file without a header is of a layout: its first record, or any of its first below headings of each kind. */
function firstRows({headings}: Layout, records: readonly HeadRecord[]): readonly (readonly string[])[] {
  if (headings.length === 0) return records.slice(0, 1).map(({cells}) => cells);
  const isUnder = ({cells}: HeadRecord, begins: string) => cells[0]?.startsWith(begins) === true;
  const at = records.findIndex(record => !headings.some(({begins}) => isUnder(record, begins)));
  const isUnderAll = headings.every(({begins}) => records.slice(0, at).some(record => isUnder(record, begins)));
  return isUnderAll ? records.slice(at).map(({cells}) => cells) : [];
}

/** Whether cells are the header of a layout, column for column or by their names as it says. */
export const foldedHeader = (layout: Layout, cells: readonly string[]): boolean =>
  isHeaderOf(layout, cells) || (layout.header === "names" && takenByName(layout, cells) !== null);

function isHeaderOf(layout: Layout, cells: readonly string[]): boolean {
  if (hasEach(layout)) return eachIn(layout, cells) !== null;
  const expected = columnsOf(layout);
  return (
    cells.length === expected.length &&
    expected.every(({name}, index) => foldedName(name) === foldedName(cells[index] ?? ""))
  );
}

type Each = Extract<Layout["columns"][number], {each: string}>;
const isEach = (column: Layout["columns"][number]): column is Each => typeof column === "object" && "each" in column;
export const hasEach = ({columns}: Pick<Layout, "columns">) => columns.some(isEach);

/** What each cell of a header is, where a layout has columns of which the heading is a value: a column by its name, or one of a run of `each`. */
export type HeadCell = {readonly name: string} | {readonly each: Each; readonly heading: string};

/** The cells of a header that a layout with columns of `each` fits, in order; null where it does not. */
export function eachIn(
  layout: Pick<Layout, "columns" | "header">,
  cells: readonly string[]
): readonly HeadCell[] | null {
  const each = layout.columns.filter(isEach);
  const names = layout.columns.flatMap(column =>
    isEach(column) ? [] : columnsOf({columns: [column]}).map(({name}) => name)
  );
  const left = [...names];
  const found = cells.map((cell): HeadCell | null => {
    const at = left.findIndex(name => foldedName(name) === foldedName(cell));
    if (at !== -1) return {name: left.splice(at, 1)[0] ?? ""};
    const run = each.find(({matches}) => new RegExp(matches, "i").test(cell.trim()));
    if (run !== undefined) return {each: run, heading: cell.trim()};
    return layout.header === "names" || cell.trim() === "" ? {name: `not of the layout: ${cell}`} : null;
  });
  const isWhole =
    left.length === 0 && each.every(run => found.some(cell => cell !== null && "each" in cell && cell.each === run));
  return isWhole && !found.includes(null) ? found.flatMap(cell => cell ?? []) : null;
}

/** The layout with its columns in the order of a header that has them all; columns it does not know are skipped. Null where one is missing. */
function takenByName(layout: Layout, cells: readonly string[]): Layout | null {
  if (hasEach(layout)) return eachIn(layout, cells) === null ? null : layout;
  const left = [...columnsOf(layout)];
  const taken = cells.map((cell): Column => {
    const at = left.findIndex(({name}) => foldedName(name) === foldedName(cell));
    const [column] = at === -1 ? [] : left.splice(at, 1);
    return column ?? {name: `not of the layout: ${cell}`, holds: "text", halfHour: null};
  });
  return left.length === 0 ? withColumns(layout, taken) : null;
}

/** The layout whose rows these cells may be of; a file may end before the columns of half-hours that only an autumn day has. */
function takenByPlace(layout: Layout, cells: readonly string[]): Layout | null {
  const columns = columnsOf(layout);
  const isSpare = ({holds, halfHour}: Column) => holds === "quantity" && (halfHour ?? 0) > 48;
  const taken =
    cells.length < columns.length && columns.slice(cells.length).every(isSpare)
      ? withColumns(layout, columns.slice(0, cells.length))
      : layout;
  return isRowOf(taken, cells) ? taken : null;
}

/** Whether cells may be a row of a file without a header: as many as there are columns, a date where it belongs, numbers or nothing for quantities. */
export function isRowOf(layout: Layout, cells: readonly string[]): boolean {
  const columns = columnsOf(layout);
  if (cells.length !== columns.length) return false;
  const date = cells[columns.findIndex(({name}) => name === layout.date.column)]?.trim() ?? "";
  const isQuantity = (cell: string) =>
    cell.trim() === "" || layout.missing.includes(cell.trim()) || !Number.isNaN(Number(cell));
  return (
    isDateOf(layout, date) && columns.every(({holds}, index) => holds !== "quantity" || isQuantity(cells[index] ?? ""))
  );
}

/** Whether a text is written as a layout's dates are. */
export const isDateOf = (layout: Layout, text: string) =>
  dateFormatsOf(layout).some(format => patternOf(format).test(text.trim().replace(/(:\d\d)[.,]\d+/, "$1")));

const parts: Readonly<Record<string, string>> = {
  Y: "\\d{4}",
  s: "\\d{10}",
  Q: "\\d{13}",
  z: "[+-]\\d{2}(?::?\\d{2})?",
  b: "[A-Za-z]{3}",
  B: "[A-Za-z]+",
  a: "[A-Za-z]{3}",
  A: "[A-Za-z]+",
  p: "[AaPp][Mm]"
};

/** A strptime format as a regular expression of its shape. */
function patternOf(format: string): RegExp {
  const text = format.replace(/%(.)|([.*+?^${}()|[\]\\])/g, (_match, part: string | undefined, special: string) =>
    part === undefined ? `\\${special}` : (parts[part] ?? "\\d{1,2}")
  );
  return new RegExp(`^${text}$`);
}

function nearestDifference(
  heads: (separator: string) => readonly HeadRecord[],
  layouts: readonly Layout[]
): string | null {
  const headed = layouts.filter(({header}) => header !== "none");
  const names = new Map(
    [...new Set(headed.map(({separator}) => separator))].map(separator => [
      separator,
      heads(separator).map(record => ({record, names: new Set(record.cells.map(foldedName))}))
    ])
  );
  const candidates = headed.flatMap(layout => {
    const expected = columnsOf(layout).map(({name}) => foldedName(name));
    const likely = (names.get(layout.separator) ?? []).filter(each =>
      expected.some(name => name !== "" && each.names.has(name))
    );
    return likely.map(({record: {cells, line}}) => ({layout, line, ...differenceOf(layout, cells)}));
  });
  const shared = candidates.filter(({common}) => common > 0);
  const [nearest] = shared.sort((a, b) => b.likeness - a.likeness);
  return nearest === undefined ? null : `nearest is ${nearest.layout.name}, line ${nearest.line}: ${nearest.words}`;
}

function differenceOf(layout: Layout, cells: readonly string[]): {common: number; likeness: number; words: string} {
  const expected = columnsOf(layout).map(({name}) => name);
  const missing = without(expected, cells);
  const extra = without(cells, expected);
  const common = expected.length - missing.length - expected.filter(name => name.trim() === "").length;
  return {
    common,
    likeness: common / (expected.length + extra.length),
    words: wordsFor(expected, cells, missing, extra)
  };
}

function wordsFor(expected: readonly string[], found: readonly string[], missing: string[], extra: string[]): string {
  if (missing.length === 0 && extra.length === 0) {
    const at = expected.findIndex((name, index) => foldedName(name) !== foldedName(found[index] ?? ""));
    return `the columns are in another order from column ${at + 1}: it is "${found[at] ?? ""}" and should be "${expected[at] ?? ""}"`;
  }
  const parts = [
    ...(missing.length > 0 ? [`missing ${listed(missing)}`] : []),
    ...(extra.length > 0 ? [`not expected ${listed(extra)}`] : [])
  ];
  return parts.join("; ");
}

const listed = (names: readonly string[]) =>
  firstOf(
    names.map(name => `"${name}"`),
    6
  );

/** What is in `names` and not in `others`, counting repeats. */
function without(names: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const other of others) left.set(foldedName(other), (left.get(foldedName(other)) ?? 0) + 1);
  return names.filter(name => {
    const count = left.get(foldedName(name)) ?? 0;
    left.set(foldedName(name), count - 1);
    return count <= 0;
  });
}
