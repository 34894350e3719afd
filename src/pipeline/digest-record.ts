import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import {localDate} from "../domain/british-clock.ts";
import {daysAfter} from "../domain/dates.ts";
import {writeDurably} from "../durable.ts";
import {type WayName, wayNames} from "../sending/message.ts";
import {warehousePaths} from "../warehouse/warehouse.ts";
import {dueAt, nextDue} from "./calendar.ts";

const instant = z.iso.datetime();

const standingSchema = z.strictObject({
  /** The local date whose message was last begun; null where only a person has sent one. */
  slot: z.iso.date().nullable(),
  /** `sending` is noted before the other side is asked, the rest after: of one found so by a later process nobody knows whether it arrived. */
  state: z.enum(["sending", "sent", "failed", "unknown"]),
  /** How often the message of the slot was tried, and of these how often the process died before it was known how it went. */
  tries: z.int(),
  cut_off: z.int(),
  tried_at: instant.nullable(),
  /** When what the last message of the schedule that was taken tells of was read: the next begins there. */
  told_to: instant.nullable(),
  /** Attempts in a row that failed, over all slots and by hand: since when, and why the last did. */
  failures_in_a_row: z.int(),
  failing_since: instant.nullable(),
  last_failure: z.string().nullable()
});

const recordSchema = z.strictObject({
  version: z.literal(1),
  ways: z.partialRecord(z.enum(wayNames), standingSchema)
});

/** How the daily message stands by one way. */
export type WayStanding = Readonly<z.infer<typeof standingSchema>>;

/** How the daily message stands by each way that was ever used. */
export type DigestRecord = z.infer<typeof recordSchema>;

export const digestRecordPath = (dataFolder: string) => join(warehousePaths(dataFolder).folder, "digest.json");

const none: DigestRecord = {version: 1, ways: {}};

/** How the daily message stands; a record that is gone or cannot be read is begun anew, so that at most one message comes twice. */
export async function readDigestRecord(dataFolder: string): Promise<DigestRecord> {
  const text = await readFile(digestRecordPath(dataFolder), "utf8").catch(() => null);
  if (text === null) return none;
  try {
    return recordSchema.parse(JSON.parse(text));
  } catch {
    return none;
  }
}

export function writeDigestRecord(dataFolder: string, record: DigestRecord): Promise<void> {
  return writeDurably(digestRecordPath(dataFolder), `${JSON.stringify(record, null, 2)}\n`);
}

const minute = 60_000;
/** Minutes to wait after the first failure, the second …, and then each time. */
const patience = [1, 5, 15, 60];
const longestWait = 60;

/** A clock that was put back by less changes nothing; by more, the message tells of it, and the days from then on count anew. */
const mostBackMilliseconds = 25 * 60 * minute;

/** The newest local date whose message is due. */
function newestDay(at: string, now: Date): string {
  const today = localDate(now);
  return dueAt(today, at) <= now ? today : daysAfter(today, -1);
}

/** The day whose message is owed by a way now; null where none is, or it is to be tried later. Of several days that were missed it is the newest. */
export function owedDay(standing: WayStanding | undefined, at: string, now: Date): string | null {
  const day = newestDay(at, now);
  if (standing === undefined || standing.slot === null) return day;
  const {slot, state, tried_at} = standing;
  const since = tried_at === null ? 0 : now.getTime() - Date.parse(tried_at);
  if (slot < day || since < -mostBackMilliseconds) return day;
  if (slot > day || state === "sent" || state === "unknown") return null;
  return state === "sending" || since < 0 || since >= waitOf(standing) ? day : null;
}

const waitOf = ({tries}: WayStanding) => minute * (patience[tries - 1] ?? longestWait);

/** When the next message is due, whether or not one is owed now. */
export const nextDigestAt = (at: string, now: Date): Date => nextDue({every: "day", at}, now).dueAt;

const fresh: WayStanding = {
  slot: null,
  state: "unknown",
  tries: 0,
  cut_off: 0,
  tried_at: null,
  told_to: null,
  failures_in_a_row: 0,
  failing_since: null,
  last_failure: null
};

const isSame = ({slot, tried_at}: WayStanding, day: string, now: Date) =>
  slot === day && now.getTime() - Date.parse(tried_at ?? "") >= -mostBackMilliseconds;

/** A message found as it was being sent by a process that has died is sent once more, and if that dies too, no more that day. */
const mostCutOff = 1;

/** What to note before a day's message is sent by a way. One that may not be sent again is closed as `unknown`. */
export function begun(before: WayStanding = fresh, day: string, now: Date): WayStanding {
  const last = isSame(before, day, now) ? before : {...before, tries: 0, cut_off: 0, state: "failed" as const};
  const cutOff = last.cut_off + (last.state === "sending" ? 1 : 0);
  const state = cutOff > mostCutOff ? "unknown" : "sending";
  return {...last, slot: day, state, tries: last.tries + 1, cut_off: cutOff, tried_at: now.toISOString()};
}

/** What to note of a message that was taken: `toldTo` is up to when it tells, null of one that a person sent besides. */
export const sent = (before: WayStanding = fresh, toldTo: string | null): WayStanding => ({
  ...before,
  ...(toldTo === null ? {} : {state: "sent", told_to: toldTo}),
  failures_in_a_row: 0,
  failing_since: null,
  last_failure: null
});

/** What to note of a message that was not taken; `isOfDay` where it was the day's, and not one that a person sent besides. */
export const notSent = (before: WayStanding = fresh, why: string, now: Date, isOfDay: boolean): WayStanding => ({
  ...before,
  ...(isOfDay ? {state: "failed"} : {}),
  failures_in_a_row: before.failures_in_a_row + 1,
  failing_since: before.failing_since ?? now.toISOString(),
  last_failure: why
});

/** Since when a message has to tell, so that whatever way it comes by nothing is left out; null where nothing was ever sent by one of them. */
export function toldSince(record: DigestRecord, ways: readonly WayName[]): string | null {
  const told = ways.map(name => record.ways[name]?.told_to ?? null);
  if (told.length === 0 || told.includes(null)) return null;
  return (told as string[]).sort()[0] ?? null;
}
