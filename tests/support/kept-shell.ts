import {copyFile, mkdir} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {readShell} from "../../src/publish/site-shell-cache.ts";
import {warehousePaths} from "../../src/warehouse/warehouse.ts";

/** Where the built page is kept for all tests of a machine: it is made of sources alone, by whose hash it is told from an older one. */
export const shellFolder = join(tmpdir(), "canopy-page-tests");

/** Gives a data folder the built page, as if it had published before, so that it is built once for all tests. */
export const keepShell = (folder: string): Promise<void> => keepShellIn(warehousePaths(folder).folder);

/** Gives a folder that keeps the built page the one that is kept for all tests. */
export async function keepShellIn(cacheFolder: string): Promise<void> {
  await readShell(shellFolder);
  await mkdir(cacheFolder, {recursive: true});
  await copyFile(join(shellFolder, "site-shell.json"), join(cacheFolder, "site-shell.json"));
}
