import {constants, crc32, deflateRawSync, inflateRawSync} from "node:zlib";

/** One file within a package. */
export interface Part {
  readonly path: string;
  readonly bytes: Buffer;
}

/** Midnight of 1 January 1980, the first moment that a zip can tell: parts have no time of their own, so that the same parts give the same bytes. */
const noTime = {time: 0, date: 0x21};

/** The files of a zip that this process has just made: no archive from outside, so nothing is guarded against. */
export function readZip(zip: Buffer): Part[] {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const count = zip.readUInt16LE(end + 10);
  const parts: Part[] = [];
  for (let i = 0, at = zip.readUInt32LE(end + 16); i < count; i++) {
    const [method, packed] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map(offset => zip.readUInt16LE(at + offset)) as [
      number,
      number,
      number
    ];
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const path = zip.toString("utf8", at + 46, at + 46 + name);
    const data = zip.subarray(start, start + packed);
    if (!path.endsWith("/")) parts.push({path, bytes: method === 0 ? Buffer.from(data) : inflateRawSync(data)});
    at += 46 + name + extra + comment;
  }
  return parts;
}

/** A zip of these files in this order. Run lengths alone are packed: full matching may find other matches, and so give other bytes, on another processor. */
export function writeZip(parts: readonly Part[]): Buffer {
  const [files, entries]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const {path, bytes} of parts) {
    const packed = deflateRawSync(bytes, {strategy: constants.Z_RLE});
    const name = Buffer.from(path, "utf8");
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt16LE(noTime.time, 6);
    common.writeUInt16LE(noTime.date, 8);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    files.push(Buffer.from([0x50, 0x4b, 3, 4]), common, name, packed);
    entries.push(Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), common, tail, name);
    offset += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.set([0x50, 0x4b, 5, 6]);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, directory, end]);
}
