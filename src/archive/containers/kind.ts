import {open} from "node:fs/promises";
import {FeedError} from "../../errors.ts";
import {markupOf} from "../markup.ts";
import {endingOf} from "./names.ts";

/**
 * What the first bytes of a file say it is. `plain` is everything that is left to the reading of text, which has its own words for a web page or
 * a PDF; `other` is a format that is known and holds no data.
 */
export interface Kind {
  readonly is: "zip" | "ole" | "message" | "plain" | "other";
  readonly words: string;
  /** What to do about it where it cannot be read; null where nothing helps. */
  readonly next: string | null;
}

/** How many bytes `kindOf` wants to see. */
const kindBytes = 64 << 10;

const sendZip = "send the file itself or a zip";

const marks: readonly (readonly [hex: string, Kind["is"], words: string, next?: string])[] = [
  ["504b0304", "zip", "a zip archive or a workbook"],
  ["504b0506", "zip", "an empty zip archive"],
  ["504b0708", "zip", "a part of a zip archive"],
  ["d0cf11e0a1b11ae1", "ole", "an older Office file"],
  ["25504446", "plain", "a PDF"],
  ["89504e470d0a1a0a", "other", "a PNG picture"],
  ["ffd8ff", "other", "a JPEG picture"],
  ["474946383761", "other", "a GIF picture"],
  ["474946383961", "other", "a GIF picture"],
  ["49492a00", "other", "a TIFF picture"],
  ["4d4d002a", "other", "a TIFF picture"],
  ["7b5c727466", "other", "a word processor's document"],
  ["1f8b", "other", "a gzip file, which is not opened", sendZip],
  ["377abcaf271c", "other", "a 7z archive, which is not opened", sendZip],
  ["526172211a07", "other", "a rar archive, which is not opened", sendZip],
  ["fd377a585a00", "other", "an xz file, which is not opened", sendZip],
  ["50415231", "other", "a Parquet file", "ask for CSV"],
  ["7f454c46", "other", "a program"]
];

/** Judges a file by its first bytes; its name has no say. */
export function kindOf(start: Buffer): Kind {
  const opening = start.toString("hex", 0, 16);
  const mark = marks.find(([hex]) => opening.startsWith(hex));
  if (mark) return {is: mark[1], words: mark[2], next: mark[3] ?? null};
  if (start.length === 0) return {is: "plain", words: "empty", next: null};
  const isProgram = opening.startsWith("4d5a") && start.subarray(0, 256).includes(0);
  if (isProgram) return {is: "other", words: "a program", next: null};
  const text = start.toString("latin1", 0, kindBytes);
  const markup = markupOf(text);
  if (markup !== null) return {is: "plain", ...markup};
  if (!isMessage(text)) return {is: "plain", words: "plain text", next: "name it .csv or .txt and bring it again"};
  return isSavedPage(text)
    ? {is: "other", words: "a web page saved as one file", next: "save it as .xlsx or CSV and bring that"}
    : {is: "message", words: "an e-mail message", next: null};
}

/** Judges a file where it lies. @throws FeedError where its name says what its bytes are not */
export async function kindOfFile(path: string, fileName: string): Promise<Kind> {
  const file = await open(path, "r");
  try {
    const start = Buffer.alloc(kindBytes);
    const {bytesRead} = await file.read(start, 0, kindBytes, 0);
    const kind = kindOf(start.subarray(0, bytesRead));
    checkName(fileName, kind);
    return kind;
  } finally {
    await file.close();
  }
}

const knownHeader =
  /^(from|to|cc|subject|date|sender|reply-to|mime-version|received|content-type|content-transfer-encoding|message-id|return-path|delivered-to|dkim-signature|x-[\w-]+):/i;
/** Headers that only a message has: a report may well begin with `From: 01/10/2026` and `To: 31/10/2026`. */
const tellingHeader =
  /^((from|to|cc|sender|reply-to|return-path|delivered-to):.*@|(mime-version|received|content-type|message-id|dkim-signature):)/i;

/** Whether text begins as a message does: nothing but headers up to the first empty line, two of them known and one that only a message has. */
function isMessage(text: string): boolean {
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
  const lines = text.slice(0, end).split(/\r?\n/);
  if (/^From \S+@/.test(lines[0] ?? "")) lines.shift();
  if (!/^[!-9;-~]+:/.test(lines[0] ?? "")) return false;
  if (!lines.every(line => /^([!-9;-~]+:|[ \t])/.test(line))) return false;
  return lines.filter(line => knownHeader.test(line)).length >= 2 && lines.some(line => tellingHeader.test(line));
}

/** A page or a workbook that was saved with its pictures as one file begins as a message does. */
const isSavedPage = (text: string) => /^(snapshot-content-location|x-document-type):/im.test(text.slice(0, 2000));

const containerEndings: Readonly<Record<string, Kind["is"]>> = {zip: "zip", xlsx: "zip", xls: "ole", eml: "message"};
const textEndings = new Set([
  "csv",
  "txt",
  "cns",
  "tsv",
  "tab",
  "dat",
  "edi",
  "usr",
  "e01",
  "df2",
  "json",
  "xml",
  "asc",
  "log",
  "htm",
  "html"
]);

/** Refuses a file whose name says what its bytes are not. Throws `FeedError`. */
export function checkName(fileName: string, kind: Kind): void {
  const ending = endingOf(fileName);
  const said = containerEndings[ending];
  const isText = textEndings.has(ending);
  if ((said !== undefined && said !== kind.is) || (isText && kind.is !== "plain"))
    throw misnamed(fileName, kind.next === null ? kind.words : `${kind.words}: ${kind.next}`);
}

/** The refusal of a file that is not what its name says. */
export function misnamed(fileName: string, words: string): FeedError {
  return new FeedError(`is not what its name says (.${endingOf(fileName)}): it is ${words}`);
}
