import {cpSync, existsSync, readdirSync, rmSync} from "node:fs";
import {appendFile, mkdir, mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {setTimeout as wait} from "node:timers/promises";
import {afterAll, beforeAll, expect, onTestFinished, test} from "vitest";
import {
  type Archive,
  addDecision,
  addSettings,
  eraseBytes,
  openArchive,
  readArchive,
  writeReceipt
} from "../../src/archive/archive.ts";
import type {Receipt} from "../../src/archive/receipts.ts";
import {hashOf, snapshotPath, takeBytes} from "../../src/archive/snapshots.ts";
import {readPseudonymKey} from "../../src/council/config.ts";
import {writeDurably} from "../../src/durable.ts";
import {isBusy, isHoldLost} from "../../src/errors.ts";
import {asideOf, makeFolder, putInPlace} from "../../src/holds.ts";
import {highestNumber, takeHold} from "../../src/programme/hold.ts";
import {localFolder} from "../../src/programme/local-folder.ts";
import {outcomePaths, writeOutcome} from "../../src/programme/outcomes.ts";
import {putFiles, putPublicFiles} from "../../src/publish/files.ts";
import {openWarehouse} from "../../src/warehouse/warehouse.ts";
import {lookAt} from "./look.ts";
import {countSteps, walked} from "./steps.ts";

/** Where nothing waits for a disk: thousands of small files are made, each of them synced. */
const quickest = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

const now = () => new Date("2026-11-03T12:00:00Z");
const delivery = {feed: "estate-energy", origin: "inbox", layout: null, meter_point_id: null};
const textOf = (name: string) => Buffer.from(`meter,day,kWh\n${name},2026-06-01,1\n`);
const page = (path: string, text: string) => ({path, bytes: Buffer.from(text)});

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(quickest, "canopy-holds-"));
  onTestFinished(() => rm(folder, {recursive: true, force: true}));
  return folder;
}

/** Takes files into the archive of a data folder. */
async function receive(folder: string, names: readonly string[]) {
  const root = join(folder, "snapshots");
  const {archive} = await openArchive(root, {entries: [], texts: new Map()});
  const receipts = [];
  for (const name of names) {
    const file = join(folder, "inbox", name);
    const kept = await takeBytes(root, file);
    if (kept === null || kept === "erased") throw new Error(`${name} was not taken`);
    const when = {receivedAt: now(), archivedIn: now()};
    receipts.push((await writeReceipt(archive, kept, {...delivery, fileName: name}, null, when)).receipt);
  }
  return {archive, receipts};
}

/** Pages of a house: two files stay, one is new each time, one goes. */
const pagesOf = (edition: string) => [
  page("figures/a.svg", `<svg>${edition}</svg>`),
  page("site/assets/same.js", "same"),
  page(`site/assets/${edition}.js`, edition),
  page("site/index.html", `<p>${edition}</p>`)
];

async function publish(folder: string, edition: string): Promise<void> {
  const files = pagesOf(edition);
  await putFiles(join(folder, "published"), files, {edition});
  await putPublicFiles(join(folder, "public"), files, {facts: {edition}, twins: join(folder, "published")});
}

/** A programme of one council that has been worked on before, and was cut off in between: with bytes that are not what came, and half of an entry. */
async function makeProgramme(home: string): Promise<void> {
  const root = join(home, "ashford");
  await mkdir(join(root, "inbox"), {recursive: true});
  for (const name of ["old.csv", "bad.csv", "personal.csv", "new.csv"])
    await writeFile(join(root, "inbox", name), textOf(name));
  await receive(root, ["old.csv", "bad.csv", "personal.csv"]);
  await writeFile(snapshotPath(join(root, "snapshots"), {sha256: hashOf(textOf("bad.csv"))}), "short");
  await writeFile(join(root, "snapshots", "1.tmp"), "left behind");
  await appendFile(join(root, "snapshots", "journal.jsonl"), '{"n": 4, "noted');
  for (const edition of ["first", "second"]) await publish(root, edition);
}

