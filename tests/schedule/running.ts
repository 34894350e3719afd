import {spawn} from "node:child_process";
import {copyFile, mkdir, mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {onTestFinished} from "vitest";
import {readPipelines} from "../../src/pipeline/run.ts";
import {beginSlots, endSlots} from "../../src/pipeline/slot-ledger.ts";
import type {SlotState} from "../../src/pipeline/slots.ts";
import {openDatabase} from "../../src/warehouse/connection.ts";
import {deliver, withWarehouse} from "../durability/folder.ts";
import {mixedFile, mixedMeters} from "../durability/mixed-files.ts";
import {makeDataFolder} from "../support/data-folder.ts";

const root = new URL("../..", import.meta.url).pathname;

/** A scheduler at work in a process of its own. */
export interface RunningSchedule {
  readonly send: (signal: NodeJS.Signals) => void;
  /** Resolves when it has said something like this, or has ended. */
  readonly says: (words: RegExp) => Promise<void>;
  readonly ended: Promise<{code: number | null; signal: NodeJS.Signals | null; out: string; err: string}>;
}

/** Starts `canopy schedule` on a folder; it does not outlive the test. */
export function startSchedule(
  folder: string,
  {once = false, zone = "Asia/Kathmandu", environment = {} as Readonly<Record<string, string>>} = {}
): RunningSchedule {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "src/cli.ts", "schedule", "--data", folder, ...(once ? ["--once"] : [])],
    {cwd: root, stdio: ["ignore", "pipe", "pipe"], env: {...process.env, ...environment, TZ: zone}}
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  const said = {out: "", err: ""};
  child.stderr.setEncoding("utf8").on("data", text => {
    said.err += text;
  });
  child.stdout.setEncoding("utf8").on("data", text => {
    said.out += text;
  });
  const ended = new Promise<Awaited<RunningSchedule["ended"]>>(resolve =>
    child.once("close", (code, signal) => resolve({code, signal, ...said}))
  );
  const says = (words: RegExp) =>
    new Promise<void>(resolve => {
      const look = () => words.test(said.out) && resolve();
      child.stdout.on("data", look);
      look();
      void ended.then(() => resolve());
    });
  return {send: signal => void child.kill(signal), says, ended};
}

/** A folder where only estate-energy is owed, with so many files in its inbox that reading them takes a while. */
export async function folderWithFiles(count = 6): Promise<string> {
  const folder = await makeDataFolder(mixedMeters.map(id => ({id})));
  for (let number = 0; number < count; number += 1) {
    const {name, text} = mixedFile(20261103, number);
    await deliver(folder, name, text);
  }
  await oweOnly(folder, "estate-energy");
  return folder;
}

/** Every attempt in the ledger of a folder that nobody works on, looked at in a copy. */
export async function attemptsOf(
  folder: string
): Promise<(Pick<SlotState, "pipeline" | "attempt" | "state" | "error"> & {slot: string})[]> {
  const copy = await mkdtemp(join(tmpdir(), "canopy-slots-"));
  await mkdir(copy, {recursive: true});
  for (const name of ["canopy.duckdb", "canopy.duckdb.wal"])
    await copyFile(join(folder, "warehouse", name), join(copy, name)).catch(() => {});
  const database = await openDatabase(join(copy, "canopy.duckdb"), {folders: []});
  const connection = await database.connect();
  try {
    return await connection.rows(
      "select pipeline, slot_date::varchar as slot, attempt, state, error from ops.slots order by pipeline, slot_date, attempt"
    );
  } finally {
    connection.close();
    database.close();
    await rm(copy, {recursive: true, force: true});
  }
}

/** Puts it into the ledger that every other pipeline has succeeded, so that only this one is owed. */
export async function oweOnly(folder: string, name: string): Promise<void> {
  const now = new Date();
  const others = [...(await readPipelines()).values()].filter(pipeline => pipeline.name !== name);
  await withWarehouse(folder, async ({connection}) => {
    for (const pipeline of others) {
      await beginSlots(connection, pipeline, "a test", now);
      const ending = {state: "succeeded", error: null, owner: "a test", command: ""} as const;
      await endSlots(connection, {...ending, pipeline}, now);
    }
  });
}
