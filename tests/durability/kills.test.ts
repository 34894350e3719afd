import {mkdir, rename} from "node:fs/promises";
import {join} from "node:path";
import {expect} from "vitest";
import {type Random, randomFor} from "../../src/illustrative/random.ts";
import {readLeftOut} from "../../src/ingest/tries.ts";
import type {MeterDay} from "../../src/models/marts/meter_days.ts";
import {defineProof} from "../prove/proof.ts";
import {fixedEffects} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {type Held, heldOf} from "../support/oracle.ts";
import {deliveredFiles, expectStillHeld, expectWhole, type Left, lookAt} from "./after-kill.ts";
import {type Ended, firstChange, type Running, runCanopy, startCanopy, wait} from "./command.ts";
import {buildMarts, deliver, differences, heldIn, readMarts, withWarehouse} from "./folder.ts";
import {type MixedFile, mixedFile, mixedMeters, pick} from "./mixed-files.ts";

/** Kills of one data folder, after each of which it is looked at. */
const killsOfFolder = 5;
/** Folders that are worked on side by side. */
const foldersAtOnce = 2;

/** Where a kill is meant to fall: so many milliseconds after the first sign of that work, or of life. */
interface Aim {
  readonly at: string;
  /** The folder that is watched and the file in it, where one must change first. */
  readonly sign: {readonly folder: string; readonly file: RegExp} | null;
  readonly within: readonly [from: number, to: number];
}

const aimsOf = (usualRun: number): readonly Aim[] => [
  {at: "anywhere", sign: null, within: [200, usualRun]},
  {at: "archiving", sign: {folder: "snapshots", file: /./}, within: [0, 150]},
  {at: "landing", sign: {folder: "warehouse", file: /\.wal$/}, within: [0, 1500]},
  {at: "landing", sign: {folder: "warehouse", file: /\.wal$/}, within: [0, 700]},
  {at: "checkpoint", sign: {folder: "warehouse", file: /canopy\.duckdb$/}, within: [0, 40]}
];

/** How many kills left what behind. */
type Tally = Map<string, number>;

/** Kills lose nothing, double nothing and leave no load by half. */
defineProof("chaos-kills", {
  parts: {small: 1, whole: 100},
  async prove(_part, seed) {
    const tally: Tally = new Map();
    const usualRun = await usualRunOf(await folderWith(filesOf(seed, 0, 12)));
    const folders = Array.from({length: foldersAtOnce}, (_, index) => seed * 10 + index);
    await bothOf(folders.map(folder => killFolder(folder, aimsOf(usualRun), tally)));
    expect(tally.get("kills")).toBe(killsOfFolder * foldersAtOnce);
    return Object.fromEntries([...tally].sort());
  }
});

/** Waits for all even where one fails, so that none is at work when the folders go. */
async function bothOf(work: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(work);
  await Promise.all(work);
}

const filesOf = (from: number, first: number, count: number): MixedFile[] =>
  Array.from({length: count}, (_, index) => mixedFile(from, first + index));

async function folderWith(files: readonly MixedFile[]): Promise<string> {
  const folder = await makeDataFolder(mixedMeters.map(id => ({id})));
  for (const name of ["warehouse", "snapshots"]) await mkdir(join(folder, name));
  for (const {name, text} of files) await deliver(folder, name, text);
  return folder;
}

/** Milliseconds that a run over these files takes, from start to end. */
async function usualRunOf(folder: string): Promise<number> {
  const started = performance.now();
  await expectDone(runCanopy("ingest", "--data", folder));
  return performance.now() - started;
}

/** Kills the command on one folder again and again while files keep coming, lets it finish, and proves what is held. */
async function killFolder(seed: number, aims: readonly Aim[], tally: Tally): Promise<void> {
  const random = randomFor(seed, "kills");
  const files = filesOf(seed, 0, 12);
  const folder = await folderWith(files);
  let before = await lookAt(folder);
  for (let hits = 0; hits < killsOfFolder; ) {
    const aim = pick(random, aims);
    const late = filesOf(seed, files.length, 1 + Math.trunc(3 * random()));
    files.push(...late);
    const isHit = await killOnce(folder, aim, late, random);
    const left = await lookAt(folder);
    expectWhole(left, files);
    expectStillHeld(before, left);
    if (isHit) count(tally, wordsOf(aim, before, left));
    hits += isHit ? 1 : 0;
    before = left;
  }
  await expectCompleted(folder, files, before, tally);
}

