import {joined} from "./lines.ts";
import type {Page} from "./pages.ts";
import {type Block, isAsHigh, isUnfinished} from "./paragraphs.ts";

/** What a PDF says, a paragraph and its page each, and the pages of which nothing could be read. */
export interface PdfText {
  readonly paragraphs: readonly {readonly page: number; readonly text: string}[];
  readonly unread: readonly {readonly page: number; readonly why: "no text" | "unreadable" | "damaged"}[];
  readonly pages: number;
}

interface Said {
  readonly page: number;
  text: string;
  readonly size: number;
  readonly isBody: boolean;
}

/** The words of all pages: what heads or foots each of them is said once, where it stands first, and a sentence that goes on overleaf is one. */
export function textOfPages(pages: readonly Page[]): PdfText {
  const running = runningIn(pages);
  const said = new Set<string>();
  const paragraphs: Said[] = [];
  for (const page of pages) {
    let last = paragraphs.at(-1)?.page === page.number - 1 ? lastBody(paragraphs) : undefined;
    for (const block of page.blocks) {
      const key = keyOf(block, page);
      const isBody = key === null || !running.has(key);
      if (!isBody && said.has(block.text)) continue;
      if (!isBody) said.add(block.text);
      if (isBody && last !== undefined && goesOn(last, block)) {
        last.text = joined(last.text, block.text);
        last = undefined;
        continue;
      }
      if (isBody) last = undefined;
      paragraphs.push({page: page.number, text: block.text, size: block.lines.at(-1)?.size ?? 0, isBody});
    }
  }
  return {
    paragraphs: paragraphs.map(({page, text}) => ({page, text})),
    unread: pages.flatMap(({number, why}) => (why === null ? [] : [{page: number, why}])),
    pages: pages.length
  };
}

const lastBody = (paragraphs: readonly Said[]) => paragraphs.findLast(({isBody}) => isBody);

/** A sentence that is not at its end, and words as high that begin none or that it waits for: a slide's last words do not go on in the title of the next. */
const goesOn = (before: Said, after: Block) =>
  before.text.length > 40 &&
  !/[.!?:;]["”’)]?$/.test(before.text) &&
  isAsHigh(before.size, after.lines[0]?.size ?? 0) &&
  (/^\p{Ll}/u.test(after.text) || isUnfinished(before.text));

/** How much of a page's height, at its head and its foot, running lines stand in. */
const edge = 0.12;

/** What stands at the head or the foot of a page, but for the number of the page; null of what stands between. */
function keyOf({text, lines}: Block, {height: [low, high]}: Page): string | null {
  const ys = lines.map(({y}) => y);
  const room = edge * (high - low);
  const isAtEdge = Math.min(...ys) > high - room || Math.max(...ys) < low + room;
  return isAtEdge
    ? `${Math.round(Math.max(...ys) / 4)} ${text.replace(/\b\d{1,4}$|\b\d{1,4} of \d{1,4}\b/, "")}`
    : null;
}

function runningIn(pages: readonly Page[]): Set<string> {
  const counts = new Map<string, number>();
  for (const page of pages)
    for (const key of new Set(page.blocks.map(block => keyOf(block, page))))
      if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  return new Set([...counts].flatMap(([key, count]) => (count >= 2 && count >= pages.length / 3 ? [key] : [])));
}
