import {FeedError} from "../../errors.ts";
import {plain} from "../../wording/numbers.ts";
import {mostCells, mostWorkbookBytes} from "./limits.ts";
import {attributesOf, tagsOf} from "./xml.ts";
import type {ZipEntry} from "./zip.ts";

/** One worksheet of an xlsx workbook: its rows as XML (bytes as Latin-1), and what they should come to. */
export interface SheetXml {
  readonly name: string;
  readonly rows: string;
  /** Cells that have a value. */
  readonly cells: number;
  readonly firstFormula: string | null;
}

/** The parts of an xlsx workbook that its cells need; nothing else of it is looked at. */
export interface BookXml {
  readonly sheets: readonly SheetXml[];
  readonly styles: Buffer | null;
  readonly strings: Buffer | null;
  readonly is1904: boolean;
}

/** Whether an archive is an Office file: it has a list of what its parts are. */
export const isOfficeArchive = (entries: readonly ZipEntry[]) =>
  entries.some(({name}) => name.toLowerCase() === contentTypes);

const contentTypes = "[content_types].xml";

/**
 * Finds the worksheets of an xlsx workbook, hidden ones too (ECMA-376 part 1, 18.2 and 18.3). Throws `FeedError` for an Office file that is no
 * workbook, one with macros or links to other workbooks, and one whose XML is not what such a file holds.
 */
export async function readBookXml(entries: readonly ZipEntry[]): Promise<BookXml> {
  const parts = new Map(entries.map(entry => [entry.name.toLowerCase(), entry]));
  const types = overrides((await textOf(parts, contentTypes)) ?? "");
  checkOffice(types.map(({type}) => type).join(" "), [...parts.keys()]);
  const bookPath = workbookPath(types);
  const book = await textOf(parts, bookPath);
  if (book === null) throw new FeedError("a workbook without its list of sheets");
  const related = relations((await textOf(parts, relationsPath(bookPath))) ?? "", bookPath);
  const strings = await partOf(parts, related.find(({type}) => type === "sharedStrings")?.path);
  return {
    sheets: await worksheets(book, related, parts),
    styles: await partOf(parts, related.find(({type}) => type === "styles")?.path),
    strings: strings && regularStrings(strings),
    is1904: tagsOf(book, "workbookPr").some(tag => /^(1|true)$/.test(attributesOf(tag).get("date1904") ?? ""))
  };
}