/** Starts the command, delivers what comes late while it works, and kills it where aimed. Says whether it still lived. */
async function killOnce(folder: string, aim: Aim, late: readonly MixedFile[], random: Random): Promise<boolean> {
  const [from, to] = aim.within;
  const delay = from + random() * (to - from);
  const sign = aim.sign === null ? null : firstChange(join(folder, aim.sign.folder), aim.sign.file);
  const isReplay = random() < 0.2;
  const running = startCanopy("ingest", "--data", folder, ...(isReplay ? ["--replay"] : []));
  const delivering = deliverLate(folder, late, random() * 1500);
  await Promise.race([sign?.seen, running.ended]);
  await Promise.race([wait(delay), running.ended]);
  running.send("SIGKILL");
  sign?.stop();
  await delivering;
  return wasKilled(running);
}

async function wasKilled({ended}: Running): Promise<boolean> {
  if ((await ended).signal === "SIGKILL") return true;
  await expectDone(ended);
  return false;
}

async function expectDone(ended: Promise<Ended>): Promise<void> {
  const {code, err} = await ended;
  expect(code, err).toBe(0);
}

/** Puts files into the inbox whole, as a careful sender does: under another name first. */
async function deliverLate(folder: string, files: readonly MixedFile[], after: number): Promise<void> {
  await wait(after);
  for (const {name, text} of files) {
    await deliver(folder, `${name}.part`, text);
    const inbox = join(folder, "inbox", "estate-energy");
    await rename(join(inbox, `${name}.part`), join(inbox, name));
  }
}

/** What a kill left, in the words of the tally. */
function wordsOf({at}: Aim, before: Left, left: Left): string[] {
  const [known, archived] = [before, left].map(({loads}) => new Set(loads.map(({sha256}) => sha256)));
  const has = {
    "load untold": left.loads.length > before.loads.length,
    "not landed": left.receipts.some(({sha256}) => !archived?.has(sha256)),
    "half-written file": left.halfWritten.length > before.halfWritten.length,
    "no receipt": left.withoutReceipt.length > 0,
    "log left": left.logged > 0,
    "checkpoint cut": left.logged > 0 && before.image !== null && left.image !== before.image,
    "run unfinished": left.runs.some(({outcome}) => outcome === "running"),
    superseded: left.loads.length - before.loads.length > (archived?.size ?? 0) - (known?.size ?? 0)
  };
  const said = Object.entries(has).flatMap(([what, is]) => (is ? [what] : []));
  return ["kills", `aimed at ${at}`, ...said];
}

function count(tally: Tally, all: readonly string[]): void {
  for (const what of all) tally.set(what, (tally.get(what) ?? 0) + 1);
}

/**
 * Lets the command run to its end, then has it read again what it refused: every file has one load that stands, and the current view is the
 * oracle's.
 */
async function expectCompleted(folder: string, files: readonly MixedFile[], before: Left, tally: Tally): Promise<void> {
  await expectDone(runCanopy("ingest", "--data", folder));
  // A file that was in hand at three kills is taken to be to blame: somebody tries it again.
  const leftOut = (await readLeftOut(folder)).map(({load_id}) => String(load_id));
  if (leftOut.length > 0) {
    await expectDone(runCanopy("ingest", "--data", folder, "--try-again", ...leftOut));
    count(tally, ["left out, then tried again"]);
  }
  await expectDone(runCanopy("ingest", "--data", folder, "--replay"));
  await expectDone(runCanopy("verify", "--full", "--data", folder));
  const left = await lookAt(folder);
  expectWhole(left, files);
  expectStillHeld(before, left);
  const standing = left.loads.filter(({superseded_by}) => superseded_by === null);
  expect(standing).toHaveLength(files.length);
  expect(left.receipts).toHaveLength(files.length);
  expect([left.withoutReceipt, left.logged]).toEqual([[], 0]);
  expect(left.runs.filter(({outcome}) => outcome === "running")).toEqual([]);
  expect(differences(await heldInView(folder), heldOf(deliveredFiles(left, files)))).toEqual([]);
  if (left.halfWritten.length > 0) count(tally, ["completed, half-written left"]);
  count(tally, ["completed", ...standing.map(({outcome}) => `files ${outcome}`)]);
}

async function heldInView(folder: string): Promise<Held> {
  await withWarehouse(folder, warehouse => buildMarts(warehouse, folder, fixedEffects()));
  const {meter_days = []} = await readMarts(folder, ["meter_days"]);
  const rows = (meter_days as unknown as readonly MeterDay[]).map(({meter_point_id, kwh, ...row}) => ({
    ...row,
    meter: meter_point_id,
    quantity: kwh
  }));
  return heldIn(rows);
}
