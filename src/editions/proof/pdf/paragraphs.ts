import {joined, type Line} from "./lines.ts";

/** Words that are read in one: the lines of a paragraph, the cells of a row. */
export interface Block {
  readonly text: string;
  readonly lines: readonly Line[];
}

/** The paragraphs of a page, and the rows of its tables, from its lines and where they stand, in the order in which they were printed. */
export function blocksOf(lines: readonly Line[]): Block[] {
  const rows = rowsIn(lines);
  const inRows = new Set(rows.flat());
  const loose = lines.filter(line => !inRows.has(line));
  const blocks = [...rows.map(rowOf), ...columnsOf(loose).flatMap(dividedColumn).map(inOne)];
  return blocks.sort((a, b) => orderOf(a) - orderOf(b));
}

const orderOf = ({lines}: Block) => Math.min(...lines.map(({order}) => order));
const rowOf = (lines: readonly Line[]): Block => ({text: lines.map(({text}) => text).join(" "), lines});

/** Lines as one paragraph, whatever stands between them. */
export const inOne = (lines: readonly Line[]): Block => ({text: lines.map(({text}) => text).reduce(joined), lines});

/** What is beside one another and at one height: a row, where some of it are numbers alone and some are words. Lines of a paragraph are in none. */
function rowsIn(lines: readonly Line[]): Line[][] {
  const ofParagraphs = new Set(columnsOf(lines).flatMap(linesOfParagraphs));
  const cells = lines.filter(line => !ofParagraphs.has(line)).sort((a, b) => b.y - a.y);
  const rows: Line[][] = [];
  for (const cell of cells) {
    const row = rows.at(-1);
    const first = row?.[0];
    const isBeside = first !== undefined && first.y - cell.y <= 0.35 * Math.min(first.size, cell.size);
    if (row !== undefined && isBeside) row.push(cell);
    else rows.push([cell]);
  }
  return rows
    .filter(row => row.some(isNumberAlone) && row.some(hasWords))
    .map(row => [...row].sort((a, b) => a.x - b.x));
}

const hasWords = ({text}: Line) =>
  (text.match(/\p{L}{3,}/gu) ?? []).some(word => !/^(kwh|mwh|gwh|per|cent|tonnes?)$/i.test(word));
const isNumberAlone = (line: Line) => /\d/.test(line.text) && !hasWords(line);

/** The lines of a column that go on from the one before, and those from which they go on. Names under one another, as tables have them, do not. */
function linesOfParagraphs(column: readonly Line[]): Line[] {
  const widest = widthOf(column);
  return column.flatMap((line, at) => {
    const before = column[at - 1];
    if (before === undefined) return [];
    const goesOn =
      beginsLow(line) ||
      isUnfinished(before.text) ||
      (/^[\d£(]/.test(line.text) && before.text.length > 25 && !wouldHaveFitted(before, line, widest));
    return goesOn ? [before, line] : [];
  });
}

/** Lines under one another that may be of one paragraph: each is the nearest under the one before, as high, and not farther than lines of this page are. */
function columnsOf(lines: readonly Line[]): Line[][] {
  const below = new Map<Line, Line>();
  const above = new Map<Line, Line>();
  for (const line of lines) {
    const under = nearestUnder(line, lines);
    if (under === undefined || !isAsHigh(line.size, under.size)) continue;
    // A heading over two columns goes on in neither.
    const known = above.get(under);
    if (known !== undefined && known.y < line.y) continue;
    if (known !== undefined) below.delete(known);
    below.set(line, under);
    above.set(under, line);
  }
  const most = usualStep([...below].map(([line, under]) => (line.y - under.y) / line.size));
  for (const [line, under] of below) if (line.y - under.y > most * line.size) below.delete(line);
  const followed = new Set(below.values());
  return lines
    .filter(line => !followed.has(line))
    .map(line => {
      const column = [line];
      for (let next = below.get(line); next !== undefined; next = below.get(next)) column.push(next);
      return column;
    });
}

function nearestUnder(line: Line, lines: readonly Line[]): Line | undefined {
  let nearest: Line | undefined;
  for (const other of lines) {
    const step = line.y - other.y;
    const isUnder = step > 0.5 * Math.min(line.size, other.size) && step < 3 * line.size;
    if (isUnder && overlap(line, other) > 0 && (nearest === undefined || other.y > nearest.y)) nearest = other;
  }
  return nearest;
}

const overlap = (a: Line, b: Line) => Math.min(a.right, b.right) - Math.max(a.x, b.x);
const widthOf = (column: readonly Line[]) => Math.max(...column.map(({x, right}) => right - x));

/** Whether letters of one height may be of one paragraph with those of the other. */
export const isAsHigh = (a: number, b: number): boolean => Math.min(a, b) > 0.9 * Math.max(a, b);

/** How far under one another, in letters' heights, lines of a paragraph may be: a little more than most are, and never as far as paragraphs that are set widely. */
function usualStep(steps: readonly number[]): number {
  const sorted = [...steps].sort((a, b) => a - b);
  const third = sorted[Math.trunc(sorted.length / 3)] ?? 1.2;
  return Math.min(Math.max(1.15 * third, 1.5), 2.8);
}

/**
 * A column cut into its paragraphs: where lines are farther apart than others are, where a list goes on, where the letters change, where a line ended before it
 * had to, and everywhere where lines are far apart and few of them go on.
 */
function dividedColumn(column: readonly Line[]): Line[][] {
  const widest = widthOf(column);
  const steps = column.slice(1).map((line, at) => (column[at] as Line).y - line.y);
  const tight = [...steps].sort((a, b) => a - b)[Math.trunc(0.15 * (steps.length - 1))] ?? 0;
  const isWide = (at: number) =>
    [tight, steps[at - 1], steps[at + 1]].some(other => other !== undefined && (steps[at] ?? 0) > 1.2 * other);
  const isList = column.slice(1).filter(beginsLow).length < 0.4 * steps.length;
  const paragraphs: Line[][] = [];
  for (const [index, line] of column.entries()) {
    const before = column[index - 1];
    const isFar = (steps[index - 1] ?? 0) > farApart * line.size;
    const isNew =
      before === undefined ||
      isWide(index - 1) ||
      isNewParagraph(before, line, widest) ||
      (isFar && isList && !beginsLow(line) && !isUnfinished(before.text));
    if (isNew) paragraphs.push([line]);
    else paragraphs.at(-1)?.push(line);
  }
  return paragraphs;
}

/** From which step on, in letters' heights, lines are farther apart than programs set them by themselves. */
const farApart = 1.55;

const bullet = /^(?:[•◦▪▫●○■□‣⁃·*–—-]|\uf0b7|\d{1,2}[.)]|\(?[a-z][.)])\s/u;

function isNewParagraph(before: Line, line: Line, widest: number): boolean {
  if (bullet.test(line.text)) return true;
  if (beginsLow(line)) return false;
  if (![...line.fonts].some(font => before.fonts.has(font))) return true;
  return wouldHaveFitted(before, line, widest) && !isUnfinished(before.text);
}

const beginsLow = ({text}: Line) => /^\p{Ll}/u.test(text);

/** Whether the first word of a line had room in the one before: then its end was meant. */
function wouldHaveFitted(before: Line, line: Line, widest: number): boolean {
  const [first = ""] = line.text.split(" ");
  return before.right - before.x + (0.6 * first.length + 0.8) * before.size < widest;
}

/** A line that breaks off within what it says: before a number, or in a word. */
export const isUnfinished = (text: string): boolean =>
  /[-–/(£,]$|\b(the|of|to|by|and|in|a|an|than|was|were|is|from|at|with)$/i.test(text);
