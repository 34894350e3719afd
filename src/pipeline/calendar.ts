import {localDate, utcOfWallClock} from "../domain/british-clock.ts";
import {daysAfter} from "../domain/dates.ts";

/** How often a pipeline is due, and at which local time of Great Britain (`HH:MM`). A weekly slot is a Monday, a monthly one the first of a month. */
export interface Schedule {
  readonly every: "day" | "week" | "month";
  /** 02:15 or later: between 01:00 and 02:00 an hour is missing in spring and there twice in autumn. */
  readonly at: string;
}

const day = 86_400_000;

/** The first instant at or after a local time of a local date. A time that the clock leaves out is due when the clock goes on, at 01:00 UTC. */
export function dueAt(slot: string, at: string): Date {
  return new Date(utcOfWallClock(Date.parse(`${slot}T${at}Z`)) ?? Date.parse(`${slot}T01:00Z`));
}

/** The slots of a schedule from one local date to another, both included. */
export function slotsBetween({every}: Schedule, from: string, to: string): string[] {
  const days = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / day) + 1);
  return Array.from({length: days}, (_, index) => daysAfter(from, index)).filter(date => isSlot[every](date));
}

const isSlot: Record<Schedule["every"], (date: string) => boolean> = {
  day: () => true,
  week: date => new Date(date).getUTCDay() === 1,
  month: date => date.endsWith("-01")
};

/** Longer than any slot is from the next. */
const widestGap = 31;

/** The slots that are due at an instant, from a local date on. */
export function dueSlots(schedule: Schedule, from: string, now: Date): string[] {
  const today = localDate(now);
  return slotsBetween(schedule, from, today).filter(slot => slot < today || dueAt(slot, schedule.at) <= now);
}

/** The newest slot that is due. */
export function newestDue(schedule: Schedule, now: Date): string | undefined {
  return dueSlots(schedule, daysAfter(localDate(now), -widestGap - 1), now).at(-1);
}

/** The next slot to become due, and when. */
export function nextDue(schedule: Schedule, now: Date): {slot: string; dueAt: Date} {
  const today = localDate(now);
  const coming = slotsBetween(schedule, today, daysAfter(today, widestGap + 1));
  const slot = coming.find(each => dueAt(each, schedule.at) > now);
  if (slot === undefined) throw new Error(`no slot follows ${today}`);
  return {slot, dueAt: dueAt(slot, schedule.at)};
}
