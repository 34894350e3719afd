import {createHash} from "node:crypto";
import {resolve} from "node:path";
import {localDate} from "../../domain/british-clock.ts";
import type {Effects} from "../../effects.ts";
import {notSent, readDigestRecord, sent, toldSince, writeDigestRecord} from "../../pipeline/digest-record.ts";
import type {Besides} from "../../pipeline/keeper.ts";
import type {Message} from "../../sending/message.ts";
import {sendNow} from "../../sending/send-now.ts";
import {readSending} from "../../sending/settings.ts";
import {waysOf} from "../../sending/ways.ts";
import {holderOf} from "../../warehouse/lock.ts";
import type {Answer} from "../kit/command.ts";
import {linesOf, subjectOf} from "./lines.ts";
import {type Digest, readDigest} from "./read-digest.ts";

const dayMilliseconds = 86_400_000;

/** Prints the daily message as it would be now. Exit code 1 where something failed. */
export async function printDigest(data: string, format: "text" | "json", effects: Effects): Promise<Answer> {
  const dataFolder = resolve(data);
  const digest = await digestNow(dataFolder, effects);
  const {subject, text, facts} = messageOfDigest(digest, {dataFolder, day: localDate(digest.now)});
  return {
    lines: format === "json" ? [JSON.stringify({version: 1, subject, text, ...facts}, null, 2)] : [subject, "", text],
    code: digest.failed.length === 0 ? 0 : 1
  };
}

/** Sends the message now, besides the daily one. Exit code 1 where a way did not take it. */
export async function sendDigest(data: string, effects: Effects): Promise<Answer> {
  const dataFolder = resolve(data);
  const {went, lines, isSent} = await sendNow(async () => {
    const digest = await digestNow(dataFolder, effects);
    return messageOfDigest(digest, {dataFolder, day: digest.now.toISOString().replaceAll(/\D/g, "")});
  }, effects);
  for (const {name, failure} of went) {
    const record = await readDigestRecord(dataFolder);
    const before = record.ways[name];
    const after = failure === null ? sent(before, null) : notSent(before, failure, effects.now(), false);
    await writeDigestRecord(dataFolder, {...record, ways: {...record.ways, [name]: after}}).catch(() => {});
  }
  return {lines, code: isSent ? 0 : 1};
}

/** What a scheduler does besides its runs: the message of each day, and whether all is well. */
export function besidesOf(data: string, effects: Effects): Besides {
  const dataFolder = resolve(data);
  const settings = readSending(effects);
  return {
    ways: waysOf(settings, effects),
    at: settings.at,
    async write(day, since, isWriting) {
      const now = effects.now();
      const from = since ?? new Date(now.getTime() - dayMilliseconds);
      const digest = await readDigest({dataFolder, now, since: from, isFirst: since === null, isWriting, effects});
      return messageOfDigest(digest, {dataFolder, day});
    },
    async look() {
      const now = effects.now();
      const {failed} = await readDigest({dataFolder, now, since: now, isFirst: false, isWriting: false, effects});
      return failed.length === 0;
    }
  };
}

async function digestNow(dataFolder: string, effects: Effects): Promise<Digest> {
  const now = effects.now();
  const record = await readDigestRecord(dataFolder);
  const told = toldSince(
    record,
    waysOf(readSending(effects), effects).map(({name}) => name)
  );
  const since = told === null ? new Date(now.getTime() - dayMilliseconds) : new Date(told);
  return readDigest({dataFolder, now, since, isFirst: told === null, isWriting: await isWritten(dataFolder), effects});
}

/** Whether another process is writing to the warehouse. */
const isWritten = (dataFolder: string): Promise<boolean> =>
  holderOf(dataFolder, "writer").then(
    holder => holder !== null,
    () => false
  );

/** The message of a digest. `day` tells it from others, so that the same one sent twice is known again. */
function messageOfDigest(digest: Digest, {dataFolder, day}: {dataFolder: string; day: string}): Message {
  const whose = createHash("sha256").update(`${dataFolder}\n${digest.council}`).digest("hex").slice(0, 12);
  const {council, now, since, failed, attention, notes, facts} = digest;
  return {
    id: `canopy-digest-${day}-${whose}`,
    subject: subjectOf(digest),
    text: linesOf(digest).join("\n"),
    facts: {
      council,
      written_at: now,
      since_at: since,
      is_well: failed.length === 0,
      failed,
      needs_attention: attention,
      notes,
      ...facts
    }
  };
}
