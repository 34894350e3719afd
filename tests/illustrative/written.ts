import {mkdtemp, readFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {Truth} from "../../src/illustrative/truth.ts";
import {writeIllustrativeEstate} from "../../src/illustrative/write.ts";
import {type FileBack, rereadFolder} from "./reread.ts";

/** An illustrative estate written for one test file. */
export interface Written {
  readonly folder: string;
  readonly inbox: string;
  readonly truthFile: string;
  readonly paths: readonly string[];
  readonly truth: Truth;
  readonly files: readonly FileBack[];
}

/** The seed of the shipped registers. */
export const SEED = 2018;

/** Writes the estate into a new folder and reads both sides of it back. */
export async function writeEstate(seed = SEED): Promise<Written> {
  const home = await mkdtemp(join(tmpdir(), "illustrative-"));
  const [inbox, truthFile] = [join(home, "inbox"), join(home, "truth.json")];
  const {files: paths} = await writeIllustrativeEstate({inbox, truthFile, seed});
  const folder = join(inbox, "estate-energy");
  const truth = JSON.parse(await readFile(truthFile, "utf8"));
  return {folder, inbox, truthFile, paths, truth, files: await rereadFolder(folder)};
}
