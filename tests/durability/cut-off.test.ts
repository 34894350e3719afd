import {copyFile, rm, truncate} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {fixedEffects} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {buildMarts, canonical, deliver, readMarts, takeIn, withWarehouse} from "./folder.ts";
import {type MixedFile, mixedFile, mixedMeters} from "./mixed-files.ts";

const filesOf = (count: number) => Array.from({length: count}, (_, number) => mixedFile(20261026, number));
const live = (folder: string) => join(folder, "warehouse", "canopy.duckdb");

/** Marts that between them say what is held of every half-hour, and of which load. */
const compared = ["meter_days", "data_coverage", "held_meters", "loads", "rejects"];

async function takeAllIn(folder: string, files: readonly MixedFile[]): Promise<string> {
  await bring(folder, files);
  const effects = fixedEffects();
  await withWarehouse(folder, warehouse => buildMarts(warehouse, folder, effects, compared));
  return canonical(await readMarts(folder, compared));
}

async function bring(folder: string, files: readonly MixedFile[]): Promise<void> {
  for (const {name, text} of files) await deliver(folder, name, text);
  await withWarehouse(folder, warehouse => takeIn(warehouse, folder, fixedEffects()));
}

/** DuckDB begins a file with three writes of 4096 bytes: a process that dies between them leaves one of these. */
test("a warehouse cut off in its first writes, at 0, 4096 or 8192 bytes, is made again", async () => {
  const folder = await makeDataFolder(mixedMeters.map(id => ({id})));
  const whole = await takeAllIn(folder, filesOf(4));
  for (const bytes of [0, 4096, 8192]) {
    await truncate(live(folder), bytes);
    await rm(join(folder, "warehouse", "published.duckdb"));
    expect(await takeAllIn(folder, []), `${bytes} bytes`).toBe(whole);
  }
});

test("an older warehouse put back beside a newer archive catches up", async () => {
  const folder = await makeDataFolder(mixedMeters.map(id => ({id})));
  const files = filesOf(8);
  await bring(folder, files.slice(0, 3));
  await copyFile(live(folder), join(folder, "kept.duckdb"));
  const whole = await takeAllIn(folder, files.slice(3));
  await copyFile(join(folder, "kept.duckdb"), live(folder));
  await rm(join(folder, "warehouse", "published.duckdb"));
  expect(await takeAllIn(folder, [])).toBe(whole);
});
