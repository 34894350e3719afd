import {randomBytes} from "node:crypto";
import {hostname} from "node:os";
import {schedule as atTicks} from "node-cron";
import {readConfig} from "../council/config.ts";
import type {Effects} from "../effects.ts";
import {instantText} from "../wording/dates.ts";
import {takeSchedule} from "./one-scheduler.ts";
import {readPipelines, runPipelines, withWarehouse} from "./run.ts";
import {failuresText, nextLine} from "./schedule-words.ts";
import {makeScheduler, type Scheduler, type Workplace} from "./scheduler.ts";
import {readSlotView, writeSlotView} from "./slot-view.ts";
import {hearSignals, stoppable} from "./stop.ts";

/**
 * Keeps the schedule of a data folder until it is asked to stop, or does what is due now and returns (`isOnce`). Says whether every run succeeded and
 * built all that it should.
 * A second scheduler on the folder is a CliError that names the first. An error of the warehouse itself ends it: what was left running is made up by
 * the next.
 */
export async function keepSchedule(dataFolder: string, isOnce: boolean, effects: Effects): Promise<boolean> {
  const since = `pid ${process.pid} on ${hostname()} since ${instantText(effects.now())}`;
  const leave = await takeSchedule(dataFolder, since);
  const {stop, deafen} = hearSignals();
  stop.addEventListener("abort", () => effects.print("asked to stop: the step in hand is finished first"));
  try {
    const workplace = await workplaceOf(dataFolder, since, effects, stop);
    const scheduler = makeScheduler(workplace);
    return await (isOnce ? once(scheduler, effects) : keepOn(scheduler, workplace, dataFolder));
  } finally {
    deafen();
    await leave();
  }
}

async function workplaceOf(dataFolder: string, since: string, effects: Effects, stop: AbortSignal): Promise<Workplace> {
  return {
    pipelines: [...(await readPipelines()).values()],
    owner: `${since}, ${randomBytes(4).toString("hex")}`,
    effects,
    stop,
    withLedger: work => withWarehouse({dataFolder}, effects, ({connection}) => work(connection)),
    run: async (pipeline, command) => {
      const config = await readConfig(dataFolder, effects.now());
      const {builds} = await runPipelines([{...pipeline, name: command}], config, stoppable(effects, stop));
      return failuresText(builds.flatMap(({failures}) => failures));
    },
    showSlots: slots => writeSlotView(dataFolder, slots)
  };
}

async function once({pass}: Scheduler, {print}: Effects): Promise<boolean> {
  const endings = await pass();
  if (endings.length === 0) print("nothing ran");
  return endings.every(({state, error}) => state !== "failed" && error === null);
}

async function keepOn({pass}: Scheduler, {pipelines, effects, stop}: Workplace, dataFolder: string): Promise<true> {
  const first = await pass();
  if (first.length === 0) effects.print(nextLine(pipelines, (await readSlotView(dataFolder)) ?? [], effects.now()));
  while (!stop.aborted) {
    await nextTick(stop);
    if (!stop.aborted) await pass();
  }
  return true;
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