/** All that is ever written in a council's folder, piece by piece; each begins where the one before it ended. */
const pieces: Readonly<Record<string, (folder: string, home: string) => Promise<void>>> = {
  "files are received": async folder => {
    await receive(folder, ["new.csv", "bad.csv"]);
  },
  "settings are kept": async folder => {
    const {archive} = await receive(folder, []);
    const settings = [
      {file: "council/sites.csv", bytes: Buffer.from("site_id\ntown-hall\n")},
      {file: "council/meter-points.csv", bytes: Buffer.from("meter_point_id\n")}
    ];
    await addSettings(archive, settings, now().toISOString());
  },
  "a file is withdrawn": async folder => {
    const {archive} = await receive(folder, []);
    const all = {meter_point_id: null, first_date: null, last_date: null};
    const decided = {decision: "withdrawn", decided_at: now().toISOString(), why: "twice", ...all} as const;
    await addDecision(archive, named(archive, "old.csv"), decided);
  },
  "a file is erased": async folder => {
    const {archive} = await receive(folder, []);
    const receipt = named(archive, "personal.csv");
    await eraseBytes(archive, [{receipt, extract: Buffer.from("kept")}], "asked for", now());
  },
  "the house's pages are published": async folder => {
    await putFiles(join(folder, "published"), pagesOf("third"), {edition: "third"});
  },
  "public pages are published": async folder => {
    await putPublicFiles(join(folder, "public"), pagesOf("third"), {facts: {edition: "third"}, twins: null});
  },
  "a key is made, an edition frozen, and how it went noted": async (folder, home) => {
    await readPseudonymKey(folder);
    const edition = join(folder, "editions", "2026");
    const aside = asideOf(edition, "");
    await makeFolder(dirname(edition));
    await makeFolder(aside);
    await makeFolder(join(aside, "public"));
    await writeDurably(join(aside, "public", "manifest.json"), "{}");
    await putInPlace(aside, edition);
    await writeOutcome(home, "ashford", outcome);
  }
};

const named = ({receipts}: Archive, name: string): Receipt => {
  const receipt = [...receipts.values()].find(({file_name}) => file_name === name);
  if (receipt === undefined) throw new Error(`there is no ${name}`);
  return receipt;
};

const outcome = {
  council: "ashford",
  key: "k",
  worker: "first",
  started_at: now().toISOString(),
  ended_at: now().toISOString(),
  outcome: "done",
  edition: "2026",
  reason: null,
  problems: [],
  attempt: 1,
  attempts: 3
} as const;

/** The folders of workers, each of which is made once. */
const folders = new Map<string, string>();

async function held(home: string, number: number) {
  const root = join(home, "ashford");
  const slot = join(dirname(home), `worker-${number}`);
  const folder = await (folders.get(slot) ?? localFolder({folder: slot}, root));
  folders.set(slot, folder);
  // Two in one process: what lies outside the folder is the first one's.
  const also = number > 10 ? [] : outcomePaths(home, "ashford");
  return {folder, hold: await takeHold({root, folder, also, number, worker: `worker ${number}`, now})};
}

function signal(): {readonly given: Promise<void>; readonly give: () => void} {
  let give = () => {};
  const given = new Promise<void>(resolve => {
    give = resolve;
  });
  return {given, give};
}

const opensArchive = new Set(["settings are kept", "a file is withdrawn", "a file is erased"]);

let undo = () => {};
beforeAll(async () => {
  undo = await countSteps();
});
afterAll(() => undo());

test.for(Object.keys(pieces))(
  "%s: who is stopped before any call of the file system, and goes on after it was taken over, changes nothing",
  async piece => {
    const work = pieces[piece] ?? (async () => {});
    const home = join(await temporary(), "programme");
    const start = `${home}-before`;
    await makeProgramme(home);
    for (const [index, [name, before]] of Object.entries(pieces).entries()) {
      if (name === piece) break;
      const {folder, hold} = await held(home, index + 1);
      await before(folder, home);
      await hold.release();
    }
    cpSync(home, start, {recursive: true});
    const again = () => {
      rmSync(home, {recursive: true});
      // A new worker knows no key yet.
      for (const folder of folders.values()) rmSync(join(folder, "warehouse"), {recursive: true, force: true});
      cpSync(start, home, {recursive: true});
    };

    /** The steps of a piece of work that nobody disturbs. */
    const stepsOf = async (each: typeof work) => {
      again();
      const {folder, hold} = await held(home, 10);
      const steps = await walked(
        () => each(folder, home),
        () => undefined
      );
      await hold.release();
      return steps;
    };
    // Each opens the archive first, which the first of them has shown.
    const opening =
      piece === Object.keys(pieces)[0] ? 0 : await stepsOf(async folder => void (await receive(folder, [])));
    const steps = await stepsOf(work);
    expect((await readArchive(join(home, "ashford", "snapshots"))).damages).toEqual([]);
    expect(steps).toBeGreaterThan(15);

    for (let stop = opensArchive.has(piece) ? opening + 1 : 1; stop <= steps; stop += 1) {
      again();
      const [stale, reached, goOn] = [await held(home, 10), signal(), signal()];
      let name = "";
      const working = walked(
        () => work(stale.folder, home),
        (step, call) => {
          if (step < stop) return undefined;
          if (step === stop) name = call;
          reached.give();
          return goOn.given;
        }
      ).then(
        () => null,
        error => error
      );
      await reached.given;
      const second = await held(home, 11);
      const before = lookAt(home);
      goOn.give();
      const error = await working;
      expect(lookAt(home), `stopped before call ${stop}, ${name}`).toEqual(before);
      // Where all that it does is done it may end without a word.
      if (error !== null) expect(isHoldLost(error), `stopped before call ${stop}, ${name}: ${error.stack}`).toBe(true);
      // Whoever took over finds an archive that is whole, once it has looked after what was left undone.
      if (stop % 3 === 0) {
        await receive(second.folder, ["bad.csv"]);
        expect((await readArchive(join(home, "ashford", "snapshots"))).damages).toEqual([]);
      }
      await second.hold.release();
      await stale.hold.release();
    }
  }
);

