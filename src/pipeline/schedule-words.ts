import {inert} from "../effects.ts";
import type {Failure} from "../models/contain.ts";
import {dateText, instantText} from "../wording/dates.ts";
import {several} from "../wording/numbers.ts";
import type {Pipeline} from "./pipeline.ts";
import type {Ending} from "./slot-ledger.ts";
import {type SlotState, standingOf, wakingAt} from "./slots.ts";

const dayOf = (slot: string) => dateText(new Date(slot));

/** Slots in words: 26 Oct 2026; 24 Oct 2026 to 26 Oct 2026 (3 slots). */
export function slotsText(slots: readonly string[]): string {
  const [first = "", last = first] = [slots[0], slots.at(-1)];
  return slots.length < 2 ? dayOf(first) : `${dayOf(first)} to ${dayOf(last)} (${slots.length} slots)`;
}

const textOf = (covered: readonly SlotState[]) =>
  `${covered[0]?.pipeline} for ${slotsText(covered.map(({slot_date}) => slot_date))}`;

/** A run starts. */
export const beginLine = (covered: readonly SlotState[], now: Date) => `${instantText(now)}: ${textOf(covered)} starts`;

/** A run has ended. */
export function endLine(covered: readonly SlotState[], {state, error}: Ending, now: Date): string {
  const why = error === null ? "" : `${state === "succeeded" ? ", but" : ":"} ${inert(error)}`;
  return `${instantText(now)}: ${textOf(covered)} ${state === "abandoned" ? "stopped before its end" : state}${why}`;
}

/** The models that a build could not make, each with why; null where it made all. */
export function failuresText(failures: readonly Failure[]): string | null {
  if (failures.length === 0) return null;
  return `${several(failures.length, "model")} could not be built: ${failures.map(({reason}) => reason).join("; ")}`;
}

/** The pipelines that run next, and when. */
export function nextRun(pipelines: readonly Pipeline[], slots: readonly SlotState[], now: Date) {
  const wakings = pipelines.map(pipeline => ({
    name: pipeline.name,
    at: wakingAt(standingOf(pipeline, slots, now), now)
  }));
  const first = Math.min(...wakings.map(({at}) => at.getTime()));
  return {names: wakings.filter(({at}) => at.getTime() === first).map(({name}) => name), at: new Date(first)};
}

/** What is to be done next, and when. */
export function nextLine(pipelines: readonly Pipeline[], slots: readonly SlotState[], now: Date): string {
  const {names, at} = nextRun(pipelines, slots, now);
  return `next: ${names.join(", ")} on ${instantText(at)}`;
}
