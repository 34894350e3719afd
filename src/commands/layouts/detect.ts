import {open} from "node:fs/promises";
import {basename} from "node:path";
import {type Inspection, inspectFile} from "../../archive/inspect.ts";
import {withPlainFile} from "../../archive/plain-file.ts";
import {sharedReader} from "../../archive/reader/reader.ts";
import {byHand} from "../../archive/receipts.ts";
import {FeedError, messageOf} from "../../errors.ts";
import {feedOf} from "../../ingest/feed-of.ts";
import {foundForm, holdsNumbers, listedTable, wordsAlone} from "../../ingest/reading.ts";
import type {Layout} from "../../layouts/layout.ts";
import {headRecordsOf, recognise} from "../../layouts/recognise.ts";
import type {RecordFormat} from "../../sources/record-format.ts";
import {checkFile} from "./trial.ts";

/** What a file, or a part of one, is found to be. */
export type Finding =
  | {readonly is: "records"; readonly format: RecordFormat; readonly feed: string}
  | {readonly is: "layout"; readonly layout: Layout; readonly headerLine: number; readonly feed: string}
  | {readonly is: "several"; readonly reason: string}
  | {readonly is: "unreadable"; readonly reason: string}
  /** No form fits: the nearest and its difference, where one is near, and the first part of its text. */
  | {readonly is: "unknown"; readonly nearest: string | null; readonly text: string};

export interface Detected {
  /** The path of the part within the file; null where it is the file itself. */
  readonly part: string | null;
  readonly fileName: string;
  readonly finding: Finding;
}

/**
 * Says of a file, or of each file or sheet within it, which form ingest would find: among those of the inbox that it lies in, or of any. Nothing is landed.
 * @throws CliError where there is no such file.
 */
export async function detectFile(
  path: string,
  layouts: ReadonlyMap<string, Layout>,
  scratch: string,
  inbox: string | null
): Promise<Detected[]> {
  await checkFile(path);
  const fileName = basename(path);
  const parts = await sharedReader.parts(path, fileName).catch(unreadable);
  if (parts !== null && "reason" in parts) return [{part: null, fileName, finding: parts}];
  if (parts?.length === 0) return [{part: null, fileName, finding: {is: "unreadable", reason: "it contains no files"}}];
  const detected: Detected[] = [];
  for (const part of parts ?? [null]) {
    const file = {path, fileName, part: part?.path ?? null};
    const finding = await withPlainFile(file, scratch, plain =>
      findingOf(plain.path, plain.fileName, layouts, inbox)
    ).catch(unreadable);
    detected.push({part: file.part, fileName: part?.fileName ?? fileName, finding});
  }
  return detected;
}

function unreadable(error: unknown): Extract<Finding, {is: "unreadable"}> {
  if (error instanceof FeedError) return {is: "unreadable", reason: messageOf(error)};
  throw error;
}

async function findingOf(
  path: string,
  fileName: string,
  layouts: ReadonlyMap<string, Layout>,
  inbox: string | null
): Promise<Finding> {
  const inspection = await inspectFile(path);
  if (inspection.unreadable !== null) return {is: "unreadable", reason: inspection.unreadable};
  const start = {fileName, head: inspection.head};
  const table = await listedTable(start, () => firstText(path, inspection, Number.POSITIVE_INFINITY));
  const head = table ?? inspection.head;
  const feed = inbox ?? feedOf(fileName, {...inspection, head}, [...layouts.values()]);
  const form = foundForm({fileName, head}, {feed, origin: inbox === null ? byHand : `inbox of ${inbox}`}, layouts);
  if (form !== null && "format" in form) return {is: "records", format: form.format, feed};
  if (form !== null && "layout" in form)
    return {is: "layout", layout: form.layout, headerLine: table === null ? form.headerLine : 0, feed};
  if (form?.isSeveral === true) return {is: "several", reason: form.reason};
  if (fileName.includes(" › ") && !holdsNumbers(head)) return {is: "unreadable", reason: wordsAlone};
  const nearest = withoutIntroduction(form?.difference ?? null);
  return {is: "unknown", nearest, text: table ?? (await firstText(path, inspection))};
}

/** The nearest layout to a header that stands in this line, and the difference, in words; null where no column is of any layout. */
export function differenceAt(text: string, line: number, layouts: readonly Layout[]): string | null {
  const headed = layouts.filter(({unfold}) => unfold === undefined);
  const recognition = recognise(
    separator => headRecordsOf(text, separator).filter(record => record.line === line),
    headed
  );
  return "difference" in recognition ? withoutIntroduction(recognition.difference) : null;
}

const withoutIntroduction = (difference: string | null) => difference?.replace(/^nearest is /, "") ?? null;

/** As much of a file as a draft is made from. */
const draftedBytes = 4 << 20;

async function firstText(path: string, {encoding}: Inspection, most = draftedBytes): Promise<string> {
  const file = await open(path, "r");
  try {
    const length = Math.min(most, (await file.stat()).size);
    const bytes = Buffer.alloc(length);
    const {bytesRead} = await file.read(bytes, 0, length, 0);
    const text = new TextDecoder(encoding).decode(bytes.subarray(0, bytesRead)).replaceAll("\0", "");
    return bytesRead < most ? text : text.slice(0, text.lastIndexOf("\n") + 1);
  } finally {
    await file.close();
  }
}
