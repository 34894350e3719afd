import {type Archive, addDecision, addEntry} from "./archive.ts";
import {type Decision, inOrder, type Receipt} from "./receipts.ts";

/** What speaks against the clock of this computer. */
export interface ClockDoubt {
  /** `behind` what has been noted already, or so far `ahead` of it that nobody can have been at work between. */
  readonly is: "behind" | "ahead";
  /** When the newest thing in the archive was noted. */
  readonly newest: Date;
}

/** Clocks that keep their own time differ by less than this. */
const mostApartMilliseconds = 3_600_000;
/** A council that took nothing in for longer is asked. */
const mostIdleMilliseconds = 400 * 86_400_000;

/**
 * Whether the clock of this computer can be believed, by what the archive has noted since a person last said that it is right; null where nothing speaks
 * against it. While it is doubted, files are archived and not landed: when they came decides which of two that disagree is the later, and which days they can
 * speak of.
 */
export function clockDoubt({entries}: Pick<Archive, "entries">, now: Date): ClockDoubt | null {
  const since = entries.slice(entries.findLastIndex(({what}) => what === "clock") + 1);
  const said = entries.findLast(({what}) => what === "clock");
  const noted = [...since, ...(said === undefined ? [] : [said])].map(({noted_at}) => Date.parse(noted_at));
  if (noted.length === 0) return null;
  const newest = Math.max(...noted);
  if (newest > now.getTime() + mostApartMilliseconds) return {is: "behind", newest: new Date(newest)};
  return now.getTime() > newest + mostIdleMilliseconds ? {is: "ahead", newest: new Date(newest)} : null;
}

/**
 * A person says that the clock is right now: files that are said to have come later are taken to have come just now, in the order in which they came. Both
 * are entries of the journal. Returns the receipts that were corrected.
 */
export async function clockIsRight(archive: Archive, why: string, now: Date): Promise<Receipt[]> {
  const later = [...archive.receipts.values()].filter(({received_at}) => Date.parse(received_at) > now.getTime());
  const corrected = await cameNow(archive, later, why, now);
  await addEntry(archive, {noted_at: now.toISOString(), what: "clock", file: "clock", sha256: null, why});
  return corrected;
}

/** Corrects when receipts were received: just now, in the order in which they came, those of one run together. Returns them as they are then. */
export async function cameNow(
  archive: Archive,
  receipts: readonly Receipt[],
  why: string,
  now: Date
): Promise<Receipt[]> {
  const came = inOrder(receipts);
  const times = new Map(
    came.map((receipt, index) => [receipt.received_at, new Date(now.getTime() - came.length + index)])
  );
  const corrected: Receipt[] = [];
  for (const receipt of came) {
    const received = times.get(receipt.received_at) ?? now;
    const archived = times.get(receipt.archived_in ?? "") ?? received;
    corrected.push(await receivedAt(archive, receipt, {received, archived}, why, now));
  }
  return corrected;
}

/** Corrects when a receipt was received, and when its run began to receive: a decision, which stays with the receipt. */
export async function receivedAt(
  archive: Archive,
  receipt: Receipt,
  {received, archived}: {readonly received: Date; readonly archived: Date},
  why: string,
  now: Date
): Promise<Receipt> {
  const decision: Decision = {
    ...{decision: "received", decided_at: now.toISOString(), why},
    ...{meter_point_id: null, first_date: null, last_date: null},
    ...{received_at: received.toISOString(), archived_in: archived.toISOString()}
  };
  return addDecision(archive, receipt, decision);
}
