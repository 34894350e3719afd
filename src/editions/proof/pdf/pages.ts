import * as library from "unpdf/pdfjs";
import {FeedError} from "../../../errors.ts";
import {plain} from "../../../wording/numbers.ts";
import {blocksOfPage} from "./page.ts";
import type {Block} from "./paragraphs.ts";
import type {Piece} from "./pieces.ts";
import type {Tag} from "./tags.ts";

/** What is used of the library, whose own types this compiler does not find. */
interface PdfPage {
  readonly pageNumber: number;
  readonly view: readonly number[];
  readonly getTextContent: (options: {includeMarkedContent: boolean}) => Promise<{readonly items: readonly TextItem[]}>;
  readonly getStructTree: () => Promise<Tag | null>;
  readonly getAnnotations: (options: {intent: string}) => Promise<readonly Added[]>;
  readonly cleanup: () => void;
}
type TextItem =
  | {readonly str: string; readonly transform: readonly number[]; readonly width: number; readonly fontName: string}
  | {readonly type: string; readonly id?: string | null; readonly tag?: string};
interface Added {
  readonly subtype?: string;
  readonly rect?: readonly number[];
  readonly contentsObj?: {readonly str?: string};
  readonly fieldType?: string;
  readonly fieldValue?: unknown;
}
interface PdfFile {
  readonly numPages: number;
  readonly getPage: (number: number) => Promise<PdfPage>;
}
interface Library {
  readonly getDocument: (options: object) => {
    readonly promise: Promise<PdfFile>;
    readonly destroy: () => Promise<void>;
  };
}
const {getDocument} = library as unknown as Library;

/** What one page of a PDF says; `why` it could not be read, where it could not. */
export interface Page {
  readonly number: number;
  readonly blocks: readonly Block[];
  /** From its lower to its upper end. */
  readonly height: readonly [number, number];
  readonly why: "no text" | "unreadable" | "damaged" | null;
}

/** Pages that one PDF may have: a deck has twenty, a long report five hundred. */
export const mostPages = 1_000;
/** Letters that its pages may say together: ten times those of a report of five hundred full pages. */
export const mostLetters = 20_000_000;
/** Pieces of text that one page may have: a full one has a few thousand. */
const mostPieces = 100_000;

/**
 * The pages of a PDF. Nothing of it is run, drawn or fetched: no script, no font, no picture is read.
 *
 * @throws FeedError where it needs a password, is damaged, or is beyond what a document has.
 */
export async function pagesOfPdf(bytes: Uint8Array): Promise<Page[]> {
  const task = getDocument({
    data: bytes,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
    enableXfa: false,
    stopAtErrors: true,
    verbosity: 0
  });
  try {
    const file = await task.promise.catch(refuse);
    if (file.numPages > mostPages)
      throw new FeedError(`it has ${plain(file.numPages)} pages, more than the ${plain(mostPages)} that are read`);
    const pages: Page[] = [];
    let letters = 0;
    for (let number = 1; number <= file.numPages; number += 1) {
      const page = await pageOf(number, () => file.getPage(number));
      letters += page.blocks.reduce((sum, {text}) => sum + text.length, 0);
      if (letters > mostLetters) throw new FeedError(`its pages say more than ${plain(mostLetters)} letters`);
      pages.push(page);
    }
    return pages;
  } finally {
    await task.destroy();
  }
}

function refuse(error: unknown): never {
  if ((error as Error).name === "PasswordException")
    throw new FeedError("it needs a password: save it without one", {cause: error});
  throw new FeedError("it is damaged: print or export it to PDF anew", {cause: error});
}

async function pageOf(number: number, open: () => Promise<PdfPage>): Promise<Page> {
  let height: readonly [number, number] = [0, 0];
  try {
    const page = await open();
    height = [page.view[1] ?? 0, page.view[3] ?? 0];
    const pieces = [...(await piecesOf(page)), ...(await addedTo(page))];
    const blocks = blocksOfPage(byDirection(pieces), await page.getStructTree());
    page.cleanup();
    return {number, blocks, height, why: whyUnread(blocks)};
  } catch (error) {
    if (error instanceof FeedError) throw error;
    return {number, blocks: [], height, why: "damaged"};
  }
}

/** A letter of a font that does not say which it is comes as the one that stands for none, as one of nobody's own range, or as a control character. */
const unknownLetter = /[\ufffd\ue000-\uf0b6\uf0b8-\uf8ff]|\p{Cc}/u;

function whyUnread(blocks: readonly Block[]): Page["why"] {
  const letters = [...blocks.map(({text}) => text).join("")].filter(letter => letter !== " ");
  const unknown = letters.filter(letter => unknownLetter.test(letter)).length;
  if (unknown > 0.3 * letters.length) return "unreadable";
  return letters.some(letter => /[\p{L}\p{N}]/u.test(letter)) ? null : "no text";
}

interface Turned extends Piece {
  /** The direction in which it runs, in degrees. */
  readonly angle: number;
}

async function piecesOf(page: PdfPage): Promise<Turned[]> {
  const {items} = await page.getTextContent({includeMarkedContent: true});
  if (items.length > mostPieces)
    throw new FeedError(`page ${page.pageNumber} has more than ${plain(mostPieces)} pieces of text`);
  const marks: (string | null)[] = [];
  const pieces: Turned[] = [];
  for (const item of items) {
    if (!("str" in item)) {
      if (item.type === "endMarkedContent") marks.pop();
      // What has no name of its own has that of what it stands in.
      else marks.push(item.id ?? (item.tag === "Artifact" ? null : (marks.at(-1) ?? null)));
      continue;
    }
    if (item.str.trim() !== "")
      pieces.push(turned(item.str, item.transform, item.width, {font: item.fontName, mark: marks.at(-1) ?? null}));
  }
  return pieces;
}

function turned(text: string, transform: readonly number[], width: number, more: Pick<Piece, "font" | "mark">): Turned {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = transform;
  const angle = Math.round((Math.atan2(b, a) * 180) / Math.PI);
  const turn = (-angle * Math.PI) / 180;
  const [x, y] = [e * Math.cos(turn) - f * Math.sin(turn), e * Math.sin(turn) + f * Math.cos(turn)];
  return {text, x, y, width, size: Math.hypot(c, d), angle, ...more};
}

function byDirection(pieces: readonly Turned[]): Turned[][] {
  const directions = new Map<number, Turned[]>();
  for (const piece of pieces) directions.set(piece.angle, [...(directions.get(piece.angle) ?? []), piece]);
  return [...directions.values()];
}

/** What was typed onto a page after it was made: text boxes and fields of a form. */
async function addedTo(page: PdfPage): Promise<Turned[]> {
  const added = await page.getAnnotations({intent: "display"});
  return added.flatMap(({subtype, rect: [x = 0, , , y = 0] = [], contentsObj, fieldType, fieldValue}, index) => {
    const text = subtype === "FreeText" ? contentsObj?.str : fieldType === "Tx" ? fieldValue : undefined;
    if (typeof text !== "string") return [];
    // Its lines under one another, away from whatever it lies over.
    return text.split(/[\r\n]+/).map((line, at) => ({
      ...turned(line, [10, 0, 0, 10, x, y - 12 * (at + 1)], 5 * line.length, {font: `added ${index}`, mark: null}),
      angle: 1000 + index
    }));
  });
}
