import {cp, lstat, mkdir, readdir, readFile, rm} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {readArchive} from "../../src/archive/archive.ts";
import {readConfig} from "../../src/council/config.ts";
import {freezeEdition} from "../../src/editions/freeze.ts";
import {verifyEdition} from "../../src/editions/verify.mjs";
import {everythingPending, ingest} from "../../src/ingest/ingest.ts";
import {highestNumber, takeHold} from "../../src/programme/hold.ts";
import {localFolder, type Slot, takeSlot} from "../../src/programme/local-folder.ts";
import {withWarehouse} from "../../src/warehouse/warehouse.ts";
import {buildMarts, deliver, takeIn} from "../durability/folder.ts";
import {fixedEffects} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {keepShell} from "../support/kept-shell.ts";
import {flat, portalFile} from "../support/supplier-files.ts";
import {startFromEmpty} from "../support/warehouse.ts";

const [mpan] = mpans;
const now = () => new Date("2026-11-03T12:00:00Z");
const dayFile = (date: string) => portalFile("02/10/26 07:00", [{mpan, date, cells: flat(1)}]);

/** Works on a council as a worker does: in its own folder, under a hold. */
async function asWorker<T>(slot: Slot, root: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await localFolder(slot, root);
  await startFromEmpty(folder);
  const number = (await highestNumber(root)) + 1;
  const hold = await takeHold({root, folder, number, worker: slot.folder, now});
  try {
    return await work(folder);
  } finally {
    await hold.release();
  }
}

/** What lands of the archive in the warehouse of a folder, and what was said. */
async function catchUp(folder: string): Promise<{loads: number; told: string[]}> {
  const told: string[] = [];
  const loads = await withWarehouse(
    folder,
    async warehouse => {
      const done = await ingest(warehouse, everythingPending(folder), 1, fixedEffects());
      return done.loads.length;
    },
    words => told.push(words)
  );
  return {loads, told};
}

test("a worker takes in, builds and freezes in its own folder: all that it makes is in the shared one, but no warehouse", async () => {
  const root = await makeDataFolder();
  const cache = await makeDataFolder();
  await deliver(root, "first.csv", dayFile("2026-06-01"));
  const effects = fixedEffects();
  const one = await takeSlot(cache, "one");
  const two = await takeSlot(cache, "two");
  expect([one.folder, two.folder]).toEqual([join(cache, "1"), join(cache, "2")]);

  const before = await asWorker(one, root, async folder => {
    await withWarehouse(
      folder,
      async warehouse => {
        expect((await takeIn(warehouse, folder, effects)).loads.map(({outcome}) => outcome)).toEqual(["landed"]);
        await buildMarts(warehouse, folder, effects);
      },
      () => {}
    );
    await keepShell(folder);
    const frozen = await freezeEdition(await readConfig(folder, now()), {name: "first", status: "draft"}, effects);
    expect(frozen.isNew).toBe(true);
    return frozen.checkValue;
  });
  expect((await readdir(root)).sort()).toEqual([".holds", ".keys", "council", "editions", "inbox", "snapshots"]);
  expect(await readdir(join(root, ".holds"))).toEqual(["1.free"]);
  expect(await readdir(join(root, "editions"))).toEqual(["first"]);
  expect((await verifyEdition(join(root, "editions", "first"))).checkValue).toBe(before);
  expect((await readArchive(join(root, "snapshots"))).damages).toEqual([]);

  // Another worker has no warehouse yet, and lands what the archive holds; then the first one is behind.
  expect(await asWorker(two, root, catchUp)).toEqual({loads: 1, told: []});
  await deliver(root, "second.csv", dayFile("2026-06-02"));
  const older = join(cache, "older");
  await cp(join(root, "snapshots"), older, {recursive: true});
  await asWorker(two, root, folder =>
    withWarehouse(
      folder,
      async warehouse => expect((await takeIn(warehouse, folder, effects)).loads).toHaveLength(1),
      () => {}
    )
  );
  expect(await asWorker(one, root, catchUp)).toEqual({loads: 1, told: []});
  expect(await asWorker(one, root, catchUp)).toEqual({loads: 0, told: []});

  // An older copy of the archive in its place went on differently: the warehouse was made from another.
  await rm(join(root, "snapshots"), {recursive: true});
  await cp(older, join(root, "snapshots"), {recursive: true});
  await deliver(root, "second.csv", dayFile("2026-06-03"));
  const three = await takeSlot(cache, "three");
  await asWorker(three, root, folder =>
    withWarehouse(
      folder,
      async warehouse => void (await takeIn(warehouse, folder, effects)),
      () => {}
    )
  );
  const {loads, told} = await asWorker(one, root, catchUp);
  expect([loads, told]).toEqual([2, [expect.stringContaining("the warehouse was made from another archive")]]);

  // A part of the cache that was given back, or whose worker died, is the first that is used again.
  await one.leave();
  const again = await takeSlot(cache, "again");
  expect(again.folder).toBe(one.folder);
  for (const slot of [again, two, three]) await slot.leave();
});

test("what is no link in a worker's folder is not taken for the shared one", async () => {
  const [root, cache] = [await makeDataFolder(), await makeDataFolder()];
  const slot = await takeSlot(cache, "one");
  const folder = await localFolder(slot, root);
  expect((await lstat(join(folder, "snapshots"))).isSymbolicLink()).toBe(true);
  expect(await localFolder(slot, root)).toBe(folder);
  await rm(join(folder, "snapshots"));
  await mkdir(join(folder, "snapshots"));
  await expect(localFolder(slot, root)).rejects.toThrow(`${folder}/snapshots is no link`);
  await slot.leave();
  expect(await readFile(join(root, "council", "council.json"), "utf8")).toContain("Test Council");
});