function checkOffice(types: string, names: readonly string[]): void {
  const refuse = (words: string) => {
    throw new FeedError(words);
  };
  if (names.some(name => name.endsWith("vbaproject.bin") || /\/(macro|dialog)sheets\//.test(name)))
    refuse("the workbook holds macros: save it as xlsx, without them");
  if (/sheet\.binary/.test(types)) refuse("a binary workbook (xlsb): save it as xlsx");
  if (/macroEnabled|vbaProject/i.test(types)) refuse("the workbook holds macros: save it as xlsx, without them");
  if (/wordprocessingml/.test(types))
    refuse("a word processor's document, not a workbook: put its table into a workbook, save that and bring it");
  if (/presentationml/.test(types))
    refuse("a presentation, not a workbook: put its table into a workbook, save that and bring it");
  if (!/spreadsheetml/.test(types)) refuse("an Office file that is no workbook");
  if (names.some(name => name.includes("/externallinks/")))
    refuse("the workbook takes values from other files: save it with values only");
}

interface Override {
  readonly part: string;
  readonly type: string;
}

/** What each part is said to be. The defaults for an ending are not asked: writers list many that they do not use. */
function overrides(xml: string): Override[] {
  return tagsOf(xml, "Override").map(tag => {
    const {get} = attributesOf(tag);
    return {part: (get("PartName") ?? "").replace(/^\//, "").toLowerCase(), type: get("ContentType") ?? ""};
  });
}

function workbookPath(types: readonly Override[]): string {
  return types.find(({type}) => /spreadsheetml\.(sheet|template)\.main\+xml$/.test(type))?.part ?? "xl/workbook.xml";
}

function relationsPath(path: string): string {
  const slash = path.lastIndexOf("/") + 1;
  return `${path.slice(0, slash)}_rels/${path.slice(slash)}.rels`;
}

interface Relation {
  readonly id: string;
  /** The last word of its type: `worksheet`, `styles`. */
  readonly type: string;
  readonly path: string;
}

function relations(xml: string, from: string): Relation[] {
  return tagsOf(xml, "Relationship").map(tag => {
    const {get} = attributesOf(tag);
    const type = (get("Type") ?? "").split("/").at(-1) ?? "";
    return {id: get("Id") ?? "", type, path: resolved(get("Target") ?? "", from)};
  });
}

/** Where a target lies: from the root of the archive, or from the part that names it. */
function resolved(target: string, from: string): string {
  const steps = target.startsWith("/") ? [] : from.split("/").slice(0, -1);
  for (const step of target.split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "" && step !== ".") steps.push(step);
  }
  return steps.join("/").toLowerCase();
}

type Parts = ReadonlyMap<string, ZipEntry>;

async function worksheets(book: string, related: readonly Relation[], parts: Parts): Promise<SheetXml[]> {
  const sheets: SheetXml[] = [];
  let [bytes, cells] = [0, 0];
  for (const tag of tagsOf(book, "sheet")) {
    const {get, ending} = attributesOf(tag);
    const name = get("name") ?? "";
    const relation = related.find(({id}) => id === ending(":id"));
    if (/macrosheet/i.test(relation?.type ?? ""))
      throw new FeedError("the workbook holds macros: save it as xlsx, without them");
    if (relation && relation.type !== "worksheet") continue;
    const xml = await partOf(parts, relation?.path);
    if (xml === null) throw new FeedError(`the workbook is damaged: sheet ${name} is not in it`);
    bytes += xml.length;
    if (bytes > mostWorkbookBytes)
      throw new FeedError(`comes to more than ${mostWorkbookBytes >> 20} MB when unpacked`);
    const sheet = sheetOf(name, xml);
    cells += sheet.cells;
    if (cells > mostCells) throw new FeedError(`holds more than ${plain(mostCells)} cells`);
    sheets.push(sheet);
  }
  return sheets;
}

function sheetOf(name: string, bytes: Buffer): SheetXml {
  const xml = bytes.toString("latin1");
  const opening = [...xml.matchAll(/<(?:\w+:)?sheetData(?:\s[^<>]*?)?(\/?)>/g)];
  const [first] = opening;
  if (!first || opening.length > 1)
    throw new FeedError(`sheet ${name} cannot be read: it does not have exactly one table of cells`);
  const from = first.index + first[0].length;
  const end = first[1] ? from : xml.slice(from).search(/<\/(?:\w+:)?sheetData\s*>/);
  if (end < 0) throw new FeedError(`sheet ${name} is cut off`);
  const rows = first[1] ? "" : xml.slice(from, from + end);
  if (rows.includes("<!")) throw new FeedError(`sheet ${name} cannot be read: it holds something other than cells`);
  return {name, rows: datesAsText(rows), cells: valuesIn(rows), firstFormula: firstFormula(rows)};
}

/** How many cells have a value. */
const valuesIn = (rows: string) => timesIn(rows, /<(?:\w+:)?(?:v|is)(?:\s[^<>]*)?>(?!<\/)/g);

function timesIn(xml: string, pattern: RegExp): number {
  let times = 0;
  while (pattern.test(xml)) times += 1;
  return times;
}

/** The cell of the first formula, shared, array and data-table ones too. */
function firstFormula(rows: string): string | null {
  const at = rows.search(/<(?:\w+:)?f[\s>/]/);
  if (at < 0) return null;
  const cells = [
    ...rows.slice(Math.max(0, at - 4_000), at).matchAll(/<(?:\w+:)?c\s(?:[^<>]*\s)?r=["']([A-Z]+\d+)["']/g)
  ];
  return cells.at(-1)?.[1] ?? "an unnamed cell";
}

/** Cells that hold a date as ISO text become text, in the form that dates of the other kind are given: the library would make them bare numbers. */
function datesAsText(rows: string): string {
  return rows.replaceAll(
    /(<(?:\w+:)?c\s(?:[^<>]*\s)?t=)(["'])d\2([^<>]*>\s*<(?:\w+:)?v(?:\s[^<>]*)?>)([^<]*)/g,
    (_, start: string, quote: string, middle: string, date: string) =>
      `${start}${quote}str${quote}${middle}${date
        .trim()
        .replace("T", " ")
        .replace(/(:\d\d)\.0+$/, "$1")
        .replace(/ 00:00(:00)?$/, "")}`
  );
}

/**
 * The shared texts with each in the same tags: the library counts an empty `<si/>` as none, and every later text would move up by one. Throws
 * `FeedError` where the tags do not close one another.
 */
function regularStrings(bytes: Buffer): Buffer {
  const xml = bytes
    .toString("latin1")
    .replaceAll(/<(?:\w+:)?si(?:\s[^<>]*?)?\/>/g, "<si><t></t></si>")
    .replaceAll(/<(?:\w+:)?si\s[^<>]*>/g, "<si>");
  const tags = /<(\/?)(?:\w+:)?si>/g;
  let isOpen = false;
  for (let tag = tags.exec(xml); tag !== null; tag = tags.exec(xml)) {
    if (isOpen !== (tag[1] === "/")) throw new FeedError("the workbook's shared texts cannot be read");
    isOpen = !isOpen;
  }
  if (isOpen || xml.includes("<!--")) throw new FeedError("the workbook's shared texts cannot be read");
  return Buffer.from(xml, "latin1");
}

async function partOf(parts: Parts, path: string | undefined): Promise<Buffer | null> {
  const bytes = await parts.get(path ?? "")?.read();
  if (bytes === undefined) return null;
  const isWide = bytes.length > 1 && (bytes[0] === 0 || bytes[1] === 0 || bytes[0] === 0xff || bytes[0] === 0xfe);
  if (isWide) throw new FeedError("a workbook whose XML is not UTF-8");
  if (/<!(doctype|entity)/i.test(bytes.toString("latin1", 0, 4_096)))
    throw new FeedError("a workbook whose XML declares entities of its own");
  return bytes;
}

const textOf = async (parts: Parts, path: string) => (await partOf(parts, path))?.toString("utf8") ?? null;
