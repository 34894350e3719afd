import {randomBytes} from "node:crypto";
import {stat} from "node:fs/promises";
import {hostname} from "node:os";
import {basename, join, resolve} from "node:path";
import {setTimeout as wait} from "node:timers/promises";
import {type Effects, inert} from "../effects.ts";
import {CliError, HoldError, isHoldLost, isStopped, messageOf} from "../errors.ts";
import {stoppable} from "../pipeline/stop.ts";
import {holderOf} from "../warehouse/lock.ts";
import {tookText} from "../wording/times.ts";
import {highestNumber, type TakenHold, takeHold} from "./hold.ts";
import type {Asked} from "./key.ts";
import {endLease, type Lease, takeLease} from "./leases.ts";
import {localFolder, type Slot, takeSlot} from "./local-folder.ts";
import {type Outcome, outcomePaths, writeOutcome} from "./outcomes.ts";
import {type Job, mostAttempts, openQueue, type Queue} from "./queue.ts";
import {readAddress} from "./queue-database.ts";
import {type Renewals, startRenewals} from "./renewals.ts";
import type {Done} from "./work.ts";

/** What a worker does with a council: everything is read and written in the data folder, which leads into the shared one. */
export type Work = (
  council: {
    /** Its name within the programme. */
    readonly folder: string;
    /** Its shared folder. */
    readonly path: string;
  },
  context: {
    readonly dataFolder: string;
    /** The programme's folder on this machine. */
    readonly programme: string;
    readonly key: string;
    readonly asked: Asked;
    /** They stop the work where the process is asked to end, or the council is another worker's by now. */
    readonly effects: Effects;
  }
) => Promise<Done>;

/** How a worker works. */
export interface WorkerOptions {
  /** The address of the queue. */
  readonly queue: string;
  /** A folder on a disk of this machine, for what can be made again. */
  readonly cache: string;
  /** Where this machine has the programme's folder, if not where the order says. */
  readonly programme?: string;
  /** Whether it ends when nothing is waiting or in hand. */
  readonly isUntilEmpty: boolean;
  /** After so long without a word a worker is believed dead. */
  readonly leaseMilliseconds?: number;
  /** How often it looks for work where there was none. */
  readonly lookMilliseconds?: number;
  readonly retrySeconds?: number;
}

/** What a worker did until it ended. */
export interface WorkerResult {
  readonly done: number;
  readonly failed: number;
}

const usualLeaseMilliseconds = 60_000;
const usualLookMilliseconds = 2_000;

/** What all jobs of one worker have in common. */
interface Worker {
  readonly name: string;
  readonly options: WorkerOptions;
  readonly queue: Queue;
  readonly renewals: Renewals;
  readonly slot: Slot;
  readonly effects: Effects;
  readonly leaseMilliseconds: number;
}

/**
 * Takes one council at a time from the queue and works on it, until it is asked to stop, or nothing is owed. A council is one worker's under a lease of the
 * database and, which alone is relied on, under a hold of its folder.
 *
 * @throws CliError where the queue cannot be reached or used.
 */
export async function runWorker(options: WorkerOptions, work: Work, effects: Effects): Promise<WorkerResult> {
  const {queue: address, retrySeconds, leaseMilliseconds = usualLeaseMilliseconds} = options;
  const patience = effects.stop === undefined ? {} : {stop: effects.stop};
  const name = `${hostname()} process ${process.pid} ${randomBytes(3).toString("hex")}`;
  const queue = await openQueue(address, {...patience, ...(retrySeconds === undefined ? {} : {retrySeconds})});
  try {
    const renewals = startRenewals(readAddress(address), leaseMilliseconds);
    try {
      const slot = await takeSlot(options.cache, name);
      try {
        effects.print(`worker ${name}: ready, its own files are in ${slot.folder}`);
        return await keepWorking({name, options, queue, renewals, slot, effects, leaseMilliseconds}, work);
      } finally {
        await slot.leave();
      }
    } finally {
      await renewals.close();
    }
  } finally {
    await queue.close();
  }
}

async function keepWorking(worker: Worker, work: Work): Promise<WorkerResult> {
  const {options, queue, effects, leaseMilliseconds} = worker;
  const look = options.lookMilliseconds ?? usualLookMilliseconds;
  const result = {done: 0, failed: 0};
  let [lookedAt, isTold] = [Number.NEGATIVE_INFINITY, false];
  try {
    while (effects.stop?.aborted !== true) {
      if (performance.now() - lookedAt > Math.min(leaseMilliseconds / 4, 10 * look)) {
        lookedAt = performance.now();
        const recovered = await queue.recover(leaseMilliseconds);
        if (recovered > 0)
          effects.print(`${recovered} given back whose worker has not been heard of: they are tried again`);
      }
      const job = await queue.take();
      if (job !== null) {
        isTold = false;
        const outcome = await workOn(worker, job, work).catch(async error => {
          // The shared storage, or this machine's disk: the others may still do.
          if (effects.stop?.aborted === true) throw error;
          effects.print(`${inert(job.council)}: failed: ${inert(messageOf(error))}`);
          await queue.failed(job, messageOf(error));
          return "failed" as const;
        });
        if (outcome === "done") result.done += 1;
        if (outcome === "failed") result.failed += 1;
        continue;
      }
      if (options.isUntilEmpty && (await queue.owed()) === 0) break;
      if (!isTold) effects.print("nothing is waiting: looking again from time to time");
      isTold = true;
      await wait(look, undefined, effects.stop === undefined ? {} : {signal: effects.stop}).catch(() => {});
    }
  } catch (error) {
    if (effects.stop?.aborted !== true) throw error;
  }
  effects.print(`worker ended: ${result.done} done, ${result.failed} failed`);
  return result;
}

