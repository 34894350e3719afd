import {readdir, rm} from "node:fs/promises";
import {join} from "node:path";
import type {WarehousePaths} from "./warehouse.ts";

/** What a name of something unfinished ends in: the process that makes it, so that what a dead one left can be told from what is being made. */
export const unfinished = () => `.${process.pid}.tmp`;

/** What the name of a folder for one piece of work begins with, within the warehouse's. */
export const workPrefix = (what: "query" | "trial") => `${what}-${process.pid}-`;

/** What one of our names says of the process that made it; null of any other name. */
function makerOf(name: string): number | null {
  const [, ofFile, ofFolder] = /\.(\d+)\.tmp$|^(?:query|trial)-(\d+)-\w{6}$/.exec(name) ?? [];
  const pid = ofFile ?? ofFolder;
  return pid === undefined ? null : Number(pid);
}

/** Whether something is unfinished and nobody works on it any more. */
export function isLeftBehind(name: string): boolean {
  const pid = makerOf(name);
  return pid !== null && pid !== process.pid && !isRunning(pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** What only the one writer makes, one at a time: whatever of these is there when it starts is left from one that was cut off. */
const ofTheWriter = /^(numbered\.csv|readable\.csv|part|duckdb_temp_.*|published\.duckdb\.tmp(\.wal)?)$/;

/** Removes from the warehouse's folder what processes that were cut off left unfinished. Only the one writer may call it, before it writes. */
export async function sweepWarehouse({folder, scratch}: Pick<WarehousePaths, "folder" | "scratch">): Promise<void> {
  for (const place of [folder, scratch]) {
    const names = await readdir(place);
    const stray = names.filter(name => ofTheWriter.test(name) || isLeftBehind(name));
    await Promise.all(stray.map(name => rm(join(place, name), {recursive: true, force: true})));
  }
}
