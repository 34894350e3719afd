import {readdir} from "node:fs/promises";
import {join} from "node:path";
import type {Config} from "../council/config.ts";
import type {Effects} from "../effects.ts";
import {messageOf} from "../errors.ts";
import {type Collected, collect} from "../ingest/collect.ts";
import {everythingPending, type IngestResult, inboxFolder, ingest} from "../ingest/ingest.ts";
import {beginRun, endRun} from "../ingest/ledger.ts";
import {type Verified, verify} from "../ingest/verify.ts";
import {type BuildResult, build, checkPublished} from "../models/build.ts";
import type {PublishResult} from "../publish/publish.ts";
import {type Warehouse, withWarehouse as withWarehouseAt} from "../warehouse/warehouse.ts";
import {type Pipeline, type Step, stepsOf} from "./pipeline.ts";

/** What a run of one or more pipelines did. */
export interface RunResult {
  readonly pipelines: readonly string[];
  /** What came of each service that was asked. */
  readonly collected: readonly Collected[];
  readonly ingests: readonly IngestResult[];
  readonly builds: readonly BuildResult[];
  readonly published: PublishResult | null;
  /** How the archive stood at the start. */
  readonly verified: Verified | null;
}

/** Every pipeline of the project's `pipelines/` folder, by name. */
export async function readPipelines(): Promise<Map<string, Pipeline>> {
  const folder = new URL("../../pipelines/", import.meta.url);
  const files = (await readdir(folder)).filter(name => name.endsWith(".ts")).sort();
  const modules = (await Promise.all(files.map(file => import(new URL(file, folder).href)))) as {pipeline: Pipeline}[];
  return new Map(modules.map(({pipeline}) => [pipeline.name, pipeline]));
}

/** Runs pipelines together, as one run in the ledger. The first step that fails ends the run. */
export async function runPipelines(
  pipelines: readonly Pipeline[],
  config: Config,
  effects: Effects
): Promise<RunResult> {
  const names = pipelines.map(({name}) => name);
  return withWarehouse(config, effects, async warehouse => {
    const result = {
      pipelines: names,
      collected: [] as Collected[],
      ingests: [] as IngestResult[],
      builds: [] as BuildResult[],
      published: null as PublishResult | null,
      verified: null as Verified | null
    };
    await recorded(warehouse, names.join(", "), effects, async runId => {
      for (const step of stepsOf(pipelines)) await runStep(step, {warehouse, config, effects, runId, result});
    });
    return result;
  });
}

/** Runs work with the warehouse open for writing; where it is damaged, it is made again from the archive, which is said. */
export async function withWarehouse<T>(
  {dataFolder}: Pick<Config, "dataFolder">,
  effects: Pick<Effects, "print">,
  work: (warehouse: Warehouse) => Promise<T>
): Promise<T> {
  return withWarehouseAt(dataFolder, work, effects.print);
}

/** Runs work as one run of the ledger, done or failed. */
export async function recorded<T>(
  warehouse: Warehouse,
  command: string,
  effects: Effects,
  work: (runId: number) => Promise<T>
): Promise<T> {
  const runId = await beginRun(warehouse.connection, command, effects.now());
  try {
    const result = await work(runId);
    await endRun(warehouse.connection, runId, "done", null, effects.now());
    return result;
  } catch (error) {
    await endRun(warehouse.connection, runId, "failed", messageOf(error), effects.now()).catch(() => {});
    throw error;
  }
}

/**
 * Lands what the archive holds and the warehouse does not, before anything is built from it; nothing where nothing is owed. A warehouse that was made again
 * is filled here, and one that an older copy was put in the place of catches up.
 */
export async function landOwed(
  warehouse: Warehouse,
  {dataFolder}: Pick<Config, "dataFolder">,
  runId: number,
  effects: Effects
): Promise<IngestResult[]> {
  const done = await ingest(warehouse, everythingPending(dataFolder), runId, effects);
  return done.loads.length > 0 ? [done] : [];
}

interface StepContext {
  readonly warehouse: Warehouse;
  readonly config: Config;
  readonly effects: Effects;
  readonly runId: number;
  readonly result: {
    collected: Collected[];
    ingests: IngestResult[];
    builds: BuildResult[];
    published: PublishResult | null;
    verified: Verified | null;
  };
}

async function runStep(step: Step, {warehouse, config, effects, runId, result}: StepContext): Promise<void> {
  switch (step.kind) {
    case "verify":
      effects.progress("checking the archive");
      result.verified = await verify(warehouse, config.dataFolder, {day: effects.now().toISOString().slice(0, 10)});
      return;
    case "illustrate":
      return illustrate(config, effects);
    case "fetch":
      result.collected.push(
        ...(await collect(warehouse, config.dataFolder, {feeds: step.feeds}, {from: null, to: null}, effects))
      );
      return;
    case "ingest":
      effects.progress(`looking for new files of ${step.feeds.join(", ")}`);
      result.ingests.push(
        await ingest(
          warehouse,
          {
            dataFolder: config.dataFolder,
            feeds: step.feeds,
            files: [],
            layout: null,
            meterPoint: null,
            isReplay: false
          },
          runId,
          effects
        )
      );
      return;
    case "build":
      result.ingests.push(...(await landOwed(warehouse, config, runId, effects)));
      effects.progress("building the marts");
      result.builds.push(await build(warehouse, config));
      return;
    case "check":
      effects.progress("proving the marts");
      await checkPublished(config.dataFolder);
      return;
    case "publish":
      effects.progress("drawing figures and writing tables");
      result.published = await (await import("../publish/publish.ts")).publish(config);
  }
}

async function illustrate({council, dataFolder}: Config, effects: Effects): Promise<void> {
  if (council.illustrative === null) return;
  effects.progress("writing the illustrative estate's supplier files");
  const {writeIllustrativeEstate} = await import("../illustrative/write.ts");
  await writeIllustrativeEstate(
    {
      inbox: inboxFolder(dataFolder),
      truthFile: join(dataFolder, ".truth", "illustrative.json"),
      seed: council.illustrative.seed
    },
    {onProgress: effects.progress}
  );
}
