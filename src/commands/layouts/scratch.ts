import {mkdir, mkdtemp, rm, stat} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {workPrefix} from "../../warehouse/sweep.ts";
import {warehousePaths} from "../../warehouse/warehouse.ts";

/** Works in a folder that nobody else sees and that is gone afterwards: within the data folder where a council is there, so that nothing leaves it. */
export async function withScratch<T>(dataFolder: string, work: (folder: string) => Promise<T>): Promise<T> {
  const isThere = await stat(join(dataFolder, "council", "council.json")).then(
    () => true,
    () => false
  );
  const parent = isThere ? warehousePaths(dataFolder).scratch : tmpdir();
  await mkdir(parent, {recursive: true, mode: 0o700});
  const folder = await mkdtemp(join(parent, workPrefix("trial")));
  try {
    return await work(folder);
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}
