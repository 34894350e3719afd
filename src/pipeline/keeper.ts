import {randomBytes} from "node:crypto";
import {readConfig} from "../council/config.ts";
import type {Effects} from "../effects.ts";
import type {Message, Way} from "../sending/message.ts";
import {nextDigestAt, readDigestRecord, writeDigestRecord} from "./digest-record.ts";
import {makeDigestSender} from "./digest-sender.ts";
import {type Heartbeat, writeHeartbeat} from "./heartbeat.ts";
import type {Pipeline} from "./pipeline.ts";
import {runPipelines, withWarehouse} from "./run.ts";
import {failuresText, nextLine, nextRun} from "./schedule-words.ts";
import {makeScheduler, type Workplace} from "./scheduler.ts";
import type {Ending} from "./slot-ledger.ts";
import {readSlotView, writeSlotView} from "./slot-view.ts";
import type {SlotState} from "./slots.ts";
import {stoppable} from "./stop.ts";

/** What a scheduler does besides running pipelines. */
export interface Besides {
  readonly ways: readonly Way[];
  /** The local time from which a day's message is sent. */
  readonly at: string;
  /** Makes the message of a day: what came in since an instant, null for the last day. `isWriting` where a run is in hand. */
  readonly write: (day: string, since: Date | null, isWriting: boolean) => Promise<Message>;
  /** Whether all is well, looked at now. */
  readonly look: () => Promise<boolean>;
}

/** What a scheduler is made with. */
export interface KeeperPlace {
  readonly pipelines: readonly Pipeline[];
  readonly dataFolder: string;
  /** Names this process. */
  readonly since: string;
  readonly effects: Effects;
  readonly stop: AbortSignal;
  readonly besides: Besides;
  readonly isStaying: boolean;
}

/** A scheduler at work in a data folder; what decides when each is called is outside. */
export interface Keeper {
  /** Runs what is owed, and looks whether all is well. */
  readonly run: () => Promise<readonly Ending[]>;
  /** Sends the message that is owed. */
  readonly send: () => Promise<boolean>;
  /** Gives a sign of life. */
  readonly beat: (state: Heartbeat["state"]) => Promise<void>;
  readonly next: () => string;
}

/** How long a message waits for a run that is in hand: then it says that one is. */
const longestQuietMilliseconds = 30 * 60_000;
/** How often it is looked whether all is well, where nothing ran. */
const lookEveryMilliseconds = 60 * 60_000;

/** Makes a scheduler over the real warehouse of a data folder. */
export async function makeKeeper(place: KeeperPlace): Promise<Keeper> {
  const {pipelines, dataFolder, since, effects, stop, besides, isStaying} = place;
  let slots: readonly SlotState[] = (await readSlotView(dataFolder).catch(() => null)) ?? [];
  let running: Promise<unknown> | null = null;
  let doing: string | null = null;
  let isWell: boolean | null = null;
  let lookedAt: Date | null = null;
  const workplace: Workplace = {
    pipelines,
    owner: `${since}, ${randomBytes(4).toString("hex")}`,
    effects,
    stop,
    withLedger: work => withWarehouse({dataFolder}, effects, ({connection}) => work(connection)),
    run: async (pipeline, command) => {
      doing = command;
      try {
        const config = await readConfig(dataFolder, effects.now());
        const {builds} = await runPipelines([{...pipeline, name: command}], config, stoppable(effects, stop));
        return failuresText(builds.flatMap(({failures}) => failures));
      } finally {
        doing = null;
      }
    },
    showSlots: changed => {
      slots = changed;
      return writeSlotView(dataFolder, changed);
    }
  };
  const {pass} = makeScheduler(workplace);
  const sender = makeDigestSender({
    ...{ways: besides.ways, at: besides.at, effects, stop, isStaying},
    write: (day, from) => besides.write(day, from, doing !== null),
    readRecord: () => readDigestRecord(dataFolder),
    writeRecord: record => writeDigestRecord(dataFolder, record),
    quiet: () => settledWithin(running, longestQuietMilliseconds, stop)
  });

  async function look(): Promise<void> {
    lookedAt = effects.now();
    isWell = await besides.look().catch(() => false);
  }

  async function run(): Promise<readonly Ending[]> {
    const passing = pass();
    running = passing.catch(() => {});
    try {
      const endings = await passing.catch(error => {
        isWell = false;
        throw error;
      });
      const age = lookedAt === null ? Number.POSITIVE_INFINITY : effects.now().getTime() - lookedAt.getTime();
      if (endings.length > 0 || Math.abs(age) >= lookEveryMilliseconds) await look();
      return endings;
    } finally {
      running = null;
    }
  }

  function beat(state: Heartbeat["state"]): Promise<void> {
    const now = effects.now();
    return writeHeartbeat(dataFolder, {
      version: 1,
      at: now.toISOString(),
      process: since,
      state,
      is_well: isWell,
      looked_at: lookedAt?.toISOString() ?? null,
      doing,
      next: state === "stopped" ? null : nextOf(now)
    });
  }

  function nextOf(now: Date): Heartbeat["next"] {
    const runs = nextRun(pipelines, slots, now);
    const message = besides.ways.length === 0 ? null : nextDigestAt(besides.at, now);
    return message !== null && message < runs.at
      ? {what: "the daily message", due_at: message.toISOString()}
      : {what: runs.names.join(", "), due_at: runs.at.toISOString()};
  }

  return {run, send: sender.pass, beat, next: () => nextLine(pipelines, slots, effects.now())};
}

/** Returns when some work has ended, or after so long, or when asked to stop. */
async function settledWithin(work: Promise<unknown> | null, milliseconds: number, stop: AbortSignal): Promise<void> {
  if (work === null || stop.aborted) return;
  await new Promise<void>(resolve => {
    const enough = () => {
      clearTimeout(timer);
      stop.removeEventListener("abort", enough);
      resolve();
    };
    const timer = setTimeout(enough, milliseconds);
    stop.addEventListener("abort", enough);
    void work.then(enough);
  });
}
