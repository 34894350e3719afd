import {spawnSync} from "node:child_process";
import {cp, mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {randomFor} from "../../src/illustrative/random.ts";
import {canopyLine} from "../hostile/command-line.ts";
import {defineProof} from "../prove/proof.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {deliver, held} from "./folder.ts";
import {mixedFile, mixedMeters} from "./mixed-files.ts";
import {type Change, compileNotes, imageAt, losses, readChanges, writeImage} from "./power-cut.ts";

const root = new URL("../..", import.meta.url).pathname;
const work = await mkdtemp(join(tmpdir(), "canopy-power-"));
const library = process.platform === "linux" ? compileNotes(work) : null;
if (library === null) process.stderr.write("skipped: power cuts, which need Linux and gcc\n");
afterAll(() => rm(work, {recursive: true, force: true}));

/** Images of one part of the proof. */
const imagesOfPart = 20;

let before: string;
let changes: readonly Change[];
let whole: unknown;

/** A council with files in the inbox, as it was, and all that three commands changed there. */
beforeAll(async () => {
  if (library === null) return;
  const folder = await makeDataFolder(
    mixedMeters.map(id => ({id})),
    "2026-10-31",
    afterAll
  );
  for (let index = 0; index < 6; index += 1) {
    const {name, text} = mixedFile(20261129, index);
    await deliver(folder, name, text);
  }
  before = join(work, "before");
  await cp(folder, before, {recursive: true});
  const log = join(work, "changes");
  const environment = {...process.env, LD_PRELOAD: library, CANOPY_CUT_ROOT: folder, CANOPY_CUT_LOG: log};
  for (const line of [["ingest"], ["withdraw", "1", "--why", "wrong meters"], ["ingest", "--replay"]]) {
    const {status, stderr} = spawnSync(process.execPath, ["--import", "tsx", "src/cli.ts", ...line, "--data", folder], {
      cwd: root,
      env: environment,
      encoding: "utf8"
    });
    if (status !== 0) throw new Error(stderr);
  }
  changes = readChanges(log);
  whole = await held(folder);
});

/** The power goes after some change, and comes back: what was taken in is there or is taken in again, once, and all is as sealed. */
async function cutAndGoOn(count: number, loss: (typeof losses)[number], seed: number): Promise<boolean> {
  const folder = await mkdtemp(join(work, "image-"));
  try {
    await cp(before, folder, {recursive: true});
    writeImage(folder, imageAt(changes, count, loss, randomFor(seed, `${count} ${loss}`)));
    const words = `the power went after change ${count} of ${changes.length}, ${loss}`;
    // The commands ran by the clock of this computer: the power comes back a day later.
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    const again = await canopyLine(["ingest"], folder, tomorrow);
    expect(again, words).toMatchObject({code: 0, error: ""});
    const verified = await canopyLine(["verify", "--full"], folder, tomorrow);
    expect([verified.code, verified.error], `${words}\n${verified.printed}`).toEqual([0, ""]);
    const now = (await held(folder)) as unknown[];
    // Whether the withdrawal had been made depends on when; the readings and their receipts do not.
    expect(now[0], words).toMatchObject({rows: (whole as {rows: number}[])[0]?.rows});
    return /was damaged/.test(again.printed);
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

if (library === null) test.skip("power cuts", () => {});
else
  defineProof("chaos-power", {
    parts: {small: 1, whole: 100},
    async prove(part, seed) {
      const random = randomFor(seed, "power");
      let madeAgain = 0;
      const images = part === 1 ? losses.length : imagesOfPart;
      for (let index = 0; index < images; index += 1) {
        const loss = losses[index % losses.length] ?? "ordered";
        const isMadeAgain = await cutAndGoOn(Math.trunc(random() * (changes.length + 1)), loss, seed + index);
        madeAgain += isMadeAgain ? 1 : 0;
      }
      return {images, lost: 0, doubled: 0, warehouse_made_again: madeAgain};
    }
  });
