import {columnsOf, type Layout} from "./layout.ts";

/** The first records of a file, each with the number of the line it ends on (from 1). */
export interface HeadRecord {
  readonly cells: readonly string[];
  readonly line: number;
}

/** Which layout a file is in and the line its header ends on, or why that cannot be said. */
export type Recognition =
  | {readonly layout: Layout; readonly headerLine: number}
  | {readonly reason: string; readonly difference: string | null};

const foldedName = (name: string) =>
  name
    .replace(/[\s\u00a0]+/g, " ")
    .trim()
    .toLowerCase();

/**
 * Finds the layout whose header stands, column for column, in the first records of a file. Case and runs of space are passed over; anything else
 * that differs is a difference. Two layouts that both fit are not chosen between.
 */
export function recognise(
  headsBy: (separator: string) => readonly HeadRecord[],
  layouts: readonly Layout[]
): Recognition {
  const cache = new Map(
    [...new Set(layouts.map(({separator}) => separator))].map(separator => [separator, headsBy(separator)])
  );
  const heads = (separator: string) => cache.get(separator) ?? [];
  const fits = layouts.flatMap(layout => {
    const header = heads(layout.separator).find(record => isHeaderOf(layout, record.cells));
    return header === undefined ? [] : [{layout, headerLine: header.line}];
  });
  const [fit, ...others] = fits;
  if (fit !== undefined && others.length === 0) return fit;
  if (fit === undefined)
    return {reason: "the header is of no layout it may have", difference: nearestDifference(heads, layouts)};
  const names = fits.map(({layout}) => layout.name).join(", ");
  return {reason: `more than one layout fits (${names}): name one with --layout`, difference: null};
}

function isHeaderOf(layout: Layout, cells: readonly string[]): boolean {
  const expected = columnsOf(layout);
  return (
    cells.length === expected.length &&
    expected.every(({name}, index) => foldedName(name) === foldedName(cells[index] ?? ""))
  );
}

function nearestDifference(
  heads: (separator: string) => readonly HeadRecord[],
  layouts: readonly Layout[]
): string | null {
  const candidates = layouts.flatMap(layout =>
    heads(layout.separator).map(({cells, line}) => ({layout, line, ...differenceOf(layout, cells)}))
  );
  const shared = candidates.filter(({common}) => common > 0);
  const [nearest] = shared.sort((a, b) => b.likeness - a.likeness);
  return nearest === undefined ? null : `nearest is ${nearest.layout.name}, line ${nearest.line}: ${nearest.words}`;
}

function differenceOf(layout: Layout, cells: readonly string[]): {common: number; likeness: number; words: string} {
  const expected = columnsOf(layout).map(({name}) => name);
  const missing = without(expected, cells);
  const extra = without(cells, expected);
  const common = expected.length - missing.length;
  return {
    common,
    likeness: common / (expected.length + extra.length),
    words: wordsFor(expected, cells, missing, extra)
  };
}

function wordsFor(expected: readonly string[], found: readonly string[], missing: string[], extra: string[]): string {
  if (missing.length === 0 && extra.length === 0) {
    const at = expected.findIndex((name, index) => foldedName(name) !== foldedName(found[index] ?? ""));
    return `the columns stand in another order from column ${at + 1}: "${found[at] ?? ""}" where "${expected[at] ?? ""}" belongs`;
  }
  const parts = [
    ...(missing.length > 0 ? [`missing ${listed(missing)}`] : []),
    ...(extra.length > 0 ? [`not expected ${listed(extra)}`] : [])
  ];
  return parts.join("; ");
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 6).map(name => `"${name}"`);
  return names.length > shown.length ? `${shown.join(", ")} and ${names.length - shown.length} more` : shown.join(", ");
}

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
