import {readFile} from "node:fs/promises";
import {join} from "node:path";
import type {Edition} from "../../frozen/editions.ts";
import {sentencesOf} from "./spoken.ts";

/** What an edition itself says: the titles and descriptions of its figures, and the words of its pages. */
export async function readOwnSentences({folder, manifest}: Pick<Edition, "folder" | "manifest">): Promise<string[]> {
  const figures = manifest.figures.flatMap(({title, alt}) => [title, alt]);
  const pages = manifest.files.filter(({path}) => path.endsWith(".html"));
  const texts = await Promise.all(
    pages.map(({path}) => readFile(join(folder, "public", path), "utf8").then(wordsOfPage))
  );
  return [...new Set([...figures, ...texts.flat()].flatMap(sentencesOf).map(sentence => sentence.trim()))].filter(
    sentence => /\d/.test(sentence)
  );
}

/** The texts of a page, a block each; pictures say theirs in their labels. */
function wordsOfPage(html: string): string[] {
  const labels = [...html.matchAll(/\saria-label="([^"]*)"/g)].map(([, label = ""]) => label);
  const shown = html
    .replaceAll(/<(script|style|svg|head)\b[\s\S]*?<\/\1>/g, " ")
    .replaceAll(
      /<\/?(p|div|li|ul|ol|h\d|td|th|tr|table|figcaption|figure|section|header|footer|main|summary|details|dt|dd|br)\b[^>]*>/g,
      "\n"
    )
    .replaceAll(/<[^>]*>/g, "");
  return [...labels, ...shown.split("\n")].map(plain).filter(text => text.split(" ").length >= 3);
}

const entities: Readonly<Record<string, string>> = {amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: " "};
const plain = (text: string) =>
  text
    .replaceAll(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole)
    .replaceAll(/[\s\u00a0\u202f]+/g, " ")
    .trim();
