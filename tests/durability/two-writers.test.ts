import {mkdir} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {fixedEffects} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {expectWhole, lookAt} from "./after-kill.ts";
import {type Ended, firstChange, runCanopy, startCanopy} from "./command.ts";
import {buildMarts, deliver, takeIn, withWarehouse} from "./folder.ts";
import {type MixedFile, mixedFile, mixedMeters} from "./mixed-files.ts";

const filesOf = (count: number) => Array.from({length: count}, (_, number) => mixedFile(20261025, number));

/** A folder whose first file is in the published marts while the rest wait in the inbox. */
async function folderWith([first, ...others]: readonly MixedFile[]): Promise<string> {
  const folder = await makeDataFolder(mixedMeters.map(id => ({id})));
  await mkdir(join(folder, "snapshots"));
  if (first !== undefined) await deliver(folder, first.name, first.text);
  await withWarehouse(folder, async warehouse => {
    await takeIn(warehouse, folder, fixedEffects());
    await buildMarts(warehouse, folder, fixedEffects(), ["loads"]);
  });
  for (const {name, text} of others) await deliver(folder, name, text);
  return folder;
}

function expectBusy({code, err}: Ended, folder: string): void {
  expect(err).toContain(`another canopy is writing to ${folder}`);
  expect(code).toBe(1);
}

test("while one canopy writes, another says so and changes nothing, and questions are answered", async () => {
  const files = filesOf(20);
  const folder = await folderWith(files);
  const writing = firstChange(join(folder, "snapshots"), /./);
  const writer = startCanopy("ingest", "--data", folder);
  try {
    await Promise.race([writing.seen, writer.ended]);
    writer.send("SIGSTOP");
    const before = await lookAt(folder);
    expect(before.loads).toHaveLength(1);
    const [second, build, query] = await Promise.all([
      runCanopy("ingest", "--data", folder),
      runCanopy("build", "--data", folder),
      runCanopy("query", "select count(*)::integer as loads from loads", "--format", "json", "--data", folder)
    ]);
    expectBusy(second, folder);
    expectBusy(build, folder);
    expect([query.code, JSON.parse(query.out)]).toEqual([0, [{loads: 1}]]);
    expect(await lookAt(folder)).toEqual(before);
    writer.send("SIGCONT");
    expect(await writer.ended).toMatchObject({code: 0, err: expect.not.stringContaining("another canopy")});
  } finally {
    writing.stop();
    writer.send("SIGKILL");
  }
  await expectTakenInOnce(folder, files);
});

test("of several that start together, those that came too late say so, and nothing is taken in twice", async () => {
  const files = filesOf(8);
  const folder = await folderWith(files);
  const all = await Promise.all([1, 2, 3].map(() => runCanopy("ingest", "--data", folder)));
  expect(all.map(({code}) => code)).toContain(0);
  for (const ended of all.filter(({code}) => code !== 0)) expectBusy(ended, folder);
  await expectTakenInOnce(folder, files);
});

test("another folder is another canopy's: both write at once", async () => {
  const folders = await Promise.all([folderWith(filesOf(4)), folderWith(filesOf(4))]);
  const all = await Promise.all(folders.map(folder => runCanopy("ingest", "--data", folder)));
  expect(all.map(({code}) => code)).toEqual([0, 0]);
  for (const folder of folders) await expectTakenInOnce(folder, filesOf(4));
});

async function expectTakenInOnce(folder: string, files: readonly MixedFile[]): Promise<void> {
  const left = await lookAt(folder);
  expectWhole(left, files);
  expect(left.loads.map(({superseded_by}) => superseded_by)).toEqual(files.map(() => null));
  expect(left.receipts).toHaveLength(files.length);
}
