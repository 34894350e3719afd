import {crc32, deflateRawSync} from "node:zlib";

/** An entry of a zip archive to be written, with whatever lies it is to tell. */
export interface Packed {
  readonly name: string;
  readonly data?: string | Buffer;
  readonly isStored?: boolean;
  /** Said in the directory in place of the truth. */
  readonly says?: {packed?: number; unpacked?: number; crc?: number; method?: number};
  readonly flags?: number;
  /** Unix type and permissions, as a symbolic link has 0o120777. */
  readonly mode?: number;
  readonly localName?: string;
  readonly extra?: Buffer;
}

/** A zip archive, byte by byte. `counts` is how many entries the end of the directory says there are. */
export function zipFile(entries: readonly Packed[], {counts = entries.length} = {}): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const data = Buffer.from(entry.data ?? "");
    const body = entry.isStored ? data : deflateRawSync(data);
    const method = entry.says?.method ?? (entry.isStored ? 0 : 8);
    const flags = 0x800 | (entry.flags ?? 0);
    const sizes = [
      entry.says?.crc ?? crc32(data),
      entry.says?.packed ?? body.length,
      entry.says?.unpacked ?? data.length
    ];
    const localName = Buffer.from(entry.localName ?? entry.name);
    const local = Buffer.concat([
      ints(
        [0x04034b50, 4],
        [20, 2],
        [flags, 2],
        [method, 2],
        [0, 4],
        ...sizes.map(four),
        [localName.length, 2],
        [0, 2]
      ),
      localName,
      body
    ]);
    const name = Buffer.from(entry.name);
    const extra = entry.extra ?? Buffer.alloc(0);
    directory.push(
      ints([0x02014b50, 4], [0x0314, 2], [20, 2], [flags, 2], [method, 2], [0, 4], ...sizes.map(four), [
        name.length,
        2
      ]),
      ints([extra.length, 2], [0, 2], [0, 2], [0, 2], [((entry.mode ?? 0o100644) << 16) >>> 0, 4], [offset, 4]),
      name,
      extra
    );
    locals.push(local);
    offset += local.length;
  }
  const size = Buffer.concat(directory).length;
  return Buffer.concat([
    ...locals,
    ...directory,
    ints([0x06054b50, 4], [0, 2], [0, 2], [counts, 2], [counts, 2], [size, 4], [offset, 4], [0, 2])
  ]);
}

const four = (value: number) => [value, 4] as const;

/** Little-endian integers, each with its width in bytes. */
export function ints(...fields: readonly (readonly [value: number | bigint, width: number])[]): Buffer {
  return Buffer.concat(
    fields.map(([value, width]) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(BigInt(value));
      return bytes.subarray(0, width);
    })
  );
}
