import * as spreadsheet from "@e965/xlsx";
import {FeedError, messageOf} from "../../errors.ts";
import {type Cell, countCells, type DateSystem, hasCells, type Rows, sheetCsv} from "./cells.ts";
import type {Budget} from "./limits.ts";
import type {OleStreams} from "./ole.ts";
import {cellRecordsOf} from "./xls.ts";
import {type BookXml, readBookXml, type SheetXml} from "./xlsx.ts";
import type {ZipEntry} from "./zip.ts";

/** One worksheet that has cells: as CSV, or why it is refused; and where its first formula stands, of which only the stored value is read. */
export interface Sheet {
  readonly name: string;
  readonly csv: Buffer | FeedError;
  readonly firstFormula: string | null;
}

/**
 * The worksheets of an xlsx workbook (an unpacked archive) that have cells. Throws `FeedError` where it may not or cannot be read. A formula is what it
 * last came to, as the workbook stores it.
 */
export async function readXlsx(entries: readonly ZipEntry[], budget: Budget): Promise<Sheet[]> {
  const book = await readBookXml(entries);
  const library = parse(bareWorkbook(book));
  const hasPictures = entries.some(({name}) => /\/(media|drawings)\//.test(name));
  const rowsOf = (_: SheetXml, index: number) => library.Sheets[`s${index + 1}`]?.["!data"];
  return sheetsOf(book.sheets, rowsOf, book.is1904, budget, hasPictures);
}

/**
 * The worksheets of an xls workbook (Excel 97 to 2003) that have cells. Throws `FeedError` where it may not or cannot be read. A sheet with formulas is
 * refused: what they last came to is not read from so old a form.
 */
export function readXls(streams: OleStreams, budget: Budget): Sheet[] {
  const {stream, sheets} = cellRecordsOf(workbookStream(streams));
  const library = parse(stream);
  const is1904 = library.Workbook?.WBProps?.date1904 === true;
  const rowsOf = ({name, firstFormula}: Expected) => {
    if (firstFormula !== null)
      throw new FeedError(`sheet ${name} holds a formula at ${firstFormula}: save it with values only`);
    return Object.hasOwn(library.Sheets, name) ? library.Sheets[name]?.["!data"] : undefined;
  };
  return sheetsOf(sheets, rowsOf, is1904, budget, false);
}

/** The stream of the workbook among those of an older Office file; everything else such a file may be is refused by what it is. */
function workbookStream(streams: OleStreams): Buffer {
  const is = (...names: string[]) => names.some(name => streams.has(name));
  if (is("EncryptedPackage", "EncryptionInfo"))
    throw new FeedError("the workbook needs a password: bring a copy that needs none");
  if (is("__properties_version1.0"))
    throw new FeedError("an Outlook message (msg): save it as eml, or bring its attachment");
  if (is("WordDocument")) throw new FeedError("a word processor's document, not a workbook");
  if (is("PowerPoint Document")) throw new FeedError("a presentation, not a workbook");
  if (is("_VBA_PROJECT_CUR")) throw new FeedError("the workbook holds macros: save it as xlsx, without them");
  const workbook = streams.get("Workbook");
  if (workbook) return workbook();
  if (is("Book")) throw new FeedError("a workbook older than Excel 97: save it as xlsx");
  throw new FeedError("an older Office file, not a workbook");
}

interface Expected {
  readonly name: string;
  readonly cells: number;
  readonly firstFormula: string | null;
}

function sheetsOf<Source extends Expected>(
  sources: readonly Source[],
  rowsOf: (source: Source, index: number) => Rows | undefined,
  is1904: boolean,
  budget: Budget,
  hasPictures: boolean
): Sheet[] {
  const names = sources.map(({name}) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new FeedError(`the workbook has two sheets with one name: ${twice}`);
  const dates = {is1904, isDateFormat};
  const sheets = sources.map((source, index) => sheetOf(source, () => rowsOf(source, index), dates, budget));
  const held = sheets.filter(sheet => sheet !== null);
  if (held.length === 0) throw new FeedError(`a workbook without any cells${hasPictures ? ", only pictures" : ""}`);
  return held;
}

/** A sheet that cannot be read is refused by itself, so that the others are not lost with it; a spent budget is the whole file's end. */
function sheetOf(expected: Expected, rows: () => Rows | undefined, dates: DateSystem, budget: Budget): Sheet | null {
  const {name, firstFormula} = expected;
  try {
    const cells = rows();
    if (cells === undefined || countCells(cells) < expected.cells)
      throw new FeedError(`sheet ${name} holds cells that cannot be read`);
    return hasCells(cells) ? {name, csv: sheetCsv(cells, dates, budget), firstFormula} : null;
  } catch (error) {
    if (!(error instanceof FeedError) || budget.isSpent()) throw error;
    return {name, csv: error, firstFormula};
  }
}

const isDateFormat = (format: string): boolean => spreadsheet.SSF.is_date(format);

interface LibraryBook {
  readonly Sheets: Readonly<Record<string, {readonly "!data"?: Cell[][]}>>;
  readonly Workbook?: {readonly WBProps?: {readonly date1904?: boolean}};
}

const builtInFormats: Readonly<Record<number, string>> = {...spreadsheet.SSF.get_table()};

/** Number formats are kept by the library from one workbook to the next: each begins with the built-in ones only. */
function forgetFormats(): void {
  const table: Record<string, string> = spreadsheet.SSF.get_table();
  for (const id of Object.keys(table)) delete table[id];
  Object.assign(table, builtInFormats);
}

function parse(bytes: Buffer): LibraryBook {
  forgetFormats();
  const options = {type: "buffer", dense: true, cellNF: true, cellText: false, cellHTML: false, cellFormula: false};
  try {
    return spreadsheet.read(bytes, options as spreadsheet.ParsingOptions) as unknown as LibraryBook;
  } catch (error) {
    throw new FeedError(`the workbook cannot be read: ${messageOf(error)}`, {cause: error});
  }
}

const spreadsheetml = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const officeTypes = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const packageTypes = "http://schemas.openxmlformats.org/package/2006";
const relationTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** A workbook of nothing but the cells of another, stored unpacked: what the library reads has been measured, and has no other part to trip it. */
function bareWorkbook({sheets, styles, strings, is1904}: BookXml): Buffer {
  const container = spreadsheet.CFB.utils.cfb_new();
  const put = (path: string, content: string | Buffer) =>
    spreadsheet.CFB.utils.cfb_add(container, path, Buffer.from(content as string, "utf8"));
  const parts = [
    ...sheets.map((_, index) => ({id: `s${index + 1}`, path: `worksheets/s${index + 1}.xml`, type: "worksheet"})),
    {id: "styles", path: "styles.xml", type: "styles"},
    {id: "strings", path: "sharedStrings.xml", type: "sharedStrings"}
  ];
  const overrides = parts.map(
    ({path, type}) => `<Override PartName="/xl/${path}" ContentType="${officeTypes}.${type}+xml"/>`
  );
  const main = `<Override PartName="/xl/workbook.xml" ContentType="${officeTypes}.sheet.main+xml"/>`;
  put("/[Content_Types].xml", `<Types xmlns="${packageTypes}/content-types">${main}${overrides.join("")}</Types>`);
  const list = sheets.map((_, at) => `<sheet name="s${at + 1}" sheetId="${at + 1}" r:id="s${at + 1}"/>`);
  put(
    "/xl/workbook.xml",
    `<workbook xmlns="${spreadsheetml}" xmlns:r="${relationTypes}"><workbookPr date1904="${is1904 ? 1 : 0}"/><sheets>${list.join("")}</sheets></workbook>`
  );
  const links = parts.map(
    ({id, path, type}) => `<Relationship Id="${id}" Type="${relationTypes}/${type}" Target="${path}"/>`
  );
  put(
    "/xl/_rels/workbook.xml.rels",
    `<Relationships xmlns="${packageTypes}/relationships">${links.join("")}</Relationships>`
  );
  put("/xl/styles.xml", styles ?? `<styleSheet xmlns="${spreadsheetml}"></styleSheet>`);
  put("/xl/sharedStrings.xml", strings ?? `<sst xmlns="${spreadsheetml}"></sst>`);
  sheets.forEach(({rows}, index) => {
    const xml = `<worksheet xmlns="${spreadsheetml}"><sheetData>${rows}</sheetData></worksheet>`;
    put(`/xl/worksheets/s${index + 1}.xml`, Buffer.from(xml, "latin1"));
  });
  return spreadsheet.CFB.write(container, {type: "buffer", fileType: "zip"});
}
