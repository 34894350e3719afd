import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll} from "vitest";
import type {Truth} from "../../src/illustrative/truth.ts";
import {writeIllustrativeEstate} from "../../src/illustrative/write.ts";
import {type FileBack, rereadFolder} from "./reread.ts";

/** An illustrative estate written for one test file, and removed after it. */
export interface Written {
  readonly folder: string;
  readonly inbox: string;
  readonly truthFile: string;
  readonly paths: readonly string[];
}

/** The estate and both accounts of it: the truth, and the files taken apart. */
export interface ReadBoth extends Written {
  readonly truth: Truth;
  readonly files: readonly FileBack[];
}

/** The seed of the shipped registers. */
export const SEED = 2018;

const homes: string[] = [];

afterAll(async () => {
  for (const home of homes) await rm(home, {recursive: true});
});

/** Writes the estate into a new folder. */
export async function writeEstate(seed = SEED): Promise<Written> {
  const home = await mkdtemp(join(tmpdir(), "illustrative-"));
  homes.push(home);
  const [inbox, truthFile] = [join(home, "inbox"), join(home, "truth.json")];
  const {files: paths} = await writeIllustrativeEstate({inbox, truthFile, seed});
  return {folder: join(inbox, "estate-energy"), inbox, truthFile, paths};
}

/** Writes the estate and reads both sides of it back. */
export async function writeAndReadEstate(): Promise<ReadBoth> {
  const written = await writeEstate();
  const truth = JSON.parse(await readFile(written.truthFile, "utf8"));
  return {...written, truth, files: await rereadFolder(written.folder)};
}
