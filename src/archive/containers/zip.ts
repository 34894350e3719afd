import {crc32} from "node:zlib";
import {type Entry, fromBufferPromise, getFileNameLowLevel, type LocalFileHeader, type ZipFile} from "yauzl";
import {FeedError, messageOf} from "../../errors.ts";
import {type Budget, checkGrowth} from "./limits.ts";
import {entryNameProblem, isHousekeeping, tidyEntryName} from "./names.ts";

/** One file in a zip archive. `name` is its path there; reading it unpacks it and checks its size and checksum. */
export interface ZipEntry {
  readonly name: string;
  readonly read: () => Promise<Buffer>;
}

/**
 * The files of a zip archive, in the order of its directory, without what a computer keeps for itself. Nothing is unpacked yet, but all that the
 * directory says is checked: names, sizes against the budget, that no two entries share bytes, and that directory and entries agree. Throws
 * `FeedError`. After APPNOTE.TXT 6.3.10, and "A better zip bomb" (Fifield, 2019) for overlapping entries.
 */
export async function readZip(bytes: Buffer, budget: Budget): Promise<ZipEntry[]> {
  try {
    const zip = await fromBufferPromise(bytes, {decodeStrings: false, validateEntrySizes: true});
    const directoryStart = cursorOf(zip);
    budget.spend({entries: zip.entryCount});
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(entry);
    checkDirectoryEnd(bytes, cursorOf(zip));
    const named = entries.map(entry => ({entry, name: checkedName(entry)}));
    await checkRanges(zip, entries, directoryStart);
    return keptEntries(zip, named, budget);
  } catch (error) {
    throw asFeedError(error);
  }
}

function keptEntries(zip: ZipFile, named: readonly {entry: Entry; name: string}[], budget: Budget): ZipEntry[] {
  const files = named.filter(({entry, name}) => !isFolder(entry, name) && !isHousekeeping(name));
  for (const {entry, name} of files) checkEntry(entry, name);
  checkDistinct(files.map(({name}) => tidyEntryName(name)));
  checkGrowth(sum(files, "compressedSize"), sum(files, "uncompressedSize"));
  budget.spend({bytes: sum(files, "uncompressedSize")});
  return files.map(({entry, name}) => ({name: tidyEntryName(name), read: () => unpack(zip, entry, name)}));
}

const sum = (files: readonly {entry: Entry}[], size: "compressedSize" | "uncompressedSize") =>
  files.reduce((total, {entry}) => total + entry[size], 0);

/** Where the library stands in the directory: a byte offset, whatever its types say. */
const cursorOf = (zip: ZipFile) => Number(zip.readEntryCursor);

const isFolder = (entry: Entry, name: string) => name.endsWith("/") && entry.uncompressedSize === 0;

function checkedName(entry: Entry): string {
  const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
  const problem = entryNameProblem(name);
  if (problem) throw new FeedError(`the zip file holds ${problem}`);
  return name;
}

/** After the last entry comes the end of the directory; if not, it holds more entries than it counts. */
function checkDirectoryEnd(bytes: Buffer, end: number): void {
  const mark = end + 4 <= bytes.length ? bytes.readUInt32LE(end) : 0;
  if (![0x06054b50, 0x06064b50, 0x05054b50].includes(mark))
    throw new FeedError("the zip file holds more entries than it counts");
}

const [typeBits, linkType, fileType, folderType] = [0o170000, 0o120000, 0o100000, 0o040000];

function checkEntry(entry: Entry, name: string): void {
  if (entry.isEncrypted())
    throw new FeedError(`the zip file needs a password: bring the files that are in it: ${name}`);
  if (!entry.canDecodeFileData())
    throw new FeedError(`packed by a method that canopy does not open (method ${entry.compressionMethod}): ${name}`);
  const type = (entry.externalFileAttributes >>> 16) & typeBits;
  if (type === linkType) throw new FeedError(`the zip file holds a link to another file: ${name}`);
  if (![0, fileType, folderType].includes(type))
    throw new FeedError(`the zip file holds something that is not a file: ${name}`);
  checkGrowth(entry.compressedSize, entry.uncompressedSize);
}

function checkDistinct(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new FeedError(`the zip file holds two entries with one name: ${twice}`);
}

/** Each entry has bytes of its own, before the directory, under the name that the directory gives. */
async function checkRanges(zip: ZipFile, entries: readonly Entry[], directoryStart: number): Promise<void> {
  const ranges: {start: number; end: number}[] = [];
  for (const entry of entries) {
    const local: LocalFileHeader = await zip.readLocalFileHeaderPromise(entry);
    if (!local.fileName.equals(entry.fileNameRaw) || local.compressionMethod !== entry.compressionMethod)
      throw new FeedError("the zip file is damaged: an entry is not what its directory says");
    ranges.push({start: entry.relativeOffsetOfLocalHeader, end: local.fileDataStart + entry.compressedSize});
  }
  ranges.sort((a, b) => a.start - b.start);
  const isOverlapping = ranges.some(({end}, index) => end > (ranges[index + 1]?.start ?? directoryStart));
  if (isOverlapping) throw new FeedError("the zip file is not safe: its entries overlap");
}

async function unpack(zip: ZipFile, entry: Entry, name: string): Promise<Buffer> {
  try {
    const pieces: Buffer[] = [];
    let size = 0;
    for await (const piece of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > entry.uncompressedSize) throw new FeedError(`larger than the zip file says: ${name}`);
      pieces.push(piece);
    }
    const whole = Buffer.concat(pieces);
    if (size !== entry.uncompressedSize) throw new FeedError(`smaller than the zip file says: ${name}`);
    if (crc32(whole) !== entry.crc32) throw new FeedError(`damaged: the checksum does not agree: ${name}`);
    return whole;
  } catch (error) {
    throw asFeedError(error, name);
  }
}

function asFeedError(error: unknown, name?: string): FeedError {
  if (error instanceof FeedError) return error;
  const place = name === undefined ? "" : ` at ${name}`;
  return new FeedError(`cannot be opened as a zip archive${place}: ${messageOf(error)}`, {cause: error});
}