test("a number that was given is never taken again, and a hold that was given up keeps nobody out", async () => {
  const home = join(await temporary(), "programme");
  const root = join(home, "ashford");
  await mkdir(join(root, "snapshots"), {recursive: true});
  expect(await highestNumber(root)).toBe(0);
  const first = await held(home, 7);
  for (const number of [6, 7])
    await expect(held(home, number)).rejects.toThrow(`cannot be held under ${number}: it is held, or was, under 7`);
  const second = await held(home, 8);
  await expect(first.hold.check()).rejects.toThrow(`${root} is not held under 7 any more`);
  await second.hold.check();
  await first.hold.release();
  await second.hold.release();
  expect(readdirSync(join(root, ".holds"))).toEqual(["8.free"]);
  expect(await highestNumber(root)).toBe(8);
  await expect(held(home, 8)).rejects.toThrow("under 8");
  await (await held(home, 9)).hold.release();
  expect(readdirSync(join(root, ".holds"))).toEqual(["9.free"]);
});

test("a folder is taken over although who held it goes on writing into its own", async () => {
  const home = join(await temporary(), "programme");
  const root = join(home, "ashford");
  await mkdir(join(root, "snapshots"), {recursive: true});
  await held(home, 1);
  let isOver = false;
  const writing = (async () => {
    for (let number = 0; !isOver; number += 1) {
      await writeFile(join(root, ".holds", "1", `${number}`), "x").catch(() => {});
      await wait(1);
    }
  })();
  await held(home, 2).finally(() => {
    isOver = true;
  });
  await writing;
  expect(readdirSync(join(root, ".holds"))).toEqual(["2"]);
});

test("many files are put into folders that are not there yet, at once", async () => {
  const home = join(await temporary(), "programme");
  const root = join(home, "ashford");
  await mkdir(root, {recursive: true});
  const {folder, hold} = await held(home, 1);
  const files = Array.from({length: 60}, (_, index) =>
    page(`site/${["data", "assets", "buildings"][index % 3]}/${index}.txt`, `${index}`)
  );
  let renames = 0;
  const count = (_: number, name: string) => {
    if (name === "rename") renames += 1;
    return undefined;
  };
  await walked(async () => void (await putFiles(join(folder, "published"), files, {})), count);
  // 60 files, their manifest, and five folders, each made once: a second would be put in the place of the first while it is used.
  expect(renames).toBe(66);
  await hold.release();
});

test("a command on a folder that a worker holds says who has it and what to do, also through the worker's own folder", async () => {
  const home = join(await temporary(), "programme");
  const root = join(home, "ashford");
  await mkdir(join(root, "snapshots"), {recursive: true});
  await mkdir(join(root, ".holds", "12"), {recursive: true});
  const said = {worker: "north (process 4711)", since: now().toISOString()};
  await writeFile(join(root, ".holds", "12", "holder.json"), JSON.stringify(said));
  const folder = await localFolder({folder: join(dirname(home), "worker-1")}, root);
  for (const place of [root, folder]) {
    const error = await openWarehouse(place).catch(thrown => thrown);
    expect(isBusy(error)).toBe(true);
    expect(error.message).toBe(
      `${root} is in the hands of the worker north (process 4711) since 2026-11-03T12:00:00.000Z (hold 12): wait for it to end, or stop it. Where it is gone for good, the next worker takes over; to go on without one: mv ${root}/.holds/12 ${root}/.holds/12.free`
    );
  }
  const {folder: own, hold} = await held(home, 13);
  await (await openWarehouse(own)).close();
  await hold.release();
  await (await openWarehouse(root)).close();
});
