import {FeedError} from "../../errors.ts";

/** The streams at the root of a compound file (the older Office formats), by name; reading one follows its chain of sectors. */
export type OleStreams = ReadonlyMap<string, () => Buffer>;

interface Sectors {
  readonly chain: (start: number) => Buffer;
}

/** Marks in place of a sector's number: the chain ends, or there is none. */
const firstMark = 0xfffffffa;
const noEntry = 0xffffffff;
const entryBytes = 128;

/**
 * Opens a compound file (MS-CFB). Chains that run in a circle or leave the file throw `FeedError`: the spreadsheet library follows them without
 * end, so it is given the stream, never the file.
 */
export function openOle(bytes: Buffer): OleStreams {
  if (bytes.length < 1536) throw new FeedError("the Office file is not complete: ask for it again");
  const shift = bytes.readUInt16LE(30);
  if (shift !== 9 && shift !== 12) throw new FeedError("an older Office file that is damaged: sector size");
  const size = 1 << shift;
  const fat = tableOf(bytes, size);
  const most = Math.ceil(bytes.length / size);
  const sectors = {chain: (start: number) => follow(start, fat, size, most, index => sectorOf(bytes, size, index))};
  const directory = sectors.chain(bytes.readUInt32LE(48));
  const root = entryOf(directory, 0);
  const mini = () => miniSectors(bytes, sectors, root);
  const cutoff = bytes.readUInt32LE(56);
  const streams = new Map<string, () => Buffer>();
  for (const index of childrenOf(directory, root.child)) {
    const {name, type, start, length} = entryOf(directory, index);
    const isMini = length < cutoff;
    if (type === 2) streams.set(name, () => cut((isMini ? mini() : sectors).chain(start), length));
    if (type === 1) streams.set(name, () => Buffer.alloc(0));
  }
  return streams;
}

function cut(chain: Buffer, length: number): Buffer {
  if (length > chain.length) throw new FeedError("the Office file is not complete: ask for it again");
  return chain.subarray(0, length);
}

function sectorOf(bytes: Buffer, size: number, index: number): Buffer {
  const start = (index + 1) * size;
  if (start >= bytes.length) throw new FeedError("the Office file is not complete: ask for it again");
  return bytes.subarray(start, start + size);
}

/** The table that says which sector follows which: its sectors are listed in the header and, for large files, in a chain of lists. */
function tableOf(bytes: Buffer, size: number): Buffer {
  const most = Math.ceil(bytes.length / size);
  const listed = Array.from({length: 109}, (_, index) => bytes.readUInt32LE(76 + index * 4));
  let next = bytes.readUInt32LE(68);
  for (let lists = 0; next < firstMark && lists <= most; lists += 1) {
    const list = sectorOf(bytes, size, next);
    if (list.length < size) throw new FeedError("the Office file is not complete: ask for it again");
    for (let at = 0; at < size - 4; at += 4) listed.push(list.readUInt32LE(at));
    next = list.readUInt32LE(size - 4);
  }
  const used = listed.filter(index => index < firstMark);
  if (used.length > most)
    throw new FeedError("an older Office file that is damaged: its table is larger than the file");
  return Buffer.concat(used.map(index => sectorOf(bytes, size, index)));
}

/** The sectors of a chain, joined; `most` is how many there are in all. Only the last of a file may be short of its size. */
function follow(start: number, table: Buffer, size: number, most: number, sector: (index: number) => Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let index = start; index < firstMark; index = table.readUInt32LE(index * 4)) {
    if (index * 4 + 4 > table.length)
      throw new FeedError("an older Office file that is damaged: a chain leaves the file");
    if (pieces.length >= most) throw new FeedError("an older Office file that is damaged: its sectors run in a circle");
    if ((pieces.at(-1)?.length ?? size) < size)
      throw new FeedError("the Office file is not complete: ask for it again");
    pieces.push(sector(index));
  }
  return Buffer.concat(pieces);
}

/** Short streams lie in 64-byte pieces of one stream, the root's. */
function miniSectors(bytes: Buffer, sectors: Sectors, root: {start: number}): Sectors {
  const whole = sectors.chain(root.start);
  const table = sectors.chain(bytes.readUInt32LE(60));
  const piece = (index: number) => whole.subarray(index * 64, index * 64 + 64);
  return {chain: start => follow(start, table, 64, Math.ceil(whole.length / 64), piece)};
}

function entryOf(directory: Buffer, index: number) {
  const at = index * entryBytes;
  if (at + entryBytes > directory.length) throw new FeedError("an older Office file that is damaged: its directory");
  const nameBytes = Math.min(Math.max(directory.readUInt16LE(at + 64) - 2, 0), 62);
  return {
    name: directory.toString("utf16le", at + 64 - 64, at + nameBytes),
    type: directory.readUInt8(at + 66),
    left: directory.readUInt32LE(at + 68),
    right: directory.readUInt32LE(at + 72),
    child: directory.readUInt32LE(at + 76),
    start: directory.readUInt32LE(at + 116),
    length: directory.readUInt32LE(at + 120)
  };
}

/** The entries of one storage, which are a tree. */
function childrenOf(directory: Buffer, top: number): number[] {
  const seen = new Set<number>();
  const waiting = [top];
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    if (index === noEntry || seen.has(index)) continue;
    seen.add(index);
    const {left, right} = entryOf(directory, index);
    waiting.push(left, right);
  }
  return [...seen];
}
