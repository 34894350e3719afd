/** How often a pipeline is due, and at which local time of Great Britain (`HH:MM`). A weekly slot is a Monday, a monthly one the first of a month. */
export interface Schedule {
  readonly every: "day" | "week" | "month";
  /** 02:15 or later: between 01:00 and 02:00 an hour is missing in spring and there twice in autumn. */
  readonly at: string;
}

const hour = 3_600_000;
const day = 24 * hour;
const minute = 60_000;

const clock = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/London",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit"
});

/** An instant as the wall clock of Great Britain shows it: `2026-03-29 02:15`, whatever the time zone of this process. */
export const wallClock = (instant: Date) => clock.format(instant);

/** The local date of an instant, ISO. */
export const localDate = (instant: Date) => wallClock(instant).slice(0, 10);

/** The ISO date so many days after another. */
export const addDays = (date: string, days: number) =>
  new Date(Date.parse(date) + days * day).toISOString().slice(0, 10);

/** The first instant at or after a local time of a local date. A time that the clock leaves out is due when the clock goes on. */
export function dueAt(slot: string, at: string): Date {
  const wanted = `${slot} ${at}`;
  const inWinter = Date.parse(`${slot}T${at}Z`);
  const exact = [inWinter - hour, inWinter].find(instant => wallClock(new Date(instant)) === wanted);
  return new Date(exact ?? firstAfter(wanted, inWinter - hour));
}

function firstAfter(wanted: string, from: number): number {
  const minutes = Array.from({length: 121}, (_, index) => from + index * minute);
  return minutes.find(instant => wallClock(new Date(instant)) >= wanted) ?? from;
}

/** The slots of a schedule from one local date to another, both included. */
export function slotsBetween({every}: Schedule, from: string, to: string): string[] {
  const days = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / day) + 1);
  return Array.from({length: days}, (_, index) => addDays(from, index)).filter(date => isSlot[every](date));
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
  return dueSlots(schedule, addDays(localDate(now), -widestGap - 1), now).at(-1);
}

/** The next slot to become due, and when. */
export function nextDue(schedule: Schedule, now: Date): {slot: string; dueAt: Date} {
  const today = localDate(now);
  const coming = slotsBetween(schedule, today, addDays(today, widestGap + 1));
  const slot = coming.find(each => dueAt(each, schedule.at) > now);
  if (slot === undefined) throw new Error(`no slot follows ${today}`);
  return {slot, dueAt: dueAt(slot, schedule.at)};
}
