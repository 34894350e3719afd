import {inert} from "../../effects.ts";
import {readHolder} from "../../pipeline/one-scheduler.ts";
import {readPipelines} from "../../pipeline/run.ts";
import {slotsText} from "../../pipeline/schedule-words.ts";
import {readSlotView} from "../../pipeline/slot-view.ts";
import {isKept, type OwedSlot, type SlotStanding, standingOf, wakingAt} from "../../pipeline/slots.ts";
import {instantText} from "../../wording/dates.ts";
import {several} from "../../wording/numbers.ts";
import {label, more} from "../../wording/report.ts";

/** The state of the schedule of a data folder at an instant. */
export interface ScheduleReport {
  /** The process that runs it and since when; null where no scheduler runs. */
  readonly scheduler: string | null;
  readonly standings: readonly SlotStanding[];
  /** Whether nothing needs attention and nothing has been overdue for more than a day. */
  readonly isKept: boolean;
  readonly now: Date;
}

/** Reads the state of the schedule from the copy of the ledger next to the warehouse; null where no scheduler was ever used. */
export async function readSchedule(dataFolder: string, now: Date): Promise<ScheduleReport | null> {
  const slots = await readSlotView(dataFolder);
  if (slots === null) return null;
  const pipelines = [...(await readPipelines()).values()];
  const standings = pipelines.map(pipeline => standingOf(pipeline, slots, now));
  const scheduler = await readHolder(dataFolder);
  return {scheduler, standings, isKept: standings.every(standing => isKept(standing, now)), now};
}

/** What ran last, what is not done yet and what comes next, for each pipeline. */
export function scheduleLines(report: ScheduleReport | null): string[] {
  if (report === null) return [label("Schedule", "not scheduled. To start: canopy schedule")];
  const keeper =
    report.scheduler === null
      ? "no scheduler is running. To start: canopy schedule"
      : `run by ${inert(report.scheduler)}`;
  return [label("Schedule", keeper), ...report.standings.flatMap(standing => standingLines(standing, report.now))];
}

function standingLines(standing: SlotStanding, now: Date): string[] {
  const {pipeline, owed, notMadeUp, next} = standing;
  return [
    more(`${pipeline.name}: ${lastText(standing)}; next due ${instantText(next.dueAt)}`),
    ...(owed.length === 0 ? [] : [more(`  ${owedText(standing, now)}`)]),
    ...(notMadeUp === 0 ? [] : [more(`  ${several(notMadeUp, "older slot")} skipped: too old to run now`)])
  ];
}

/** The slots that are not done yet, and how they went so far. */
export const owedText = (standing: SlotStanding, now: Date): string =>
  `not done yet: ${slotsText(standing.owed.map(({slot}) => slot))}${triedText(standing, now)}`;

function lastText({lastRun}: SlotStanding): string {
  if (lastRun === null) return "has not run";
  return `last ran ${instantText(new Date(lastRun.ended_at ?? lastRun.started_at))}${lastRun.run_id === null ? "" : `, run ${lastRun.run_id}`}`;
}

/** How the slots that are not done yet went so far, by the one tried most often. */
function triedText(standing: SlotStanding, now: Date): string {
  const worst = worstOf(standing.owed);
  if (worst?.last === undefined || worst.last === null) return "";
  if (worst.last.state === "running") return ", running";
  const tries =
    worst.faults === 0
      ? ""
      : `, tried ${several(worst.faults, "time")}${worst.needsAttention ? ", needs attention" : ""}`;
  const why = worst.last.error === null ? "" : `: ${inert(worst.last.error)}`;
  return `${tries}, next try ${instantText(wakingAt(standing, now))}${why}`;
}

const worstOf = (owed: readonly OwedSlot[]) => [...owed].sort((a, b) => b.faults - a.faults)[0];
