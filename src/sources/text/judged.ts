import type {RegisterRead} from "../kinds.ts";
import type {RecordFile, RejectedRecord} from "../record-format.ts";
import {shown} from "./shown.ts";

/** A record judged: a reading, or why there is none. */
export type Judged = RegisterRead | RejectedRecord;

/** A date and time as files write them: digits that look like a card's number to the rule that hides those. */
const dateShaped = /^(\d{4}-\d{2}-\d{2}|\d{2}\/\d{2}\/\d{4}|(19|20)\d{6})([T ]?\d{2}:?\d{2}(:?\d{2})?)?$/;

/** A record that no reading was made of; what could be personal in its value is not shown. */
export function rejected(line: number, rule: string, value: string): RejectedRecord {
  const text = value.replace(/\p{Cc}/gu, " ").slice(0, 100);
  return {line, rule, value: dateShaped.test(text) ? text : shown(text)};
}

/** The readings and rejects of a file, in order. None is dropped. */
export function readFile(judged: readonly Judged[], issued: string | null): RecordFile<"read"> {
  const rows = judged.filter((record): record is RegisterRead => !("rule" in record));
  const rejects = judged.filter((record): record is RejectedRecord => "rule" in record);
  return {rows, rejected: rejects, dropped: 0, records: judged.length, issued};
}
