import {type ChildProcess, spawn} from "node:child_process";
import {readdir, readFile, rm, stat} from "node:fs/promises";
import {join, relative} from "node:path";
import {setTimeout as wait} from "node:timers/promises";
import {afterAll, beforeAll, describe, expect} from "vitest";
import {lakeFolder, readProgramme} from "../../src/programme/folder.ts";
import {readLake} from "../../src/programme/lake.ts";
import {readOutcomes} from "../../src/programme/outcomes.ts";
import {openQueue} from "../../src/programme/queue.ts";
import {rollUp} from "../../src/programme/rollup/rollup.ts";
import {type Ran, runAlone} from "../../src/programme/run-alone.ts";
import {runByQueue} from "../../src/programme/run-queue.ts";
import {type Counts, defineProof} from "../prove/proof.ts";
import {fixedEffects} from "../support/canopy.ts";
import {makeTemporaryFolder} from "../support/data-folder.ts";
import {hasPostgres, Postgres} from "../support/postgres.ts";
import {type InventedCouncil, makeProgramme} from "../support/programme.ts";

const asked = {asOf: "2026-10-31", edition: null, hasPages: false};
const root = new URL("../..", import.meta.url).pathname;
/** Short, so that a dead worker is soon known to be. */
const leaseSeconds = 4;

/** How many councils a part has, and what is shown with them. */
interface Size {
  readonly councils: number;
  readonly mostSites: number;
  /** How many of them, the first, are worked on alone too, to compare. */
  readonly compared: number;
  readonly workers: number;
}

describe.skipIf(!hasPostgres)("many councils (needs PostgreSQL)", () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await Postgres.start();
  });
  afterAll(() => postgres?.end());

  defineProof("many-councils", {
    parts: hasPostgres ? {small: 1, whole: 2} : {small: 0, whole: 0},
    // The first part is what `npm test` takes; the second is the whole.
    prove: (part, seed) =>
      proveMany(
        postgres,
        part === 1
          ? {councils: 6, mostSites: 3, compared: 1, workers: 3}
          : {councils: 40, mostSites: 57, compared: 40, workers: 3},
        seed
      )
  });

  defineProof("two-workers", {
    parts: hasPostgres ? {small: 0, whole: 1} : {small: 0, whole: 0},
    prove: (_, seed) => proveTwice(postgres, seed)
  });
});

/** Councils of different seeds and sizes: most are small, a few as large as they get, one is read in part, and one not at all in its last whole year. */
function councilsOf({councils, mostSites}: Size, seed: number): InventedCouncil[] {
  return Array.from({length: councils}, (_, index): InventedCouncil => {
    const sites = index % 13 === 5 ? mostSites : 1 + ((seed + 5 * index) % Math.min(mostSites, 12));
    return {
      ...{folder: `council-${String(index).padStart(2, "0")}`, name: `Council ${index}`, sites},
      ...{onsCode: `E080${String(index + 1).padStart(5, "0")}`, seed: (seed + index) % 97},
      ...(index === 1 && {to: "2026-02-15"}),
      ...(index === 2 && {from: "2026-06-01"})
    };
  });
}

/**
 * The same councils alone and by workers of which one is killed in the middle of a council, and one is stopped past its lease and woken, with the database down in
 * between: each council is done once, nothing is written by the one that was woken, and lake and roll-up are the same bytes.
 */
async function proveMany(postgres: Postgres, size: Size, seed: number): Promise<Counts> {
  const place = await makeTemporaryFolder();
  const [alone, shared] = [join(place, "alone"), join(place, "shared")];
  const workers: Worker[] = [];
  const start = (name: string) => {
    const worker = new Worker(postgres.address(database), join(place, "cache"), name);
    workers.push(worker);
    return worker;
  };
  const database = await postgres.database();
  try {
    const councils = councilsOf(size, seed);
    await makeProgramme(alone, councils.slice(0, size.compared));
    await makeProgramme(shared, councils);
    const effects = fixedEffects();
    await runAlone(await readProgramme(alone, effects.now()), asked, effects);

    const programme = await readProgramme(shared, effects.now());
    const queue = await openQueue(postgres.address(database), {retrySeconds: 1});
    const running = runByQueue(programme, asked, queue, {...effects, sleep: milliseconds => wait(milliseconds)});
    for (let index = 0; index < size.workers; index += 1) start(`worker ${index + 1}`);
    const [first, second] = workers as [Worker, Worker];

    await first.until(/: begun/);
    await heldBy(shared, first.pid);
    first.kill("SIGKILL");
    start("in place of the one that was killed");

    await second.until(/: begun/);
    const stopped = await heldBy(shared, second.pid);
    second.kill("SIGSTOP");
    await until(
      async () => !(await holdNames(shared, stopped.council)).includes(stopped.number),
      "the council to be taken over",
      second
    );
    await postgres.down();
    await wait(500);
    await postgres.up();
    await until(
      async () => (await readOutcomes(shared)).get(stopped.council)?.outcome === "done",
      "the council to be done",
      second
    );
    const isFree = async () => (await holdNames(shared, stopped.council)).every(name => name.endsWith(".free"));
    await until(isFree, "the council to be given up", second);
    const before = await bytesOf(join(shared, stopped.council));
    second.kill("SIGCONT");
    await second.until(/another worker has taken it over|worker ended/);
    expect(await bytesOf(join(shared, stopped.council))).toEqual(before);

    const ran = await running;
    const reasonOf = (each: Ran) => ("outcome" in each ? each.outcome.reason : "it stood already");
    expect(ran.map(reasonOf).filter(reason => reason !== null)).toEqual([]);
    await Promise.all(workers.map(worker => worker.ended()));
    expect(first.said.some(line => /done in/.test(line) && line.includes(stopped.council))).toBe(false);

    const {editions, unreadable} = await readLake(lakeFolder(shared));
    expect([editions.length, unreadable]).toEqual([size.councils, []]);
    expect(new Set(editions.map(({manifest}) => manifest.key)).size).toBe(size.councils);
    for (const {onsCode} of councils.slice(0, size.compared)) {
      const [own, itsAlone] = [shared, alone].map(each => join(lakeFolder(each), `council=${onsCode}`));
      expect(await bytesOf(own ?? "")).toEqual(await bytesOf(itsAlone ?? ""));
    }
    const rolled = (each: string) => readProgramme(each, effects.now()).then(whole => rollUp(whole));
    if (size.compared === size.councils) expect(await rolled(shared)).toEqual(await rolled(alone));
    const again = await runByQueue(programme, asked, queue, effects);
    expect(again.filter(each => !("standing" in each))).toEqual([]);
    await queue.close();
    const done = workers.flatMap(({said}) => said.filter(line => / done in /.test(line))).length;
    const lost = workers.flatMap(({said}) =>
      said.filter(line => line.includes("another worker has taken it over"))
    ).length;
    return {councils: size.councils, workers: workers.length, done, lost, differing: 0};
  } finally {
    for (const worker of workers) worker.kill("SIGKILL");
    await rm(place, {recursive: true, force: true});
  }
}

