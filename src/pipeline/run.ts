import {readdir} from "node:fs/promises";
import {join} from "node:path";
import type {Config} from "../council/config.ts";
import type {Effects} from "../effects.ts";
import {isBusy, isStopped, messageOf} from "../errors.ts";
import {type Collected, collect} from "../ingest/collect.ts";
import {everythingPending, type IngestResult, inboxFolder, ingest} from "../ingest/ingest.ts";
import {beginRun, endRun} from "../ingest/ledger.ts";
import {keepSettings} from "../ingest/settings.ts";
import {type Verified, verify} from "../ingest/verify.ts";
import {type BuildResult, build, checkPublished} from "../models/build.ts";
import type {PublishResult} from "../publish/publish.ts";
import {type Warehouse, withWarehouse as withWarehouseAt} from "../warehouse/warehouse.ts";
import {findingTitle} from "../wording/findings.ts";
import {noteFindings} from "./findings-seen.ts";
import {noteRun} from "./last-runs.ts";
import {type Pipeline, type Step, stepsOf} from "./pipeline.ts";
import {interrupted} from "./stop.ts";

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
  const command = names.join(", ");
  return asRun(config, {name: "run", command, problemsOf}, effects, async (warehouse, runId) => {
    const result = {
      pipelines: names,
      collected: [] as Collected[],
      ingests: [] as IngestResult[],
      builds: [] as BuildResult[],
      published: null as PublishResult | null,
      verified: null as Verified | null
    };
    for (const step of stepsOf(pipelines)) await runStep(step, {warehouse, config, effects, runId, result});
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

/** What a command that takes in or builds is noted as, and what of its result failed. */
interface Noted<T> {
  readonly name: string;
  /** Its name in the ledger of runs. */
  readonly command?: string;
  readonly problemsOf: (result: T) => readonly string[];
}

/**
 * Runs work with the warehouse open, as one run of the ledger, and notes beside the warehouse how it went, for `status` and the daily message: also where the
 * warehouse could not be opened. That another process was writing, or somebody asked to stop, is no failure.
 */
export async function asRun<T>(
  config: Pick<Config, "dataFolder">,
  {name, command = name, problemsOf}: Noted<T>,
  effects: Effects,
  work: (warehouse: Warehouse, runId: number) => Promise<T>
): Promise<T> {
  const started_at = effects.now().toISOString();
  const note = (outcome: "done" | "failed", problems: readonly string[]) =>
    noteRun(config.dataFolder, name, {
      started_at,
      ended_at: effects.now().toISOString(),
      outcome,
      problems: [...problems]
    });
  try {
    const result = await withWarehouse(config, effects, warehouse =>
      recorded(warehouse, command, effects, runId =>
        interrupted(warehouse.connection, effects.stop, () => work(warehouse, runId))
      )
    );
    await note("done", problemsOf(result));
    return result;
  } catch (error) {
    if (!isBusy(error) && !isStopped(error)) await note("failed", [messageOf(error)]);
    throw error;
  }
}

/** What failed of what was taken in. */
export const ingestProblems = ({
  unreadable,
  unasked,
  damages,
  clockDoubt,
  tooMuch
}: Pick<IngestResult, "unreadable" | "unasked" | "damages" | "clockDoubt" | "tooMuch">): string[] => [
  ...(clockDoubt === null ? [] : ["the clock of this computer is doubted, so that nothing was counted: canopy clock"]),
  ...unreadable.map(({file, reason}) => `${file}: ${reason}`),
  ...unasked.map(({kind, reason}) => `deliveries could not be judged for ${kind}: ${reason}`),
  ...damages.map(({file, words}) => `the archive: ${file}: ${words}`),
  ...tooMuch.filter(({wasTriedNow}) => wasTriedNow).map(({file_name, reason}) => `${file_name}: ${reason}`)
];

/** What failed of what was asked of services. */
export const serviceProblems = (collected: readonly Collected[]): string[] =>
  collected.flatMap(({service, failure}) => (failure === null ? [] : [`${service}: ${failure}`]));

/** What failed of a run that was done. */
export const problemsOf = ({
  collected,
  ingests,
  builds
}: Pick<RunResult, "collected" | "ingests" | "builds">): string[] => [
  ...new Set([
    ...serviceProblems(collected),
    ...ingests.flatMap(ingestProblems),
    ...builds.flatMap(({failures}) => failures.map(({reason}) => reason))
  ])
];

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
 * Lands what the archive holds and the warehouse does not, before anything is built from it; none where nothing is owed or damaged. A warehouse that was made again
 * is filled here, and one that an older copy was put in the place of catches up. The settings that figures are made with go into the archive first.
 */
export async function landOwed(
  warehouse: Warehouse,
  {dataFolder}: Pick<Config, "dataFolder">,
  runId: number,
  effects: Effects
): Promise<IngestResult[]> {
  await keepSettings(warehouse.connection, dataFolder, effects);
  const done = await ingest(warehouse, everythingPending(dataFolder), runId, effects);
  return done.loads.length + done.damages.length > 0 ? [done] : [];
}

/** Builds the marts, and notes which findings are new, worse or gone. */
export async function buildAndNote(warehouse: Warehouse, config: Config, effects: Effects): Promise<BuildResult> {
  const built = await build(warehouse, config);
  if (!built.isUnchanged) await noteFindings(config.dataFolder, findingTitle, effects.now());
  return built;
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
      result.builds.push(await buildAndNote(warehouse, config, effects));
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
