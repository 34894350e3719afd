import {spawn} from "node:child_process";
import {readdir, rm} from "node:fs/promises";
import {join} from "node:path";
import {setTimeout as wait} from "node:timers/promises";
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from "vitest";
import {readArchive} from "../../src/archive/archive.ts";
import {realEffects} from "../../src/effects.ts";
import {stopped} from "../../src/pipeline/stop.ts";
import {readOutcomes} from "../../src/programme/outcomes.ts";
import {checkServer, openQueue, type Queue} from "../../src/programme/queue.ts";
import {openQueueDatabase, readAddress} from "../../src/programme/queue-database.ts";
import {runWorker, type Work, type WorkerOptions} from "../../src/programme/worker.ts";
import {freePort, hasPostgres, Postgres} from "../support/postgres.ts";
import {lookAt} from "./look.ts";
import {makeProgramme, setPlan} from "./small-programme.ts";
import {smallWork} from "./small-work.ts";

let postgres: Postgres;

/** Opens a queue that is closed when the test has finished. */
async function queueAt(address: string): Promise<Queue> {
  const queue = await openQueue(address, {retrySeconds: 0, longest: 20_000});
  onTestFinished(() => queue.close());
  return queue;
}

/** Works in this process until nothing is owed; what it said. */
async function workUntilEmpty(
  options: Partial<WorkerOptions> & Pick<WorkerOptions, "queue" | "cache">,
  {stop, work = smallWork}: {readonly stop?: AbortSignal; readonly work?: Work} = {}
) {
  const said: string[] = [];
  const effects = {...realEffects(), print: (line: string) => void said.push(line), progress: () => {}};
  const quick = {isUntilEmpty: true, leaseMilliseconds: 4_000, lookMilliseconds: 50, retrySeconds: 0};
  const result = await runWorker({...quick, ...options}, work, stop === undefined ? effects : {...effects, stop});
  return {...result, said};
}

