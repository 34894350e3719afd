import {createHash} from "node:crypto";
import {readdir, readFile, stat} from "node:fs/promises";
import {dirname, join, relative} from "node:path";
import {fileURLToPath} from "node:url";
import type {Recipe} from "./invent-files.ts";
import {readIfThere, writeIfNew} from "./write-if-new.ts";

/** What a stamp says was written: by which generator, and how each file looked then. */
interface Stamp {
  /** Hash of the generator's own sources and the recipe. */
  readonly generator: string;
  readonly truth: FileLook;
  readonly files: readonly FileLook[];
}

/** A file as it looks from outside. */
interface FileLook {
  /** From the folder of the truth. */
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs: number;
}

/** Files that have been written. */
export interface Stamped {
  readonly truthFile: string;
  readonly files: readonly string[];
}

const SOURCES = fileURLToPath(new URL(".", import.meta.url));
const ENDING = ".stamp";

/** The files that an earlier call wrote, if the generator, the recipe and every one of them are as they were; else null. */
export async function readStamp(truthFile: string, recipe: Recipe): Promise<readonly string[] | null> {
  const home = dirname(truthFile);
  const text = (await readIfThere(stampFile(truthFile)))?.toString();
  const stamp = text === undefined ? null : parse(text);
  if (stamp === null || stamp.generator !== (await fingerprint(recipe))) return null;
  const isAsItWas = await Promise.all([stamp.truth, ...stamp.files].map(told => looksTheSame(home, told)));
  return isAsItWas.every(Boolean) ? stamp.files.map(({path}) => join(home, path)) : null;
}

/** Notes that every file has been written. */
export async function writeStamp({truthFile, files}: Stamped, recipe: Recipe): Promise<void> {
  const home = dirname(truthFile);
  const paths = [truthFile, ...files].map(path => relative(home, path));
  const [truth, ...rest] = await Promise.all(paths.map(path => look(home, path)));
  const stamp = {generator: await fingerprint(recipe), truth, files: rest};
  await writeIfNew(stampFile(truthFile), JSON.stringify(stamp));
}

function stampFile(truthFile: string): string {
  return truthFile + ENDING;
}

/** A stamp that was cut short, or that another generator wrote, says nothing. */
function parse(text: string): Stamp | null {
  try {
    const stamp = JSON.parse(text);
    return typeof stamp?.generator === "string" && stamp.truth && Array.isArray(stamp.files) ? stamp : null;
  } catch {
    return null;
  }
}

async function fingerprint({seed, faults}: Recipe): Promise<string> {
  const names = (await readdir(SOURCES, {recursive: true})).filter(name => name.endsWith(".ts")).sort();
  const sources = await Promise.all(names.map(name => readFile(join(SOURCES, name))));
  const sum = createHash("sha256").update(`${seed} ${faults}`);
  for (const [index, source] of sources.entries()) sum.update(`\n${names[index]}\n`).update(source);
  return sum.digest("hex");
}

async function looksTheSame(home: string, told: FileLook): Promise<boolean> {
  const found = await look(home, told.path).catch(() => null);
  return found !== null && found.bytes === told.bytes && found.modifiedMs === told.modifiedMs;
}

async function look(home: string, path: string): Promise<FileLook> {
  const {size, mtimeMs} = await stat(join(home, path));
  return {path, bytes: size, modifiedMs: mtimeMs};
}
