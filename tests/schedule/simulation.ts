import {readdir, readFile} from "node:fs/promises";
import {WarehouseError} from "../../src/errors.ts";
import type {Pipeline} from "../../src/pipeline/pipeline.ts";
import {makeScheduler, type Scheduler} from "../../src/pipeline/scheduler.ts";
import type {SlotState} from "../../src/pipeline/slots.ts";
import {type Connection, openDatabase} from "../../src/warehouse/connection.ts";
import {busy} from "../../src/warehouse/lock.ts";

/** What becomes of the next run: killed means `kill -9` in the run, before its end is in the ledger, or after. */
export type Fate =
  | "well"
  | "fails"
  | "builds in part"
  | "busy at start"
  | "busy in run"
  | "busy at end"
  | "killed"
  | "killed at end"
  | "killed after end";

/** A run that was made. */
export interface SimulatedRun {
  readonly pipeline: string;
  readonly command: string;
  readonly at: Date;
  readonly isWell: boolean;
}

/** Schedulers over a real ledger in memory, with a clock of their own and a runner that does nothing, as fated. */
export interface Simulation {
  readonly pipelines: readonly Pipeline[];
  readonly runs: SimulatedRun[];
  readonly printed: string[];
  now: number;
  fate: Fate;
  /** What readers are shown. */
  shown: readonly SlotState[];
  /** Starts a scheduler where none is up, and lets it do what is owed. A kill leaves none up. */
  readonly pass: () => Promise<void>;
  /** Ends the process that is up without a word. */
  readonly kill: () => void;
}

const migrations = new URL("../../src/warehouse/migrations/", import.meta.url);

async function migrate(connection: Connection, name: string): Promise<void> {
  await connection.script(await readFile(new URL(name, migrations), "utf8"));
}

/** A ledger in memory as the migrations make it. */
export async function openLedger(): Promise<Connection> {
  const database = await openDatabase(":memory:", {folders: []});
  const connection = await database.connect();
  for (const name of (await readdir(migrations)).sort()) await migrate(connection, name);
  return connection;
}

export const makePipeline = (
  name: string,
  schedule: Pipeline["schedule"],
  feeds: readonly string[] = [name]
): Pipeline => ({
  name,
  description: `${name} of a test`,
  schedule,
  steps: feeds.length > 0 ? [{kind: "ingest", feeds}] : [{kind: "build"}]
});

/** Like the pipelines of the house. */
export const usualPipelines = [
  makePipeline("energy", {every: "day", at: "02:15"}),
  makePipeline("fuel", {every: "week", at: "02:15"}),
  makePipeline("net-zero", {every: "month", at: "02:15"}, [])
];

const death = new WarehouseError("killed", {code: "fatal"});

/** Simulates on a ledger, whose tables are made anew: emptied, they would slow down with all that was once in them. */
export async function simulate(ledger: Connection, start: string, pipelines = usualPipelines): Promise<Simulation> {
  await ledger.run("drop table ops.slots");
  await migrate(ledger, "003-slots.sql");
  await ledger.run("create or replace table ops.runs as from ops.runs limit 0");
  let scheduler: Scheduler | null = null;
  let isRunning = false;
  let boots = 0;
  const world: Simulation = {
    pipelines,
    runs: [],
    printed: [],
    now: Date.parse(start),
    fate: "well",
    shown: [],
    pass: async () => {
      scheduler ??= boot();
      await scheduler.pass().catch(error => {
        if (error !== death) throw error;
        world.kill();
      });
    },
    kill: () => {
      scheduler = null;
      isRunning = false;
    }
  };

  function boot(): Scheduler {
    boots += 1;
    return makeScheduler({
      pipelines,
      owner: `process ${boots}`,
      effects: {
        now: () => new Date(world.now),
        print: line => void world.printed.push(line),
        progress: () => {},
        environment: {},
        sleep: async () => {},
        random: () => 0.5
      },
      stop: new AbortController().signal,
      withLedger,
      run,
      showSlots: async slots => {
        world.shown = slots;
      }
    });
  }

  async function withLedger<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const isEnd = isRunning;
    if (world.fate === (isEnd ? "busy at end" : "busy at start")) {
      world.fate = "well";
      throw busy("here");
    }
    if (isEnd && world.fate === "killed at end") throw death;
    const result = await work(ledger);
    isRunning = false;
    if (isEnd && world.fate === "killed after end") throw death;
    return result;
  }

  async function run({name}: Pipeline, command: string): Promise<string | null> {
    if (isRunning) throw new Error("two runs at once");
    if (world.fate === "busy in run") {
      world.fate = "well";
      throw busy("here");
    }
    isRunning = true;
    const isWell = world.fate !== "fails" && world.fate !== "killed";
    world.runs.push({pipeline: name, command, at: new Date(world.now), isWell});
    await ledger.run("insert into ops.runs values ($1, $2, '2026-01-01', null, 'done', null)", [
      world.runs.length,
      command
    ]);
    world.now += 1000;
    if (world.fate === "killed") throw death;
    if (world.fate === "fails") throw new Error("the supplier sent nonsense");
    return world.fate === "builds in part" ? "1 model could not be built: marts.loads breaks its check" : null;
  }

  return world;
}

/** Every attempt that is in the ledger. */
export const attemptsIn = (ledger: Connection) =>
  ledger.rows<{pipeline: string; slot: string; attempt: number; state: string; run_id: number | null}>(
    "select pipeline, slot_date::varchar as slot, attempt, state, run_id from ops.slots order by pipeline, slot_date, attempt"
  );
