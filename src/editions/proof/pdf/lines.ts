import {type Piece, rightOf} from "./pieces.ts";

/** Words that stand side by side on a page: a line of a column, a cell of a table, a label. */
export interface Line {
  readonly text: string;
  readonly x: number;
  readonly right: number;
  readonly y: number;
  /** Of its largest letters. */
  readonly size: number;
  readonly fonts: ReadonlySet<string>;
  /** Which of the page's pieces its first one is, in the order in which they were printed. */
  readonly order: number;
}

/** How far apart, in letters' heights, two pieces are parts of two lines: more than any space between words, less than the gutter between columns. */
const apart = 1.5;
/** From which distance on, in letters' heights, there is a space between two pieces; between two figures of a number it is wider. */
const space = 0.17;
const spaceInNumber = 0.22;

/** What begins an entry of a list, and may stand away from it. */
const bullet = /^\s*(?:[•◦▪▫●○■□‣⁃·*\uf0b7–—-]|\d{1,2}[.)]|\(?[a-z][.)])\s*$/u;

/** The lines of a page, each put together from the pieces that follow one another on it, in the order in which they were printed. */
export function linesOf(pieces: readonly Piece[]): Line[] {
  const after = followers(pieces);
  const followed = new Set(after.values());
  const lines: Line[] = [];
  for (const [order, piece] of pieces.entries()) {
    if (followed.has(piece)) continue;
    const parts = [piece];
    for (let next = after.get(piece); next !== undefined; next = after.get(next)) parts.push(next);
    lines.push(lineOf(parts, order));
  }
  return withBullets(lines);
}

/** Puts what begins an entry of a list to the entry beside it. */
function withBullets(lines: readonly Line[]): Line[] {
  const bullets = new Map<Line, Line>();
  for (const mark of lines.filter(({text}) => bullet.test(text))) {
    const isBeside = (line: Line) =>
      line.x > mark.x && line.x - mark.right < 4 * line.size && Math.abs(line.y - mark.y) < 0.3 * line.size;
    const [entry] = lines.filter(isBeside).sort((a, b) => a.x - b.x);
    if (entry !== undefined && !bullets.has(entry)) bullets.set(entry, mark);
  }
  const used = new Set(bullets.values());
  return lines
    .filter(line => !used.has(line))
    .map(line => {
      const mark = bullets.get(line);
      return mark === undefined ? line : {...line, text: `${mark.text} ${line.text}`};
    });
}

function lineOf(parts: readonly Piece[], order: number): Line {
  const size = Math.max(...parts.map(part => part.size));
  const tallest = parts.find(part => part.size === size) as Piece;
  return {
    text: inOneLine(parts),
    x: Math.min(...parts.map(({x}) => x)),
    right: Math.max(...parts.map(rightOf)),
    y: tallest.y,
    size,
    fonts: new Set(parts.map(({font}) => font)),
    order
  };
}

/** The words of pieces of one line, with a space where there is room for one. */
export function inOneLine(parts: readonly Piece[]): string {
  let text = "";
  for (const [index, part] of parts.entries()) {
    const before = parts[index - 1];
    text += before !== undefined && hasSpace(before, part, text) ? ` ${part.text}` : part.text;
  }
  return text.replaceAll(/ {2,}/g, " ").trim();
}

function hasSpace(before: Piece, part: Piece, text: string): boolean {
  if (/^[,.;:)](?!\d)/.test(part.text)) return false;
  const isInNumber = /[\d.,]$/.test(text) && /^[\d.,]/.test(part.text);
  const size = Math.min(before.size, part.size);
  return part.x - rightOf(before) > (isInNumber ? spaceInNumber : space) * size;
}

/** The piece that follows each: the nearest to its right on its line, of which it is the nearest to the left. */
function followers(pieces: readonly Piece[]): Map<Piece, Piece> {
  const byHeight = [...pieces].sort((a, b) => a.y - b.y);
  const tallest = Math.max(0, ...pieces.map(({size}) => size));
  const next = new Map<Piece, {piece: Piece; gap: number}>();
  const previous = new Map<Piece, {piece: Piece; gap: number}>();
  const nearer = (of: Map<Piece, {piece: Piece; gap: number}>, key: Piece, piece: Piece, gap: number) => {
    const known = of.get(key);
    if (known === undefined || gap < known.gap) of.set(key, {piece, gap});
  };
  for (const [index, one] of byHeight.entries())
    for (let at = index + 1; at < byHeight.length; at += 1) {
      const other = byHeight[at] as Piece;
      if (other.y - one.y > 0.75 * tallest) break;
      const [left, right] = one.x <= other.x ? [one, other] : [other, one];
      const gap = right.x - rightOf(left);
      if (!isSameLine(left, right, gap)) continue;
      nearer(next, left, right, Math.abs(gap));
      nearer(previous, right, left, Math.abs(gap));
    }
  return new Map(
    [...next].flatMap(([piece, {piece: other}]) =>
      previous.get(other)?.piece === piece ? [[piece, other] as const] : []
    )
  );
}

/** Whether two pieces are of one line: on one baseline and not far apart; or a small one that is set lower or higher, right beside the other. */
function isSameLine(left: Piece, right: Piece, gap: number): boolean {
  const [small, large] = left.size < right.size ? [left, right] : [right, left];
  const shift = Math.abs(left.y - right.y);
  if (gap < -0.35 * large.size) return false;
  if (shift <= 0.1 * large.size) return gap <= apart * (small.size > 0.7 * large.size ? large.size : small.size);
  // A small figure set lower or higher stands right after what it belongs to, and what follows as far as any word does.
  const isMark = small === left && small.text.trim().length <= 3;
  return small.size <= 0.86 * large.size && shift <= 0.72 * large.size && gap <= (isMark ? apart : 0.3) * large.size;
}

/** A line that goes on from another: what the hyphen of a divided word was is left out, and nothing is put into a range, a year or a number. */
export function joined(before: string, after: string): string {
  if (/\p{L}[-\u2010]$/u.test(before) && /^\p{Ll}/u.test(after)) return before.slice(0, -1) + after;
  if (/[-\u2010–/(£“]$/.test(before) && !/\s[-–]$/.test(before)) return before + after;
  return `${before} ${after}`;
}
