import {inert} from "../../effects.ts";
import type {Said} from "./format-words.ts";

const widest = 112;
const headingWidth = 12;

/** Words under their headings, folded at the width of a page; what comes from a file is made safe for a terminal. */
export function saidLines(said: readonly Said[]): string[] {
  return said.flatMap(([heading, words]) => wrapped(`  ${heading.padEnd(headingWidth)}`, inert(words)));
}

/** A numbered list, folded likewise. */
export function numberedLines(items: readonly string[]): string[] {
  return items.flatMap((item, index) => wrapped(`  ${index + 1}. `.padEnd(5), inert(item)));
}

/** A paragraph, folded likewise. */
export const paragraph = (text: string, indent = "") => wrapped(indent, inert(text));

function wrapped(start: string, text: string): string[] {
  const indent = " ".repeat(start.length);
  const lines: string[] = [];
  let line = start;
  for (const word of text.split(" ")) {
    if (line.length + word.length + 1 > widest && line.trim() !== "" && line !== start) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${line.endsWith(" ") || line === "" ? "" : " "}${word}`;
  }
  return [...lines, line.trimEnd()];
}

/** A path as it is typed at a prompt. */
export const typed = (path: string) => (/^[\w./@:+-]+$/.test(path) ? path : `"${path.replaceAll('"', '\\"')}"`);

/** The data folder, where it is not the usual one, to be said in a command. */
export const dataOption = (dataFolder: string) => (dataFolder === "data" ? "" : ` --data ${typed(dataFolder)}`);
