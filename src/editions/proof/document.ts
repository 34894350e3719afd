import {readFile} from "node:fs/promises";
import {extname} from "node:path";
import {newBudget} from "../../archive/containers/limits.ts";
import {readZip, type ZipEntry} from "../../archive/containers/zip.ts";
import {CliError, FeedError, isFatal} from "../../errors.ts";

/** A paragraph of a document, and where it stands: `slide 3`, `notes of slide 3`, `page 3`, `paragraph 12`, `line 40`. */
export interface Paragraph {
  readonly place: string;
  readonly text: string;
}

/** What a document says, and what of it could not be read. */
export interface Document {
  readonly paragraphs: readonly Paragraph[];
  /** Pages of a PDF, and why: `page 2: no text, pictures alone`. It is a fault where there are words that could not be read. */
  readonly unread: readonly {readonly text: string; readonly isFault: boolean}[];
}

const forms = ".pptx, .docx, .pdf, .md or .txt";

/**
 * The words of a deck, a report or a text, paragraph by paragraph. Nothing is changed.
 *
 * @throws CliError on a file of another kind, one that cannot be read as what it is called, or one of which nothing can be read.
 */
export async function readDocument(path: string): Promise<Document> {
  if (extname(path).toLowerCase() === ".pdf") return documentOfPdf(path);
  return {paragraphs: await readParagraphs(path), unread: []};
}

async function readParagraphs(path: string): Promise<Paragraph[]> {
  const bytes = await readFile(path).catch(error => {
    throw new CliError(`${path} cannot be read`, {cause: error, exitCode: 2});
  });
  const end = extname(path).toLowerCase();
  if (end === ".md" || end === ".txt") return paragraphsOfText(bytes.toString("utf8"));
  if (end !== ".pptx" && end !== ".docx")
    throw new CliError(`${path}: numbers are read in ${forms}. Save it as one of these`, {exitCode: 2});
  const entries = await readZip(bytes, newBudget()).catch(error => {
    throw new CliError(`${path} is not what its name says: it cannot be opened`, {cause: error});
  });
  return end === ".pptx" ? paragraphsOfDeck(entries) : paragraphsOfReport(entries);
}

const whys = {
  "no text": "no text, pictures alone",
  unreadable: "its letters have no meaning that can be read",
  damaged: "damaged"
} as const;

async function documentOfPdf(path: string): Promise<Document> {
  const {readPdf} = await import("./pdf/read-pdf.ts");
  const {paragraphs, unread, pages} = await readPdf(path).catch(error => {
    if (isFatal(error)) throw error;
    if (error instanceof FeedError) throw new CliError(`${path}: ${error.message}`, {cause: error});
    throw new CliError(`${path} cannot be read`, {cause: error, exitCode: 2});
  });
  if (unread.length === pages) {
    const what = unread.every(({why}) => why === "no text")
      ? "it holds pictures alone"
      : "none of its text can be read";
    throw new CliError(`${path}: ${what}, and nothing in it could be checked. Bring what it was made from: ${forms}`);
  }
  return {
    paragraphs: paragraphs.map(({page, text}) => ({place: `page ${page}`, text})),
    unread: unread.map(({page, why}) => ({text: `page ${page}: ${whys[why]}`, isFault: why !== "no text"}))
  };
}

async function paragraphsOfDeck(entries: readonly ZipEntry[]): Promise<Paragraph[]> {
  const parts = entries
    .map(entry => ({entry, match: /^ppt\/(slides|notesSlides)\/(?:slide|notesSlide)(\d+)\.xml$/.exec(entry.name)}))
    .flatMap(({entry, match}) =>
      match === null ? [] : [{entry, isNotes: match[1] === "notesSlides", number: Number(match[2])}]
    )
    .sort((a, b) => a.number - b.number || Number(a.isNotes) - Number(b.isNotes));
  const read = parts.map(async ({entry, isNotes, number}) =>
    paragraphsIn(String(await entry.read()), "a").map(text => ({
      place: isNotes ? `notes of slide ${number}` : `slide ${number}`,
      text
    }))
  );
  return (await Promise.all(read)).flat();
}

async function paragraphsOfReport(entries: readonly ZipEntry[]): Promise<Paragraph[]> {
  const parts = entries.filter(({name}) => /^word\/(document|footnotes|endnotes)\.xml$/.test(name));
  const texts = (await Promise.all(parts.map(async entry => paragraphsIn(String(await entry.read()), "w")))).flat();
  return texts.map((text, index) => ({place: `paragraph ${index + 1}`, text}));
}

/** The words of each paragraph of office markup, the runs of one put together: a number is often cut into several. A row of a table is one paragraph. */
function paragraphsIn(xml: string, prefix: "a" | "w"): string[] {
  const blocks =
    xml.match(new RegExp(`<${prefix}:tr[ >][\\s\\S]*?</${prefix}:tr>|<${prefix}:p[ >][\\s\\S]*?</${prefix}:p>`, "g")) ??
    [];
  return blocks
    .map(block => {
      const runs = block.matchAll(
        new RegExp(`<${prefix}:t(?: [^>]*)?>([^<]*)</${prefix}:t>|<(?:${prefix}:(?:br|tab)\\b|/${prefix}:tc>)`, "g")
      );
      return [...runs].map(([, text]) => (text === undefined ? " " : unescaped(text))).join("");
    })
    .filter(text => text.trim() !== "");
}

const named: Readonly<Record<string, string>> = {amp: "&", lt: "<", gt: ">", quot: '"', apos: "'"};

const unescaped = (text: string) =>
  text.replaceAll(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    if (name !== undefined) return named[name] ?? whole;
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
  });

/** Lines that follow each other are one paragraph; marks of Markdown are no words. */
function paragraphsOfText(text: string): Paragraph[] {
  const paragraphs: {place: string; lines: string[]}[] = [];
  let isNew = true;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const words = line.replaceAll(/^\s*(?:#+|[-*+>]|\d+[.)])\s+|[*_`|]+/g, " ").trim();
    const isOwn = /^\s*(?:#|[-*+>] |\d+[.)] |\|)/.test(line);
    if (words !== "" && (isNew || isOwn)) paragraphs.push({place: `line ${index + 1}`, lines: [words]});
    else if (words !== "") paragraphs.at(-1)?.lines.push(words);
    isNew = words === "" || /^\s*#/.test(line);
  }
  return paragraphs.map(({place, lines}) => ({place, text: lines.join(" ")}));
}