/** Starts a worker in a process of its own. */
function startWorker(options: Partial<WorkerOptions> & Pick<WorkerOptions, "queue" | "cache">) {
  const quick = {isUntilEmpty: true, leaseMilliseconds: 4_000, lookMilliseconds: 50, retrySeconds: 0};
  const program = new URL("worker-process.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, ["--import", "tsx", program, JSON.stringify({...quick, ...options})]);
  onTestFinished(() => void child.kill("SIGKILL"));
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", part => (text += String(part)));
  const ended = new Promise<number | null>(resolve => child.once("exit", resolve));
  return {
    send: (signal: NodeJS.Signals) => child.kill(signal),
    ended,
    said: () => text,
    saying: (words: string) =>
      until(
        () => text.includes(words),
        () => `${words} in:\n${text}`
      )
  };
}

async function until(isSo: () => boolean | Promise<boolean>, what: () => string): Promise<void> {
  for (let times = 0; times < 15_000; times += 1) {
    if (await isSo()) return;
    await wait(20);
  }
  throw new Error(`waited in vain for ${what()}`);
}

const holdsOf = async (home: string, council: string) => (await readdir(join(home, council, ".holds"))).sort();

/** Expects an archive that is as it was sealed, whoever wrote to it. */
async function expectWhole(home: string, council: string): Promise<void> {
  const {damages, receipts} = await readArchive(join(home, council, "snapshots"));
  expect([council, damages, receipts.size]).toEqual([council, [], 1]);
}

const asked = {asOf: "2026-10-31", edition: null, hasPages: false};

describe.skipIf(!hasPostgres)("with PostgreSQL", () => {
  beforeAll(async () => {
    postgres = await Postgres.start();
  });
  afterAll(() => postgres?.end());

  test("each council is worked on once, an order that is repeated does nothing, and a new one has a greater number", async () => {
    const address = postgres.address(await postgres.database());
    const {home, cache} = await makeProgramme({ashford: {}, dover: {}});
    const queue = await queueAt(address);
    const order = (council: string, key: string) => queue.order({programme: home, council, key, asked});
    expect([await order("ashford", "one"), await order("dover", "one"), await order("ashford", "one")]).toEqual([
      "new",
      "new",
      "known"
    ]);
    const first = await workUntilEmpty({queue: address, cache});
    expect([first.done, first.failed]).toEqual([2, 0]);
    expect(first.said.filter(line => / done in \d+ (ms|s), edition e-one$/.test(line))).toHaveLength(2);
    expect((await readOutcomes(home)).get("dover")).toMatchObject({
      ...{
        council: "dover",
        key: "one",
        outcome: "done",
        edition: "e-one",
        reason: null,
        problems: [],
        attempt: 1,
        attempts: 3
      },
      worker: expect.stringContaining(`process ${process.pid}`)
    });
    expect(await order("ashford", "one")).toBe("known");
    expect((await workUntilEmpty({queue: address, cache})).done).toBe(0);
    expect(await order("ashford", "two")).toBe("new");
    expect((await workUntilEmpty({queue: address, cache})).done).toBe(1);
    expect([await holdsOf(home, "ashford"), await holdsOf(home, "dover")]).toEqual([["2.free"], ["1.free"]]);
    for (const council of ["ashford", "dover"]) await expectWhole(home, council);

    // A database that was made anew knows no number: the folder does.
    await postgres.query("postgres", `drop database ${readAddress(address).database} with (force)`);
    await postgres.query("postgres", `create database ${readAddress(address).database}`);
    const anew = await queueAt(address);
    expect(await anew.order({programme: home, council: "ashford", key: "two", asked})).toBe("new");
    expect((await workUntilEmpty({queue: address, cache})).done).toBe(1);
    expect(await holdsOf(home, "ashford")).toEqual(["3.free"]);
  });

  test("what fails is tried three times and then given up, the others go on, and it can be ordered again", async () => {
    const address = postgres.address(await postgres.database());
    const {home, cache} = await makeProgramme({ashford: {failure: "sites.csv, row 3: no such kind"}, dover: {}});
    const queue = await queueAt(address);
    for (const council of ["ashford", "dover", "elsewhere"])
      await queue.order({programme: home, council, key: "one", asked});
    const {done, failed, said} = await workUntilEmpty({queue: address, cache});
    expect([done, failed]).toEqual([1, 6]);
    expect(
      said
        .filter(line => line.includes("sites.csv, row 3: no such kind"))
        .map(line => line.replace(/[\d.]+ m?s\b/, "… s"))
    ).toEqual([
      "ashford: failed after … s, it is tried again later: sites.csv, row 3: no such kind",
      "ashford: failed after … s, it is tried again later: sites.csv, row 3: no such kind",
      "ashford: failed after … s, given up after 3 tries: sites.csv, row 3: no such kind"
    ]);
    expect((await readOutcomes(home)).get("ashford")).toMatchObject({
      ...{
        outcome: "failed",
        edition: null,
        reason: "sites.csv, row 3: no such kind",
        problems: [],
        attempt: 3,
        attempts: 3
      }
    });
    const {givenUp, ...counts} = await queue.standing(home);
    expect(counts).toEqual({waiting: 0, active: 0, done: 1, owed: []});
    expect(givenUp.map(({council}) => council).sort()).toEqual(["ashford", "elsewhere"]);
    expect(givenUp.find(({council}) => council === "ashford")).toEqual({
      ...{programme: home, council: "ashford", key: "one", reason: "sites.csv, row 3: no such kind"}
    });
    expect(givenUp.find(({council}) => council === "elsewhere")?.reason).toContain(
      `there is no folder ${home}/elsewhere`
    );
    expect((await queue.standing("/another")).givenUp).toEqual([]);

    await setPlan(home, "ashford", {});
    expect(await queue.order({programme: home, council: "ashford", key: "one", asked})).toBe("again");
    expect(await workUntilEmpty({queue: address, cache})).toMatchObject({done: 1, failed: 0});
    expect((await queue.standing(home)).givenUp.map(({council}) => council)).toEqual(["elsewhere"]);
    await expectWhole(home, "ashford");
  });

  test("a worker that is asked to stop gives its council back untried, and another finishes it", async () => {
    const address = postgres.address(await postgres.database());
    const {home, cache} = await makeProgramme({ashford: {rounds: 500}});
    const queue = await queueAt(address);
    await queue.order({programme: home, council: "ashford", key: "one", asked});
    const stop = new AbortController();
    const working = workUntilEmpty({queue: address, cache}, {stop: stop.signal});
    await until(
      async () => (await queue.standing()).active === 1,
      () => "the council to be taken"
    );
    await wait(200);
    stop.abort(stopped);
    const {done, failed, said} = await working;
    expect([done, failed]).toEqual([0, 0]);
    expect(said.join("\n")).toContain("since this worker was asked to stop");
    expect((await readOutcomes(home)).get("ashford")).toMatchObject({outcome: "stopped", attempt: 1});
    expect(await holdsOf(home, "ashford")).toEqual(["1.free"]);
    await setPlan(home, "ashford", {});
    expect(await workUntilEmpty({queue: address, cache})).toMatchObject({done: 1, failed: 0});
    expect((await readOutcomes(home)).get("ashford")).toMatchObject({outcome: "done", attempt: 1});
    await expectWhole(home, "ashford");
  });

  test("a worker that is stopped for longer than its lease and woken changes nothing: its council has been finished by another", async () => {
    const address = postgres.address(await postgres.database());
    const {home, cache} = await makeProgramme({ashford: {rounds: 400}});
    const queue = await queueAt(address);
    await queue.order({programme: home, council: "ashford", key: "one", asked});
    const stale = startWorker({queue: address, cache});
    await stale.saying("round ");
    stale.send("SIGSTOP");
    await setPlan(home, "ashford", {rounds: 3});
    expect(await workUntilEmpty({queue: address, cache})).toMatchObject({done: 1, failed: 0});
    const before = lookAt(home);
    stale.send("SIGCONT");
    expect(await stale.ended).toBe(0);
    expect(stale.said()).toContain("another worker has taken it over, and nothing more is written");
    expect(lookAt(home)).toEqual(before);
    expect(await holdsOf(home, "ashford")).toEqual(["2.free"]);
    expect((await readOutcomes(home)).get("ashford")).toMatchObject({outcome: "done", attempt: 2});
    await expectWhole(home, "ashford");
    expect(await queue.standing()).toEqual({waiting: 0, active: 0, done: 1, owed: [], givenUp: []});
    // Each had a part of the cache of its own.
    expect(await readdir(cache)).toEqual(["1", "2"]);
  });

  test("a worker that does nothing else for longer than its lease keeps its council", async () => {
    const address = postgres.address(await postgres.database());
    const {home, cache} = await makeProgramme({ashford: {}});
    const queue = await queueAt(address);
    await queue.order({programme: home, council: "ashford", key: "one", asked});
    const heldStill: unknown[] = [];
    const busy: Work = async () => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3_600);
      heldStill.push(...(await queue.database.rows("select until > now() as is_held from canopy_councils.leases")));
      return {edition: "late", problems: []};
    };
    expect(await workUntilEmpty({queue: address, cache, leaseMilliseconds: 2_000}, {work: busy})).toMatchObject({
      done: 1
    });
    expect(heldStill).toEqual([{is_held: true}]);
  });

  test("of two workers one is killed: the other does all, and the council in hand was tried twice", async () => {
    const address = postgres.address(await postgres.database());
    const {home, cache} = await makeProgramme({ashford: {rounds: 400}, dover: {}, "folkestone-and-hythe": {}});
    const queue = await queueAt(address);
    for (const council of await readdir(home)) await queue.order({programme: home, council, key: "one", asked});
    const killed = startWorker({queue: address, cache});
    await killed.saying("round ");
    const other = workUntilEmpty({queue: address, cache});
    await wait(300);
    killed.send("SIGKILL");
    await killed.ended;
    await setPlan(home, "ashford", {});
    const {done, said} = await other;
    expect(done).toBe(3);
    expect(said.join("\n")).toContain("1 given back whose worker has not been heard of");
    const outcomes = await readOutcomes(home);
    expect([...outcomes].map(([council, {outcome, attempt}]) => [council, outcome, attempt])).toEqual([
      ["ashford", "done", 2],
      ["dover", "done", 1],
      ["folkestone-and-hythe", "done", 1]
    ]);
    for (const council of outcomes.keys()) await expectWhole(home, council);
    // What the dead one had of the cache is used again.
    expect(await workUntilEmpty({queue: address, cache})).toMatchObject({
      said: [expect.stringContaining("/1"), expect.anything()]
    });
  });

  test("a database that is started anew in between, for longer than a lease, loses nothing: the worker goes on, and nobody takes over", async () => {
    const address = postgres.address(await postgres.database());
    const {home, cache} = await makeProgramme({ashford: {rounds: 150}, dover: {}});
    const queue = await queueAt(address);
    for (const council of ["ashford", "dover"]) await queue.order({programme: home, council, key: "one", asked});
    const leaseMilliseconds = 3_000;
    const workers = [
      workUntilEmpty({queue: address, cache, leaseMilliseconds}),
      workUntilEmpty({queue: address, cache, leaseMilliseconds})
    ];
    await until(
      async () => (await queue.standing()).done === 1,
      () => "the first to be done"
    );
    await postgres.down();
    await wait(4_000);
    await postgres.up();
    const results = await Promise.all(workers);
    expect(results.map(({done}) => done).sort()).toEqual([1, 1]);
    expect(results.map(({failed}) => failed)).toEqual([0, 0]);
    expect((await readOutcomes(home)).get("ashford")).toMatchObject({outcome: "done", attempt: 1});
    expect(await holdsOf(home, "ashford")).toEqual(["1.free"]);
    expect(await queue.standing()).toEqual({waiting: 0, active: 0, done: 2, owed: [], givenUp: []});
    await expectWhole(home, "ashford");
  });

  test("whatever is wrong with the queue's database is said before any work begins, and never the password", async () => {
    const database = await postgres.database();
    const role = (name: string) =>
      postgres.query(database, `create role ${name} login password '${Postgres.password}'`);
    await role("visitor");
    const errorOf = async (address: string) => {
      const error = await openQueue(address).then(
        queue => queue.close().then(() => null),
        thrown => thrown
      );
      expect(JSON.stringify([error?.message, error?.stack])).not.toContain(Postgres.password);
      return error?.message ?? null;
    };
    const port = await freePort();
    expect(await errorOf(postgres.address(database, {port}))).toBe(
      `the queue's database at 127.0.0.1:${port}/${database} cannot be reached (ECONNREFUSED): is PostgreSQL running there, and may this machine connect to it?`
    );
    const words = `127.0.0.1:${postgres.port}/${database}`;
    expect(await errorOf(postgres.address(database, {password: `not-${Postgres.password.slice(1)}`}))).toContain(
      `the queue's database at ${words} does not let postgres in: the password is wrong or missing`
    );
    expect(await errorOf(postgres.address("nowhere"))).toContain("there is no database nowhere");
    expect(await errorOf(`mysql://root:${Postgres.password}@localhost/x`)).toContain(
      "--queue is the address of a PostgreSQL database"
    );
    expect(await errorOf(postgres.address(database, {role: "visitor"}))).toContain(
      `  grant create on database "${database}" to "visitor";`
    );
    // What is said to be done helps.
    await postgres.query(database, `grant create on database ${database} to visitor`);
    expect(await errorOf(postgres.address(database, {role: "visitor"}))).toBe(null);
    await role("other");
    expect(await errorOf(postgres.address(database, {role: "other"}))).toContain(
      '  grant usage, create on schema canopy_jobs, canopy_councils to "other";'
    );
    await postgres.query(
      database,
      "grant usage, create on schema canopy_jobs, canopy_councils to other; grant all on all tables in schema canopy_jobs, canopy_councils to other"
    );
    expect(await errorOf(postgres.address(database, {role: "other"}))).toBe(null);
    await postgres.query(database, "update canopy_jobs.version set version = 25");
    expect(await errorOf(postgres.address(database))).toContain(
      `the tables of the queue at ${words} (schema canopy_jobs) are of version 25, and this canopy works with 24`
    );
    const old = {version: 120_022, words: "12.22", may_create: true, has_jobs: false, has_leases: false, may_use: true};
    const address = readAddress("postgres://canopy:secret@db.example/canopy");
    await expect(checkServer({rows: async () => [old] as never[]}, address)).rejects.toThrow(
      "the queue needs PostgreSQL 13 or later; at db.example:5432/canopy is 12.22"
    );
    await (await openQueueDatabase(readAddress(postgres.address(database)), {})).close();
  });

  test("a command that a person began on a council keeps the worker from it until it has ended", async () => {
    const address = postgres.address(await postgres.database());
    const {home, cache} = await makeProgramme({ashford: {}});
    const queue = await queueAt(address);
    await queue.order({programme: home, council: "ashford", key: "one", asked});
    const {takeWriterLock} = await import("../../src/warehouse/lock.ts");
    const leave = await takeWriterLock(join(home, "ashford"));
    const working = workUntilEmpty({queue: address, cache});
    await until(
      async () => (await readdir(join(home, "ashford", ".holds")).catch((): string[] => [])).includes("1.free"),
      () => "the hold to be given up"
    );
    await leave();
    expect((await working).done).toBe(1);
    await rm(join(home, "ashford", ".locks"), {recursive: true});
  });
});
