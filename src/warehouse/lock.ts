import {realpathSync} from "node:fs";
import {link, mkdir, open, readFile, rename, rm, stat, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {DuckDBInstance} from "@duckdb/node-api";
import {CliError, isBusy, isDamaged} from "../errors.ts";
import {openingErrorOf} from "./connection.ts";
import {unfinished} from "./sweep.ts";

/** Places of which one process at a time has each: that of the one writer, that of the one scheduler, and that of the worker of a cache. */
export type Place = "writer" | "schedule" | "worker";

/** What the holder of a place says of itself. */
interface Held {
  readonly words: string;
}

/** The places that this process holds, by file. Within one process DuckDB's lock keeps nobody out, and a second opening would give it up. */
const heldHere = new Map<string, Held>();

/**
 * Takes a place of a data folder. The place is a small database of its own in a private folder of the data, opened for writing: the kernel gives the lock
 * on it back when this process dies, however it dies, and nobody who may not write there can take it. Returns what gives it up; null where another holds it.
 */
export async function takePlace(dataFolder: string, place: Place, words = ""): Promise<(() => Promise<void>) | null> {
  const path = pathOf(dataFolder, place);
  if (heldHere.has(path)) return null;
  heldHere.set(path, {words});
  try {
    await make(path);
    const instance = await openPlace(path, "READ_WRITE");
    if (instance === null) {
      heldHere.delete(path);
      return null;
    }
    await writeWords(path, words);
    return async () => {
      instance.closeSync();
      heldHere.delete(path);
    };
  } catch (error) {
    heldHere.delete(path);
    throw error;
  }
}

/** What the holder of a place says of itself; null where nobody holds it. Answers at once, whatever the holder does. */
export async function holderOf(dataFolder: string, place: Place): Promise<string | null> {
  const path = pathOf(dataFolder, place);
  const here = heldHere.get(path);
  if (here !== undefined) return here.words;
  const isThere = await stat(path).then(
    () => true,
    () => false
  );
  if (!isThere) return null;
  const instance = await openPlace(path, "READ_ONLY").catch(() => undefined);
  if (instance === null) return readFile(wordsPath(path), "utf8").catch(() => "");
  instance?.closeSync();
  return null;
}

/** Takes the one writer's place for a data folder. */
export async function takeWriterLock(dataFolder: string): Promise<() => Promise<void>> {
  const leave = await takePlace(dataFolder, "writer");
  if (leave === null) throw busy(dataFolder);
  return leave;
}

/** The error of a second writer. */
export function busy(folder: string, cause?: unknown): CliError {
  return new CliError(`another canopy is writing to ${folder}: wait for it to end, or stop it`, {code: "busy", cause});
}

const pathOf = (dataFolder: string, place: Place) => join(realpathSync(dataFolder), ".locks", `${place}.duckdb`);
const wordsPath = (path: string) => path.replace(/\.duckdb$/, ".txt");

/** Null where another process has it open. */
async function openPlace(path: string, access_mode: "READ_WRITE" | "READ_ONLY"): Promise<DuckDBInstance | null> {
  try {
    return await DuckDBInstance.create(path, {access_mode, threads: "1", memory_limit: "32MB"});
  } catch (thrown) {
    const error = openingErrorOf(thrown);
    if (isBusy(error)) return null;
    if (!isDamaged(error)) throw error;
    throw new CliError(`${path} is damaged: stop every canopy on this folder and delete it, it holds no data`, {
      cause: error
    });
  }
}

/** Makes the database of a place where there is none. It is whole before it has its name, and never written again. */
async function make(path: string): Promise<void> {
  await mkdir(dirname(path), {recursive: true, mode: 0o700});
  const isThere = await stat(path).then(
    () => true,
    () => false
  );
  if (isThere) return;
  const temporary = path + unfinished();
  await rm(temporary, {force: true});
  (await DuckDBInstance.create(temporary, {threads: "1", memory_limit: "32MB"})).closeSync();
  const file = await open(temporary, "r+");
  try {
    await file.chmod(0o600);
    await file.sync();
  } finally {
    await file.close();
  }
  await link(temporary, path).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === "EEXIST") return;
    await rename(temporary, path);
  });
  await rm(temporary, {force: true});
}

async function writeWords(path: string, words: string): Promise<void> {
  const temporary = wordsPath(path) + unfinished();
  await writeFile(temporary, words, {mode: 0o600});
  await rename(temporary, wordsPath(path));
}
