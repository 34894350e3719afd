import {FeedError} from "../../errors.ts";
import {checkName, kindOf, misnamed} from "./kind.ts";
import {type Budget, mostBytes, mostDepth, newBudget} from "./limits.ts";
import {readMessage} from "./message.ts";
import {baseName, endingOf} from "./names.ts";
import {openOle} from "./ole.ts";
import {readXls, readXlsx, type Sheet} from "./workbook.ts";
import {isOfficeArchive} from "./xlsx.ts";
import {readZip, type ZipEntry} from "./zip.ts";

/** One file or sheet at the end of whatever it was packed in. Reading it throws `FeedError` where it is refused by itself. */
export interface Leaf {
  readonly path: string;
  readonly fileName: string;
  readonly read: () => Promise<Buffer>;
  /** What is to be said of how it is read; null where there is nothing. */
  readonly note: string | null;
}

/** What a container holds directly. */
interface Held {
  readonly name: string;
  readonly read: () => Promise<Buffer>;
}

/** Between the names of a container and of what lies in it. */
export const within = " › ";

/** Opens a file to its leaves, whatever it is packed in; null where it is no container. Throws `FeedError` where it is refused as a whole. */
export async function openFile(bytes: Buffer, fileName: string, budget: Budget, depth = 1): Promise<Leaf[] | null> {
  const kind = kindOf(bytes);
  checkName(fileName, kind);
  if (kind.is === "plain") return null;
  if (kind.is === "other")
    throw new FeedError(
      `${kind.words}${kind.next === null ? ", which holds no data that can be read" : `: ${kind.next}`}`
    );
  if (kind.is === "ole") return sheetLeaves(fileName, readXls(openOle(bytes), budget));
  if (kind.is === "message") {
    checkDepth(depth);
    const files = await readMessage(bytes, budget);
    return leavesOf(
      files.map(({name, bytes: file}) => ({name, read: async () => file})),
      budget,
      depth
    );
  }
  const entries = await readZip(bytes, budget);
  await refuseOpenDocument(entries);
  refuseIwork(entries);
  const isOffice = isOfficeArchive(entries);
  if (isOffice && endingOf(fileName) === "zip") throw misnamed(fileName, "an Office file");
  if (!isOffice && endingOf(fileName) === "xlsx") throw misnamed(fileName, "a zip archive");
  if (isOffice) return sheetLeaves(fileName, await readXlsx(entries, budget));
  checkDepth(depth);
  if (entries.length === 0) throw new FeedError("an empty zip archive");
  return leavesOf(entries, budget, depth);
}

/**
 * The sheets of a workbook that a publisher made for reading, each as CSV: a formula is what it last came to. Throws `FeedError` where it is no
 * workbook, or may not or cannot be opened.
 */
export async function openWorkbook(bytes: Buffer, fileName: string): Promise<Sheet[]> {
  const [kind, budget] = [kindOf(bytes), newBudget()];
  checkName(fileName, {...kind, next: null});
  if (bytes.length > mostBytes) throw new FeedError(`larger than ${mostBytes >> 20} MB`);
  if (kind.is === "ole") return readXls(openOle(bytes), budget);
  if (kind.is !== "zip") throw new FeedError(`${kind.words}, not a workbook`);
  const entries = await readZip(bytes, budget);
  if (!isOfficeArchive(entries)) throw new FeedError("a zip archive, not a workbook");
  return readXlsx(entries, budget);
}

/** An OpenDocument file is a zip whose first entry says what it is. */
async function refuseOpenDocument(entries: readonly ZipEntry[]): Promise<void> {
  const entry = entries.find(({name}) => name === "mimetype");
  const type = entry === undefined ? "" : (await entry.read()).toString("latin1", 0, 200);
  if (!type.startsWith("application/vnd.oasis.opendocument")) return;
  if (type.includes("spreadsheet"))
    throw new FeedError("an OpenDocument spreadsheet: save it as .xlsx or CSV and bring that");
  const [, of] = Object.entries(openDocuments).find(([word]) => type.includes(word)) ?? [];
  throw new FeedError(
    `an OpenDocument ${of ?? "file that is no spreadsheet"}: put its table into a spreadsheet, save that as .xlsx or CSV and bring it`
  );
}

/** OpenDocument files that are no spreadsheets, by a word of their type. */
const openDocuments: Readonly<Record<string, string>> = {
  text: "text document",
  presentation: "presentation",
  graphics: "drawing",
  database: "database"
};

/** Numbers, Pages and Keynote keep their contents in archives of their own. */
function refuseIwork(entries: readonly ZipEntry[]): void {
  const names = entries.map(({name}) => name.toLowerCase());
  if (
    names.some(name => name.endsWith(".iwa")) ||
    (names.includes("index.zip") && names.some(name => name.endsWith(".plist")))
  )
    throw new FeedError("an Apple Numbers, Pages or Keynote file: export it as .xlsx or CSV and bring that");
}

function checkDepth(depth: number): void {
  if (depth > mostDepth) throw new FeedError(`archives within archives, more than ${mostDepth} deep`);
}

function sheetLeaves(fileName: string, sheets: readonly Sheet[]): Leaf[] {
  return sheets.map(({name, csv, firstFormula}) => ({
    path: name,
    note:
      firstFormula === null
        ? null
        : `its formulas are read by the values that the workbook stores, the first at ${firstFormula}`,
    fileName: `${baseName(fileName)}${within}${name}`,
    read: async () => {
      if (csv instanceof FeedError) throw csv;
      return csv;
    }
  }));
}

async function leavesOf(files: readonly Held[], budget: Budget, depth: number): Promise<Leaf[]> {
  const leaves: Leaf[] = [];
  for (const file of files) leaves.push(...(await leavesOfOne(file, budget, depth)));
  const paths = new Set(leaves.map(({path}) => path));
  if (paths.size < leaves.length) throw new FeedError("two of the files in it have the same name");
  return leaves;
}

/** One file of a container that is refused does not take the others with it, unless it passed the limits of all. */
async function leavesOfOne({name, read}: Held, budget: Budget, depth: number): Promise<Leaf[]> {
  const fileName = baseName(name);
  try {
    const inner = await openFile(await read(), fileName, budget, depth + 1);
    if (inner === null) return [{path: name, fileName, read, note: null}];
    return inner.map(leaf => ({...leaf, path: `${name}${within}${leaf.path}`}));
  } catch (error) {
    if (!(error instanceof FeedError) || budget.isSpent()) throw error;
    return [{path: name, fileName, read: () => Promise.reject(error), note: null}];
  }
}