/** What came of a job: `back`, it was given back untried; `lost`, another worker has the council. */
type Ended = "done" | "failed" | "stopped" | "back" | "lost";

/** When a council that somebody else is at work on is looked at again. */
const laterMilliseconds = ({leaseMilliseconds}: Pick<Worker, "leaseMilliseconds">) =>
  Math.min(5_000, leaseMilliseconds);

async function workOn(worker: Worker, job: Job, work: Work): Promise<Ended> {
  const {name, options, queue, renewals, leaseMilliseconds, effects} = worker;
  const programme = resolve(options.programme ?? job.programme);
  const root = join(programme, job.council);
  const isName = basename(job.council) === job.council && !job.council.startsWith(".");
  const isThere = await stat(root).then(
    each => each.isDirectory(),
    () => false
  );
  if (!isName || !isThere) {
    const reason = `there is no folder ${root} on this machine. To say where the programme is here: canopy worker --programme DIR`;
    effects.print(`${inert(job.council)}: ${reason}`);
    await queue.failed(job, reason);
    return "failed";
  }
  const lease = await takeLease(queue.database, {
    council: `${job.programme}/${job.council}`,
    worker: name,
    job: job.id,
    highest: await highestNumber(root),
    milliseconds: leaseMilliseconds
  });
  if (lease === null) {
    await queue.giveBack(job, laterMilliseconds(worker));
    return "back";
  }
  const renewing = renewals.keep(lease);
  try {
    return await underHold(worker, {job, programme, root, lease}, renewing.lost, work);
  } finally {
    renewing.end();
    await endLease(queue.database, lease);
  }
}

interface Task {
  readonly job: Job;
  readonly programme: string;
  readonly root: string;
  readonly lease: Lease;
}

async function underHold(worker: Worker, task: Task, lost: AbortSignal, work: Work): Promise<Ended> {
  const {name, queue, slot, effects} = worker;
  const {job, programme, root, lease} = task;
  const folder = await localFolder(slot, root);
  const also = outcomePaths(programme, job.council);
  const hold = await takeHold({root, folder, also, number: lease.fence, worker: name, now: effects.now}).catch(
    error => {
      if (error instanceof HoldError) return null;
      throw error;
    }
  );
  if (hold === null || (await isBusyByHand(root))) {
    await hold?.release();
    await queue.giveBack(job, laterMilliseconds(worker));
    effects.print(`${inert(job.council)}: another canopy is at work on it. It is tried again later`);
    return "back";
  }
  try {
    return await tried(worker, task, {hold, folder, lost}, work);
  } finally {
    await hold.release();
  }
}

/** Whether somebody has begun an ordinary command on the folder before it was held; who begins later is told that it is held. */
const isBusyByHand = async (root: string): Promise<boolean> =>
  (await holderOf(root, "writer").catch(() => null)) !== null;

async function tried(
  worker: Worker,
  {job, programme, root}: Task,
  {hold, folder, lost}: {readonly hold: TakenHold; readonly folder: string; readonly lost: AbortSignal},
  work: Work
): Promise<Ended> {
  const {name, queue, effects} = worker;
  const started = effects.now();
  const council = inert(job.council);
  effects.print(`${council}: begun${job.attempt > 1 ? `, try ${job.attempt} of ${mostAttempts}` : ""}`);
  const note = (
    outcome: Outcome["outcome"],
    edition: string | null,
    reason: string | null,
    problems: readonly string[] = []
  ) =>
    writeOutcome(programme, job.council, {
      ...{council: job.council, key: job.key, worker: name, outcome, edition, reason, problems},
      ...{started_at: started.toISOString(), ended_at: effects.now().toISOString()},
      ...{attempt: Math.min(job.attempt, mostAttempts), attempts: mostAttempts}
    });
  const took = () => tookText(effects.now().getTime() - started.getTime());
  const stop = effects.stop === undefined ? lost : AbortSignal.any([effects.stop, lost]);
  let made: string;
  try {
    const {edition, problems} = await work(
      {folder: job.council, path: root},
      {dataFolder: folder, programme, key: job.key, asked: job.asked, effects: stoppable(effects, stop)}
    );
    await note("done", edition, null, problems);
    made = edition;
  } catch (error) {
    const isLost = isHoldLost(error) || lost.aborted || (await hold.check().then(() => false, isHoldLost));
    if (isLost) {
      effects.print(
        `${council}: left off after ${took()}: another worker has taken it over, and nothing more is written`
      );
      return "lost";
    }
    if (isStopped(error)) {
      await note("stopped", null, "the worker was asked to stop");
      await queue.giveBack(job, 0);
      effects.print(`${council}: given back after ${took()}, since this worker was asked to stop`);
      return "stopped";
    }
    const reason = messageOf(error);
    await note("failed", null, reason).catch(() => {});
    await queue.failed(job, reason);
    const next = job.attempt < mostAttempts ? "it is tried again later" : `given up after ${mostAttempts} tries`;
    effects.print(`${council}: failed after ${took()}, ${next}: ${inert(reason)}`);
    return "failed";
  }
  await queue.done(job);
  effects.print(`${council}: done in ${took()}, edition ${inert(made)}`);
  return "done";
}

/** @throws CliError on a number of seconds that is none. */
export function readLeaseSeconds(text: string): number {
  const seconds = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || seconds < 1)
    throw new CliError(`--lease ${text}: a number of seconds, 1 or more`, {exitCode: 2});
  return seconds * 1000;
}
