import {spawnSync} from "node:child_process";
import {mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import type {Random} from "../../src/illustrative/random.ts";

/** One change to the files of a folder, in the order in which a process made them. */
export type Change =
  | {readonly what: "create" | "sync" | "remove"; readonly path: string}
  | {readonly what: "write"; readonly path: string; readonly offset: number; readonly bytes: Buffer}
  | {readonly what: "cut"; readonly path: string; readonly size: number}
  | {readonly what: "rename"; readonly path: string; readonly to: string};

/** Compiles what notes changes; null where there is no compiler. */
export function compileNotes(folder: string): string | null {
  const library = join(folder, "power-cut.so");
  const source = new URL("power-cut.c", import.meta.url).pathname;
  const {status} = spawnSync("gcc", ["-O1", "-shared", "-fPIC", "-o", library, source, "-ldl", "-lpthread"]);
  return status === 0 ? library : null;
}

/** The notes that `power-cut.c` wrote. */
export function readChanges(log: string): Change[] {
  const bytes = readFileSync(log);
  const changes: Change[] = [];
  for (let at = 0; at < bytes.length; ) {
    const what = String.fromCharCode(bytes[at] ?? 0);
    const [first, second] = [bytes.readUInt32LE(at + 1), bytes.readUInt32LE(at + 5)];
    const offset = Number(bytes.readBigInt64LE(at + 9));
    const length = bytes.readUInt32LE(at + 17);
    const start = at + 21;
    const path = bytes.toString("utf8", start, start + first);
    const to = bytes.toString("utf8", start + first, start + first + second);
    const data = bytes.subarray(start + first + second, start + first + second + length);
    at = start + first + second + length;
    if (what === "W") changes.push({what: "write", path, offset, bytes: data});
    else if (what === "T") changes.push({what: "cut", path, size: offset});
    else if (what === "R") changes.push({what: "rename", path, to});
    else changes.push({what: what === "C" ? "create" : what === "S" ? "sync" : "remove", path});
  }
  return changes;
}

/**
 * What of the changes a disk holds when the power goes: `ordered`, all until then; `unsynced dropped`, of each file what it was when it was last synced, and
 * of names those that were synced with the file or its folder; `torn`, of what was not synced, each part of a write by chance, and names as they were.
 */
export const losses = ["ordered", "unsynced dropped", "torn"] as const;
export type Loss = (typeof losses)[number];

/** A file, whatever its name: what it holds, what of it is synced, and the changes since. */
interface Inode {
  bytes: Buffer;
  synced: Buffer | null;
  since: Change[];
}

const inode = (): Inode => ({bytes: Buffer.alloc(0), synced: null, since: []});

function change(bytes: Buffer, made: Change): Buffer {
  if (made.what === "cut") {
    const cut = Buffer.alloc(made.size);
    bytes.copy(cut, 0, 0, made.size);
    return cut;
  }
  if (made.what !== "write") return bytes;
  const end = made.offset + made.bytes.length;
  const grown = end > bytes.length ? Buffer.concat([bytes, Buffer.alloc(end - bytes.length)]) : bytes;
  made.bytes.copy(grown, made.offset);
  return grown;
}

/** The files of a folder as the disk holds them where the power went after so many changes. */
export function imageAt(changes: readonly Change[], count: number, loss: Loss, random: Random): Map<string, Buffer> {
  const names = new Map<string, Inode>();
  const synced = new Map<string, Inode>();
  for (const made of changes.slice(0, count)) apply(made, names, synced);
  if (loss === "ordered") return new Map([...names].map(([path, {bytes}]) => [path, bytes]));
  if (loss === "unsynced dropped")
    return new Map([...synced].map(([path, each]) => [path, each.synced ?? Buffer.alloc(0)]));
  return new Map([...names].map(([path, each]) => [path, torn(each, random)]));
}

function apply(made: Change, names: Map<string, Inode>, synced: Map<string, Inode>): void {
  const {path} = made;
  const known = names.get(path);
  switch (made.what) {
    case "create":
      names.set(path, inode());
      return;
    case "write":
    case "cut": {
      const file = known ?? inode();
      names.set(path, file);
      file.bytes = change(file.bytes, made);
      file.since.push(made);
      return;
    }
    case "sync":
      if (known !== undefined) {
        known.synced = Buffer.from(known.bytes);
        known.since = [];
        synced.set(path, known);
      } else syncNames(path, names, synced);
      return;
    case "rename":
      if (known === undefined) return;
      names.set(made.to, known);
      names.delete(path);
      return;
    case "remove":
      names.delete(path);
  }
}

/** A folder is synced: its names are on the disk as they are. */
function syncNames(folder: string, names: ReadonlyMap<string, Inode>, synced: Map<string, Inode>): void {
  const isIn = (path: string) => dirname(path) === folder;
  for (const path of [...synced.keys()]) if (isIn(path) && !names.has(path)) synced.delete(path);
  for (const [path, file] of names) if (isIn(path)) synced.set(path, file);
}

function torn({synced, since}: Inode, random: Random): Buffer {
  let bytes: Buffer = Buffer.from(synced ?? Buffer.alloc(0));
  for (const made of since) {
    const chance = random();
    if (chance < 0.4) continue;
    const isHalf = made.what === "write" && chance < 0.6;
    bytes = change(
      bytes,
      isHalf ? {...made, bytes: made.bytes.subarray(0, Math.trunc(made.bytes.length * random()))} : made
    );
  }
  return bytes;
}

/** Puts an image on the disk. */
export function writeImage(folder: string, image: ReadonlyMap<string, Buffer>): void {
  for (const [path, bytes] of image) {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), bytes);
  }
}
