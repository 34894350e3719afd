import {localDate} from "../domain/british-clock.ts";
import {daysAfter} from "../domain/dates.ts";
import {dueAt, dueSlots, newestDue, nextDue, type Schedule} from "./calendar.ts";
import type {Pipeline} from "./pipeline.ts";

/** What the ledger says of a slot: its last attempt. Instants are ISO at UTC. */
export interface SlotState {
  readonly pipeline: string;
  /** The local date on which the pipeline was due, ISO. */
  readonly slot_date: string;
  readonly attempt: number;
  readonly state: "running" | "succeeded" | "failed" | "abandoned";
  readonly owner: string;
  readonly started_at: string;
  readonly ended_at: string | null;
  readonly error: string | null;
  readonly run_id: number | null;
  /** How many of its attempts ended in an error: those that were asked to stop do not count. */
  readonly faults: number;
}

/** A slot that is due and has not succeeded. */
export interface OwedSlot {
  readonly slot: string;
  readonly dueAt: Date;
  /** Null where it has not been tried. */
  readonly last: SlotState | null;
  readonly faults: number;
  readonly needsAttention: boolean;
}

/** How a pipeline stands with its schedule at an instant. */
export interface SlotStanding {
  readonly pipeline: Pipeline;
  /** The success that ended last. */
  readonly lastRun: SlotState | null;
  /** Oldest first; one run covers them all. */
  readonly owed: readonly OwedSlot[];
  /** When they may be tried next, which may be past; null where nothing is owed. */
  readonly readyAt: Date | null;
  /** Slots that fell out of the look-back without success. */
  readonly notMadeUp: number;
  readonly next: {readonly slot: string; readonly dueAt: Date};
}

/** Slots older than this many days are not made up. */
const lookBackDays = 35;
const minute = 60_000;
/** Minutes to wait after the first fault, the second …; after the last of these attempts a slot needs attention and is tried once a day. */
const patience = [1, 5, 15, 60];
const oftenTried = patience.length + 1;
const onceADay = 24 * 60;

/** How a pipeline stands. One that is in no slot of the ledger begins with the newest slot that is due. */
export function standingOf(pipeline: Pipeline, slots: readonly SlotState[], now: Date): SlotStanding {
  const {name, schedule} = pipeline;
  const known = new Map(slots.filter(slot => slot.pipeline === name).map(slot => [slot.slot_date, slot]));
  const oldest = daysAfter(localDate(now), -lookBackDays);
  const open = dueSlots(schedule, beginning(known, schedule, now), now).filter(slot => !hasSucceeded(known.get(slot)));
  const owed = open.filter(slot => slot >= oldest).map(slot => owedSlot(slot, schedule, known.get(slot) ?? null));
  return {
    pipeline,
    lastRun: newestSuccess([...known.values()]),
    owed,
    readyAt: readyAt(owed, now),
    notMadeUp: open.length - owed.length,
    next: nextDue(schedule, now)
  };
}

/** Those whose owed slots may be tried now: what takes something in before what only builds, then the longest owed first. */
export function readyOf(standings: readonly SlotStanding[], now: Date): SlotStanding[] {
  const dueOf = ({owed}: SlotStanding) => owed[0]?.dueAt.getTime() ?? 0;
  return standings
    .filter(({readyAt}) => readyAt !== null && readyAt <= now)
    .sort((a, b) => Number(takesIn(b)) - Number(takesIn(a)) || dueOf(a) - dueOf(b));
}

const takesIn = ({pipeline}: SlotStanding) => pipeline.steps.some(({kind}) => kind === "ingest");

/** The next instant at which something is to be done, after now. */
export function wakingAt({readyAt, next}: SlotStanding, now: Date): Date {
  return readyAt !== null && readyAt > now && readyAt < next.dueAt ? readyAt : next.dueAt;
}

/** Whether a pipeline keeps its schedule: nothing needs attention, nothing has been owed for more than a day. */
export function isKept({owed}: SlotStanding, now: Date): boolean {
  const yesterday = now.getTime() - onceADay * minute;
  return owed.every(({dueAt, needsAttention}) => !needsAttention && dueAt.getTime() >= yesterday);
}

function beginning(known: ReadonlyMap<string, SlotState>, schedule: Schedule, now: Date): string {
  const [first] = [...known.keys()].sort();
  return first ?? newestDue(schedule, now) ?? localDate(now);
}

const hasSucceeded = (slot: SlotState | undefined) => slot?.state === "succeeded";

function owedSlot(slot: string, {at}: Schedule, last: SlotState | null): OwedSlot {
  const faults = last?.faults ?? 0;
  return {slot, dueAt: dueAt(slot, at), last, faults, needsAttention: faults >= oftenTried};
}

function newestSuccess(slots: readonly SlotState[]): SlotState | null {
  const isNewer = (a: SlotState, b: SlotState) =>
    a.ended_at === b.ended_at ? a.slot_date > b.slot_date : (a.ended_at ?? "") > (b.ended_at ?? "");
  return slots
    .filter(hasSucceeded)
    .reduce<SlotState | null>((newest, slot) => (newest === null || isNewer(slot, newest) ? slot : newest), null);
}

/**
 * A slot that was never tried is ready when it is due, and takes the others along; else the whole pipeline waits by its worst slot. A run that
 * died is tried again at once until its slot needs attention; a clock that was put back makes nothing wait.
 */
function readyAt(owed: readonly OwedSlot[], now: Date): Date | null {
  const [first] = owed;
  if (first === undefined) return null;
  const untried = owed.find(({last}) => last === null || last.state === "running");
  if (untried !== undefined) return untried.dueAt;
  const ended = Math.max(...owed.map(({last}) => Date.parse(last?.ended_at ?? "")));
  if (ended > now.getTime()) return first.dueAt;
  return new Date(ended + minute * Math.max(...owed.map(waitOf)));
}

function waitOf({last, faults, needsAttention}: OwedSlot): number {
  if (needsAttention) return onceADay;
  return last?.state === "failed" ? (patience[faults - 1] ?? 0) : 0;
}
