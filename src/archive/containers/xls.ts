import {FeedError} from "../../errors.ts";
import {plain} from "../../wording/numbers.ts";
import {cellName} from "./cells.ts";
import {mostCells} from "./limits.ts";

/** One worksheet as its records tell: how many cells hold a value, and where the first formula stands. */
export interface SheetRecords {
  readonly name: string;
  readonly cells: number;
  readonly firstFormula: string | null;
}

/** A workbook stream that holds nothing but cells, and what it should come to. */
export interface CellRecords {
  readonly stream: Buffer;
  readonly sheets: readonly SheetRecords[];
}

const [bof, eof, boundSheet, filePass, supBook, formula, mulRk] = [0x809, 0x0a, 0x85, 0x2f, 0x1ae, 0x06, 0xbd];
const [sharedStrings, continued] = [0xfc, 0x3c];
/** Number, RK, text by number, text, rich text, boolean or error. */
const cellRecords = new Set([0x203, 0x27e, 0xfd, 0x204, 0xd6, 0x205]);
/** What the cells need beside: code page, date system, cell formats, number formats. */
const formatRecords = new Set([0x42, 0x22, 0xe0, 0x41e]);
/** A record (a selection of cells) that the spreadsheet library passes over. */
const passedOver = 0x1d;
const excel97 = 0x0600;

interface BoundSheet {
  readonly start: number;
  readonly type: number;
  readonly name: string;
}

/**
 * Walks the records of a BIFF8 workbook stream (MS-XLS 2.1.4) and leaves only those of cells; drawings, links and formulas become records that are
 * passed over. Throws `FeedError` for what is older than Excel 97, cut off, protected by a password, or holds macros or links to other files.
 */
export function cellRecordsOf(source: Buffer): CellRecords {
  const stream = Buffer.from(source);
  const bounds: BoundSheet[] = [];
  const found = new Map<number, {cells: number; firstFormula: string | null}>();
  let [depth, at, start, isStrings, total] = [0, 0, 0, false, 0];
  while (at + 4 <= stream.length) {
    const [type, length] = [stream.readUInt16LE(at), stream.readUInt16LE(at + 2)];
    if (depth === 0 && type !== bof) break;
    const data = stream.subarray(at + 4, at + 4 + length);
    if (data.length < length) throw new FeedError("the workbook is not complete: ask for it again");
    if (type === bof) {
      if (depth === 0) {
        start = at;
        found.set(start, {cells: 0, firstFormula: null});
        if (length < 4 || data.readUInt16LE(0) !== excel97)
          throw new FeedError("a workbook older than Excel 97: save it as xlsx");
      }
      depth += 1;
    } else if (type === eof) depth -= 1;
    else if (depth === 1) {
      checkRecord(type, data);
      if (type === boundSheet) bounds.push(boundSheetOf(data));
      const sheet = found.get(start);
      const cells = cellsIn(type, length);
      total += cells;
      if (sheet) sheet.cells += cells;
      if (sheet && type === formula && length >= 4)
        sheet.firstFormula ??= cellName(data.readUInt16LE(0), data.readUInt16LE(2));
    }
    isStrings = depth === 1 && (type === sharedStrings || (type === continued && isStrings));
    const isKept = type === bof || type === eof || (depth === 1 && (isStrings || isNeeded(type)));
    if (!isKept) stream.writeUInt16LE(passedOver, at);
    at += 4 + length;
  }
  if (depth !== 0 || found.size === 0) throw new FeedError("the workbook is not complete: ask for it again");
  if (total > mostCells) throw new FeedError(`holds more than ${plain(mostCells)} cells`);
  return {stream: stream.subarray(0, at), sheets: worksheets(bounds, found)};
}

const isNeeded = (type: number) =>
  type === boundSheet || type === mulRk || cellRecords.has(type) || formatRecords.has(type);

/** A record of many numbers is row, first column, six bytes each, last column. */
function cellsIn(type: number, length: number): number {
  if (type === mulRk) return Math.max(0, Math.floor((length - 6) / 6));
  return cellRecords.has(type) ? 1 : 0;
}

function checkRecord(type: number, data: Buffer): void {
  if (type === filePass) throw new FeedError("the workbook needs a password: bring a copy that needs none");
  if (type !== supBook || data.length < 4) return;
  const [ownSheets, addIn] = [0x0401, 0x3a01];
  if (![ownSheets, addIn].includes(data.readUInt16LE(2)))
    throw new FeedError("the workbook takes values from other files: save it with values only");
}

function boundSheetOf(data: Buffer): BoundSheet {
  if (data.length < 8) throw new FeedError("the workbook is damaged: its list of sheets");
  const [length, isWide] = [data.readUInt8(6), (data.readUInt8(7) & 1) === 1];
  const name = isWide ? data.toString("utf16le", 8, 8 + length * 2) : data.toString("latin1", 8, 8 + length);
  const type = data.readUInt8(5);
  if (type === 1 || type === 6) throw new FeedError("the workbook holds macros: save it as xlsx, without them");
  return {start: data.readUInt32LE(0), type, name};
}

function worksheets(
  bounds: readonly BoundSheet[],
  found: ReadonlyMap<number, Omit<SheetRecords, "name">>
): SheetRecords[] {
  const starts = new Set(bounds.map(({start}) => start));
  if (starts.size < bounds.length) throw new FeedError("the workbook is damaged: two sheets in one place");
  return bounds
    .filter(({type}) => type === 0)
    .map(({start, name}) => {
      const records = found.get(start);
      if (!records) throw new FeedError(`the workbook is damaged: sheet ${name} is not where it should be`);
      return {name, ...records};
    });
}
