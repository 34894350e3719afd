import {constants} from "node:fs";
import {copyFile, mkdir, mkdtemp} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {openWarehouse, type Warehouse, warehousePaths} from "../../src/warehouse/warehouse.ts";

/** Opens the warehouse of a data folder. Nobody else works there, so that no place is taken: that costs more than opening it. */
export async function openTestWarehouse(folder: string): Promise<Warehouse> {
  await startFromEmpty(folder);
  return openWarehouse(folder, {take: async () => async () => {}});
}

/** Gives a folder that has no warehouse a copy of an empty one, which each process of tests makes once. */
export async function startFromEmpty(folder: string): Promise<void> {
  empty ??= makeEmpty();
  const {folder: home, live} = warehousePaths(folder);
  await mkdir(home, {recursive: true});
  await copyFile(await empty, live, constants.COPYFILE_EXCL).catch(error => {
    if (error.code !== "EEXIST") throw error;
  });
}

let empty: Promise<string> | undefined;

async function makeEmpty(): Promise<string> {
  const folder = await mkdtemp(join(process.env.CANOPY_TEST_SHARED ?? tmpdir(), "empty-"));
  await (await openWarehouse(folder)).close();
  return warehousePaths(folder).live;
}