/** Councils of one size by one worker, and the same by two. */
async function proveTwice(postgres: Postgres, seed: number): Promise<Counts> {
  const place = await makeTemporaryFolder();
  try {
    const councils = Array.from(
      {length: 12},
      (_, index): InventedCouncil => ({
        ...{folder: `council-${index}`, name: `Council ${index}`, sites: 4, seed: (seed + index) % 97},
        onsCode: `E080${String(index + 1).padStart(5, "0")}`
      })
    );
    const seconds: number[] = [];
    for (const count of [1, 2]) {
      const shared = join(place, String(count));
      await makeProgramme(shared, councils);
      const address = postgres.address(await postgres.database());
      const queue = await openQueue(address);
      const effects = fixedEffects();
      const workers = Array.from(
        {length: count},
        (_, index) => new Worker(address, join(place, `cache-${count}`), `worker ${index}`, false)
      );
      await Promise.all(workers.map(worker => worker.until(/ready/)));
      const began = performance.now();
      await runByQueue(await readProgramme(shared, effects.now()), asked, queue, {
        ...effects,
        sleep: milliseconds => wait(milliseconds)
      });
      seconds.push((performance.now() - began) / 1000);
      for (const worker of workers) worker.kill("SIGTERM");
      await Promise.all(workers.map(worker => worker.ended()));
      await queue.close();
    }
    const [one = 0, two = 1] = seconds.map(each => Math.round(each));
    return {
      councils: councils.length,
      "seconds of one": one,
      "seconds of two": two,
      "times ×100": Math.round((100 * one) / two)
    };
  } finally {
    await rm(place, {recursive: true, force: true});
  }
}

/** A `canopy worker` in a process of its own. */
class Worker {
  readonly said: string[] = [];
  readonly #process: ChildProcess;
  readonly #name: string;
  #isEnded = false;

  constructor(address: string, cache: string, name: string, isUntilEmpty = true) {
    this.#name = name;
    const line = ["worker", "--queue", address, "--cache", cache, "--lease", String(leaseSeconds)];
    this.#process = spawn(
      process.execPath,
      ["--import", "tsx", "src/cli.ts", ...line, ...(isUntilEmpty ? ["--until-empty"] : [])],
      {
        cwd: root,
        stdio: ["ignore", "pipe", "pipe"]
      }
    );
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream
        ?.setEncoding("utf8")
        .on("data", (text: string) => void this.said.push(...text.split("\n").filter(Boolean)));
    this.#process.once("exit", () => {
      this.#isEnded = true;
    });
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  kill(signal: NodeJS.Signals): void {
    if (!this.#isEnded) this.#process.kill(signal);
  }

  until(words: RegExp): Promise<void> {
    return until(async () => this.said.some(line => words.test(line)), `${this.#name} to say ${words.source}`, this);
  }

  ended(): Promise<void> {
    return until(async () => this.#isEnded, `${this.#name} to end`, this);
  }
}

async function until(isSo: () => Promise<boolean>, what: string, worker: Worker): Promise<void> {
  for (let times = 0; times < 20_000; times += 1) {
    if (await isSo()) return;
    await wait(50);
  }
  throw new Error(`waited in vain for ${what}: ${worker.said.slice(-5).join("; ")}`);
}

const holdNames = (programme: string, council: string) =>
  readdir(join(programme, council, ".holds")).catch((): string[] => []);

/** The council that a process holds, and by which number: waits until it holds one. */
async function heldBy(programme: string, pid: number): Promise<{council: string; number: string}> {
  for (let times = 0; times < 2_000; times += 1) {
    for (const council of await readdir(programme))
      for (const number of (await holdNames(programme, council)).filter(name => /^\d+$/.test(name))) {
        const text = await readFile(join(programme, council, ".holds", number, "holder.json"), "utf8").catch(() => "");
        if (text.includes(`process ${pid} `)) return {council, number};
      }
    await wait(20);
  }
  throw new Error(`process ${pid} holds no council`);
}

/** Every file of a folder with its bytes, as lines to compare. */
async function bytesOf(folder: string): Promise<string[]> {
  const names = (await readdir(folder, {recursive: true})).sort();
  const lines = await Promise.all(
    names.map(async name => {
      const path = join(folder, name);
      return (await stat(path)).isFile()
        ? [`${relative(folder, path)} ${(await readFile(path)).toString("base64")}`]
        : [];
    })
  );
  return lines.flat();
}
