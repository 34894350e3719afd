import type {Effects} from "../effects.ts";
import {messageOf} from "../errors.ts";
import type {Message, Way, WayName} from "../sending/message.ts";
import {instantText} from "../wording/dates.ts";
import {begun, type DigestRecord, notSent, owedDay, sent, toldSince, type WayStanding} from "./digest-record.ts";

/** What the sender of the daily message works with. */
export interface SenderWorkplace {
  readonly ways: readonly Way[];
  /** The local time from which a day's message is sent. */
  readonly at: string;
  readonly effects: Pick<Effects, "now" | "print">;
  readonly stop: AbortSignal;
  /** Makes the message of a day: what came in since an instant, null for the last day. */
  readonly write: (day: string, since: Date | null) => Promise<Message>;
  readonly readRecord: () => Promise<DigestRecord>;
  /** Returns once the record would outlive a power cut. */
  readonly writeRecord: (record: DigestRecord) => Promise<void>;
  /** Whether the process stays, so that it knows what it has sent though no record of it can be written. One that does not stay sends nothing then: it could be started every minute. */
  readonly isStaying: boolean;
  /** Returns when no run is in hand that the message should tell of, or when that has taken long enough. */
  readonly quiet: () => Promise<void>;
}

/** Sends the daily message. */
export interface DigestSender {
  /** Sends what is owed now by each way, and says whether nothing failed. Never throws: that a message cannot be sent is noted, and tried again later. */
  readonly pass: () => Promise<boolean>;
}

/** Makes a sender. One at a time may be at work on a data folder. */
export function makeDigestSender(workplace: SenderWorkplace): DigestSender {
  const {ways, at, effects, stop} = workplace;
  let record: DigestRecord | null = null;
  let isUnwritable = false;

  async function keep(name: WayName, standing: WayStanding): Promise<boolean> {
    record = {version: 1, ways: {...record?.ways, [name]: standing}};
    try {
      await workplace.writeRecord(record);
      isUnwritable = false;
      return true;
    } catch (error) {
      if (!isUnwritable) effects.print(`the record of the daily message cannot be written: ${messageOf(error)}`);
      isUnwritable = true;
      return workplace.isStaying;
    }
  }

  async function sendBy(way: Way, day: string, message: Message, toldTo: string): Promise<boolean> {
    const beginning = begun(record?.ways[way.name], day, effects.now());
    if (!(await keep(way.name, beginning))) return false;
    if (beginning.state === "unknown") {
      effects.print(`the daily message was cut off twice as it was sent by ${way.name}: not sent again today`);
      return false;
    }
    try {
      await way.send(message, stop);
    } catch (error) {
      // Asked to stop in the middle of it: whether it was taken is not known, which is as if the process had died.
      if (!stop.aborted) await keep(way.name, notSent(beginning, messageOf(error), effects.now(), true));
      effects.print(`the daily message was not sent by ${way.name}: ${messageOf(error)}`);
      return false;
    }
    await keep(way.name, sent(beginning, toldTo));
    effects.print(`${instantText(effects.now())}: the daily message was sent by ${way.name}`);
    return true;
  }

  async function sendOwed(): Promise<boolean> {
    record ??= await workplace.readRecord();
    const owed = () => ways.flatMap(way => ({way, day: owedDay(record?.ways[way.name], at, effects.now())}));
    if (owed().every(({day}) => day === null)) return true;
    await workplace.quiet();
    const since = toldSince(
      record,
      ways.map(({name}) => name)
    );
    const toldTo = effects.now().toISOString();
    const due = owed().filter(({day}) => day !== null);
    const [{day} = {day: null}] = due;
    if (day === null || stop.aborted) return true;
    const message = await workplace.write(day, since === null ? null : new Date(since));
    let isWell = true;
    for (const {way} of due) if (stop.aborted || !(await sendBy(way, day, message, toldTo))) isWell = false;
    return isWell;
  }

  async function pass(): Promise<boolean> {
    try {
      return await sendOwed();
    } catch (error) {
      effects.print(`the daily message could not be made: ${messageOf(error)}`);
      return false;
    }
  }

  return {pass};
}
