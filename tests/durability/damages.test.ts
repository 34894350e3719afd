import {rm} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, beforeAll, expect, onTestFinished, test} from "vitest";
import {canopyLine} from "../hostile/command-line.ts";
import {defineProof} from "../prove/proof.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {copyOf, type Damage, damages, damagesByTurns, type Place} from "./damages.ts";
import {deliver, held} from "./folder.ts";
import {mixedFile, mixedMeters} from "./mixed-files.ts";

let whole: Omit<Place, "folder"> & {readonly whole: string};
let number = 0;

const filesOf = (seed: number) => Array.from({length: 6}, (_, index) => mixedFile(seed, index));

async function makeWhole(seed: number): Promise<{folder: string; older: string}> {
  const folder = await makeDataFolder(
    mixedMeters.map(id => ({id})),
    "2026-10-31",
    afterAll
  );
  const files = filesOf(seed);
  for (const {name, text} of files.slice(0, 5)) await deliver(folder, name, text);
  await done(["ingest"], folder);
  const older = await copyOf(folder, `${folder}-older`);
  afterAll(() => rm(older, {recursive: true, force: true}));
  for (const {name, text} of files.slice(5)) await deliver(folder, name, text);
  await done(["ingest"], folder);
  await done(["withdraw", "1", "--why", "wrong meters"], folder);
  await done(["build"], folder);
  return {folder, older};
}

async function done(line: readonly string[], folder: string): Promise<string> {
  const {code, printed, error} = await canopyLine(line, folder);
  expect([code, error], printed).toEqual([0, ""]);
  return printed;
}

beforeAll(async () => {
  const [mine, others] = [await makeWhole(20261129), await makeWhole(20261130)];
  whole = {whole: mine.folder, older: mine.older, other: others.folder};
});

async function placeFor(): Promise<Place> {
  number += 1;
  const [folder, other] = [`${whole.whole}-${number}`, `${whole.other}-${number}`];
  onTestFinished(async () => {
    for (const each of [folder, other]) await rm(each, {recursive: true, force: true});
  });
  return {
    folder: await copyOf(whole.whole, folder),
    older: whole.older,
    other: await copyOf(whole.other, other)
  };
}

test("a folder that nothing happened to is whole", async () => {
  const {folder} = await placeFor();
  const printed = await done(["verify", "--full"], folder);
  expect(printed).toMatch(
    /^archive: 6 receipts as sealed, \d+ files \(.+\) as received; every byte read\nwarehouse: holds/
  );
});

/** Damages one file, and shows that it is named, that what was counted stays counted, and that all is whole again in the end. */
async function prove({damage, named, comes, of}: Damage): Promise<void> {
  const place = await placeFor();
  const {folder} = place;
  const before = await held(folder);
  await damage(place);
  const found = await canopyLine(["verify", "--full"], folder);
  expect(found.printed).toMatch(named);
  if (comes === "bytes") expect(found.code).toBe(1);
  const after = await canopyLine(["ingest"], folder);
  expect(after.error).toBe("");
  // The same bytes are in the inbox still: an ingest has put back those that were lost.
  if (comes === "bytes") expect(after.printed).toMatch(/already read/);
  expect(await held(folder)).toEqual(before);
  if (comes === "looked at" && found.code === 1) await done(["verify", "--seal-again", "--why", "looked at"], folder);
  if (of === "published marts" || comes === "built") await done(["build"], folder);
  await done(["verify", "--full"], folder);
  if (process.env.CANOPY_PROVE === undefined) return;
  await done(["build"], folder);
  expect(await done(["rebuild"], folder)).toMatch(/6 loads made again from the archive\n\d+ marts the same as before$/);
}

defineProof("damages", {
  parts: {small: 8, whole: damages.length},
  prove: async part => {
    const damage = damagesByTurns[part - 1];
    if (damage === undefined) throw new Error(`no damage ${part}`);
    await prove(damage);
    return {damaged: 1, named: 1, whole_again: 1, [`of the ${damage.of}`]: 1};
  }
});

test.each(["one bit turned", "received a year later", "none any more"])(
  "without its warehouse, what is damaged is named and not made again, and the rest is: %s",
  async name => {
    const {folder, ...others} = await placeFor();
    await damages.find(each => each.name === name && each.of !== "journal")?.damage({folder, ...others});
    for (const each of ["warehouse", "inbox"]) await rm(join(folder, each), {recursive: true});
    const {code, printed} = await canopyLine(["ingest"], folder);
    expect(code).toBe(1);
    expect(printed).toMatch(/altered: /);
    expect(printed.match(/^load \d/gm)?.length, printed).toBe(5);
  }
);
