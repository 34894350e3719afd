import type {RegisterRead} from "../kinds.ts";
import type {RecordFile, RejectedRecord} from "../record-format.ts";
import {shown} from "./shown.ts";

/** A record judged: a reading, or why there is none. */
export type Judged = RegisterRead | RejectedRecord;

/** Whether what was read of a record is why it cannot be. */
export const isRejected = (read: object): read is RejectedRecord => "rule" in read;

/** What was read of records, apart from why others could not be. */
export function parted<Row extends object>(
  read: readonly (Row | RejectedRecord)[]
): {rows: Row[]; rejected: RejectedRecord[]} {
  return {rows: read.filter((row): row is Row => !isRejected(row)), rejected: read.filter(isRejected)};
}

/** A date and time as files write them: digits that look like a card's number to the rule that hides those. */
const dateShaped = /^(\d{4}-\d{2}-\d{2}|\d{2}\/\d{2}\/\d{4}|(19|20)\d{6})([T ]?\d{2}:?\d{2}(:?\d{2})?)?$/;

/** A record that no reading was made of; what could be personal in its value is not shown. */
export function rejected(line: number, rule: string, value: string): RejectedRecord {
  const text = value.replace(/\p{Cc}/gu, " ").slice(0, 100);
  return {line, rule, value: dateShaped.test(text) ? text : shown(text)};
}

/** The readings and rejects of a file, in order. None is dropped. */
export function readFile(judged: readonly Judged[], issued: string | null): RecordFile<"read"> {
  return {...parted(judged), dropped: 0, records: judged.length, issued};
}
