import {hostname} from "node:os";
import {schedule as atTicks} from "node-cron";
import type {Effects} from "../effects.ts";
import {instantText} from "../wording/dates.ts";
import {type Besides, type Keeper, makeKeeper} from "./keeper.ts";
import {takeSchedule} from "./one-scheduler.ts";
import {readPipelines} from "./run.ts";
import {hearSignals} from "./stop.ts";

/**
 * Keeps the schedule of a data folder until it is asked to stop, or does what is due now and returns (`isOnce`): runs, the daily message, and a sign of life
 * every minute. Says whether every run succeeded and built all that it should, and every message was sent.
 * A second scheduler on the folder is a CliError that names the first. An error of the warehouse itself ends it, after the message that is owed: what was
 * left running is made up by the next.
 */
export async function keepSchedule(
  dataFolder: string,
  isOnce: boolean,
  effects: Effects,
  besides: Besides
): Promise<boolean> {
  const since = `pid ${process.pid} on ${hostname()} since ${instantText(effects.now())}`;
  const leave = await takeSchedule(dataFolder, since);
  const {stop, deafen} = hearSignals();
  stop.addEventListener("abort", () => effects.print("asked to stop: the step in hand is finished first"));
  try {
    const pipelines = [...(await readPipelines()).values()];
    const keeper = await makeKeeper({pipelines, dataFolder, since, effects, stop, besides, isStaying: !isOnce});
    return await (isOnce ? once(keeper, effects) : keepOn(keeper, effects, stop));
  } finally {
    deafen();
    await leave();
  }
}

async function once({run, send, beat}: Keeper, {print}: Effects): Promise<boolean> {
  try {
    const endings = await run();
    if (endings.length === 0) print("nothing ran");
    return (await send()) && endings.every(({state, error}) => state !== "failed" && error === null);
  } catch (error) {
    await send();
    throw error;
  } finally {
    await beat("stopped");
  }
}

/** Runs and messages go on side by side, so that neither waits for the other: a mail server that hangs delays no run. */
async function keepOn(keeper: Keeper, {print}: Effects, stop: AbortSignal): Promise<true> {
  const given = new AbortController();
  const until = AbortSignal.any([stop, given.signal]);
  const besides = keepBesides(keeper, until);
  try {
    if ((await keeper.run()).length === 0) print(keeper.next());
    while (!stop.aborted) {
      await nextTick(stop);
      if (!stop.aborted) await keeper.run();
    }
    return true;
  } catch (error) {
    given.abort();
    await besides;
    await keeper.send();
    throw error;
  } finally {
    given.abort();
    await besides;
    await keeper.beat(stop.aborted ? "stopped" : "running");
  }
}

/** Signs of life every minute, and the message of the day where none is being sent. */
async function keepBesides({send, beat}: Keeper, until: AbortSignal): Promise<void> {
  let sending: Promise<unknown> | null = null;
  while (!until.aborted) {
    await beat("running");
    sending ??= send().finally(() => {
      sending = null;
    });
    await nextTick(until);
  }
  await sending;
}

/** Of elapsed time: a wall clock that is put back leaves node-cron waiting for the minute it had in mind. */
const longestTick = 90_000;
const silent = {info: () => {}, warn: () => {}, error: () => {}, debug: () => {}};

/** The next full minute, or a request to stop. A tick decides nothing: the ledger does. */
function nextTick(stop: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const wake = () => {
      clearTimeout(late);
      stop.removeEventListener("abort", wake);
      void tick.destroy();
      resolve();
    };
    const late = setTimeout(wake, longestTick);
    const tick = atTicks("* * * * *", wake, {timezone: "UTC", logger: silent, suppressMissedWarning: true});
    stop.addEventListener("abort", wake);
  });
}
