import {wrap} from "../../figures/kit/measure.ts";
import {slideInches} from "../../figures/kit/theme.ts";

/** A place on a slide, in inches, and the size of its words in points. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly points: number;
}

/** Where everything of one slide stands; nothing of it overlaps. */
export interface Layout {
  readonly title: Box;
  readonly under: Box | null;
  /** What is shown: a picture from side to side, a chart or a table. */
  readonly body: Box | null;
  readonly lines: Box | null;
  /** How many of the lines there is room for. */
  readonly shownLines: number;
  readonly source: Box;
  readonly footer: Box;
  readonly number: Box;
}

export const sizes = {title: 30, least: 18, line: 24, table: 20};

const margin = 0.43;
const wide = slideInches.width - 2 * margin;
const pointsAnInch = 72;
const lineHeight = 1.22;
const footerTop = 6.93;
const gap = 0.08;

/** How many lines of this size the words need within the margins. */
const linesOf = (text: string, points: number) => wrap(text, points, wide * pointsAnInch * 0.97).length;
const heightOf = (lines: number, points: number) => (lines * points * lineHeight) / pointsAnInch + 0.06;

/** What a layout has to know of a slide: its words, and whether it shows anything. */
export interface Laid {
  readonly title: {readonly text: string};
  readonly under?: {readonly text: string} | undefined;
  readonly lines: readonly {readonly words: {readonly text: string}}[];
  readonly source: {readonly text: string};
  readonly drawing?: unknown;
  readonly chart?: unknown;
  readonly table?: {readonly rows: readonly unknown[]} | undefined;
}

/** The words first, as high as they need, and what is shown in what they leave. */
export function layoutOf({title, under, lines, source, drawing, chart, table}: Laid): Layout {
  const at = (y: number, h: number, points: number): Box => ({x: margin, y, w: wide, h, points});
  const titleBox = at(0.28, heightOf(Math.min(2, linesOf(title.text, sizes.title)), sizes.title), sizes.title);
  const underTop = titleBox.y + titleBox.h;
  const underBox =
    under === undefined
      ? null
      : at(underTop, heightOf(Math.min(2, linesOf(under.text, sizes.least)), sizes.least), sizes.least);
  const top = (underBox === null ? underTop + 0.2 : underBox.y + underBox.h) + gap;
  const sourceHeight = heightOf(Math.min(3, linesOf(source.text, sizes.least)), sizes.least);
  const sourceBox = at(footerTop - gap - sourceHeight, sourceHeight, sizes.least);
  const bottom = sourceBox.y - gap;
  const texts = lines.map(({words}) => words.text);
  const isShowing = drawing !== undefined || chart !== undefined || (table?.rows.length ?? 0) > 0;
  const fitted = fittedLines(texts, isShowing ? 1.2 : bottom - top);
  const linesBox = texts.length === 0 ? null : at(bottom - fitted.height, fitted.height, fitted.points);
  const bodyBottom = linesBox === null ? bottom : linesBox.y - gap;
  const body =
    drawing === undefined
      ? at(top, bodyBottom - top, sizes.table)
      : {x: 0, y: top, w: slideInches.width, h: bodyBottom - top, points: sizes.least};
  return {
    title: titleBox,
    under: underBox,
    body: isShowing ? body : null,
    lines: isShowing || linesBox === null ? linesBox : {...linesBox, y: top, h: bottom - top},
    shownLines: fitted.shown,
    source: sourceBox,
    footer: {x: margin, y: footerTop, w: wide - 1, h: 0.38, points: sizes.least},
    number: {x: slideInches.width - margin - 0.9, y: footerTop, w: 0.9, h: 0.38, points: sizes.least}
  };
}

/** The largest size at which the lines fit, and where none does, how many of them do at the least. */
function fittedLines(
  texts: readonly string[],
  room: number
): {readonly points: number; readonly height: number; readonly shown: number} {
  const high = (points: number, shown: number) =>
    texts.slice(0, shown).reduce((sum, text) => sum + heightOf(linesOf(text, points), points) + 0.05, 0.06);
  for (const points of [sizes.line, 22, 20, sizes.least])
    if (high(points, texts.length) <= room) return {points, height: high(points, texts.length), shown: texts.length};
  let shown = texts.length;
  while (shown > 1 && high(sizes.least, shown) > room) shown--;
  return {points: sizes.least, height: high(sizes.least, shown), shown};
}

/** Height of a row of a table, in inches. */
const tableRow = 0.42;

/**
 * The rows of a table that a box has room for, its heading first: where room is short, of sources the smallest go, and the sums that stand last stay; of years
 * the oldest go.
 */
export function rowsWithin<Row>(rows: readonly Row[], {h}: Pick<Box, "h">, order: "sources" | "years"): readonly Row[] {
  const most = Math.max(2, Math.floor(h / tableRow));
  if (rows.length <= most) return rows;
  return order === "sources"
    ? [...rows.slice(0, most - 2), ...rows.slice(-2)]
    : [...rows.slice(0, 1), ...rows.slice(1 - most)];
}

/** How high each of so many rows is, in inches. */
export const rowHeight = (rows: number, {h}: Pick<Box, "h">): number => Math.min(0.58, h / rows);
