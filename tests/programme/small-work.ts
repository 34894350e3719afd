import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {setTimeout as wait} from "node:timers/promises";
import {addEntry, openArchive, writeReceipt} from "../../src/archive/archive.ts";
import {takeBytes} from "../../src/archive/snapshots.ts";
import type {Work} from "../../src/programme/worker.ts";
import {putFiles} from "../../src/publish/files.ts";

/** What the small work on a council does, as its folder says. */
export interface Plan {
  /** How often something is written, 20 ms apart. */
  readonly rounds: number;
  /** Why it fails; null where it does not. */
  readonly failure: string | null;
}

/** Takes in a file, then goes on writing to the journal and to what is published; quickly done, or slowly. */
export const smallWork: Work = async ({path}, {dataFolder, key, effects}) => {
  const {rounds, failure} = JSON.parse(await readFile(join(path, "council", "plan.json"), "utf8")) as Plan;
  const root = join(dataFolder, "snapshots");
  const {archive} = await openArchive(root, {entries: [], texts: new Map()});
  const kept = await takeBytes(root, join(dataFolder, "inbox", "file.csv"));
  if (kept === null || kept === "erased") throw new Error("the file was not taken");
  const at = effects.now();
  const delivery = {feed: "f", origin: "inbox", layout: null, meter_point_id: null, fileName: "file.csv"};
  await writeReceipt(archive, kept, delivery, null, {receivedAt: at, archivedIn: at});
  if (failure !== null) throw new Error(failure);
  for (let round = 1; round <= rounds; round += 1) {
    effects.progress(`round ${round}`);
    const now = effects.now().toISOString();
    await addEntry(archive, {noted_at: now, what: "clock", file: "clock", sha256: null, why: `${round}`});
    const page = Buffer.from(`${process.pid} ${round}`);
    await putFiles(join(dataFolder, "published"), [{path: "site/index.html", bytes: page}], {round});
    await wait(20);
  }
  return {edition: `e-${key}`, problems: []};
};
