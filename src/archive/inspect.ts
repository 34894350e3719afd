import {isUtf8} from "node:buffer";
import {open} from "node:fs/promises";
import {FeedError} from "../errors.ts";
import {markupOf} from "./markup.ts";

/** What the bytes of a file are, before any layout is thought of. */
export interface Inspection {
  /** Why it is no delimited text at all, if it is not. */
  readonly unreadable: string | null;
  readonly encoding: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
  /** Whether DuckDB's reader can take the bytes as they are: UTF-8, one kind of line end, no NUL. */
  readonly isClean: boolean;
  readonly hasQuotes: boolean;
  readonly hasNul: boolean;
  /** Whether a number may be written with an underscore, which DuckDB's reader would pass over. */
  readonly hasNumericUnderscore: boolean;
  /** Lines that are not empty. */
  readonly lines: number;
  /** Lines whose last cell is empty, whose extra cells DuckDB's reader would pass over; null where there are too many to keep. */
  readonly openEnded: readonly string[] | null;
  /** The first part of the file as text. */
  readonly head: string;
  /** The last line of UTF-8, where no line end follows it: it may have been cut. Empty where one does. */
  readonly unended: string;
}

const headBytes = 128 << 10;

/** Reads a file once, in pieces, for its encoding, line ends and number of lines. */
export async function inspectFile(path: string): Promise<Inspection> {
  const file = await open(path, "r");
  try {
    const first = Buffer.alloc(headBytes);
    const {bytesRead} = await file.read(first, 0, headBytes, 0);
    const start = first.subarray(0, bytesRead);
    const encoding = markOf(start);
    const count = new LineCount();
    for await (const chunk of file.createReadStream({
      autoClose: false,
      start: 0,
      highWaterMark: 4 << 20
    }) as AsyncIterable<Buffer>)
      count.add(chunk);
    return describe(start, encoding, count.end());
  } finally {
    await file.close();
  }
}

/** UTF-16 by its mark, or by every other byte of a western text being nought. */
function markOf(start: Buffer): "utf-16le" | "utf-16be" | null {
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le";
  if (start[0] === 0xfe && start[1] === 0xff) return "utf-16be";
  const [even, odd] = [0, 1].map(offset => start.filter((byte, index) => index % 2 === offset && byte === 0).length);
  if ((odd ?? 0) > start.length / 4) return "utf-16le";
  return (even ?? 0) > start.length / 4 ? "utf-16be" : null;
}

function describe(start: Buffer, mark: "utf-16le" | "utf-16be" | null, count: Counted): Inspection {
  const encoding = mark ?? (count.isUtf8 ? "utf-8" : "windows-1252");
  const head = new TextDecoder(encoding).decode(start).replaceAll("\0", "");
  return {
    unreadable: unreadableReason(start, head),
    encoding,
    isClean:
      encoding === "utf-8" &&
      !count.hasNul &&
      (count.returns === 0 || count.returns === count.pairs) &&
      (count.pairs === 0 || count.pairs === count.feeds),
    hasQuotes: count.hasQuotes,
    hasNul: encoding === "utf-8" && count.hasNul,
    hasNumericUnderscore: count.hasNumericUnderscore,
    lines: count.lines,
    openEnded: count.openEnded.length > mostOpenEnded ? null : count.openEnded,
    head,
    unended: encoding === "utf-8" ? count.unended : ""
  };
}

function unreadableReason(start: Buffer, head: string): string | null {
  const opening = head.trimStart().slice(0, 300).toLowerCase();
  if (opening === "") return "the file is empty";
  if (start[0] === 0x50 && start[1] === 0x4b) return "a spreadsheet or zip file, not delimited text: save it as CSV";
  if (start.length >= 4 && start.readUInt32BE(0) === 0xd0cf11e0)
    return "an old spreadsheet, not delimited text: save it as CSV";
  if (opening.startsWith("%pdf")) return "a PDF, not delimited text";
  const markup = markupOf(head);
  return markup === null ? null : `${markup.words}, not delimited text: ${markup.next}`;
}

interface Counted {
  readonly isUtf8: boolean;
  readonly hasNul: boolean;
  readonly hasQuotes: boolean;
  readonly hasNumericUnderscore: boolean;
  readonly lines: number;
  readonly openEnded: string[];
  readonly feeds: number;
  readonly returns: number;
  /** Returns followed by a feed. */
  readonly pairs: number;
  readonly unended: string;
}

const [feed, carriage, quote, underscore] = [0x0a, 0x0d, 0x22, 0x5f];
const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39;
const isSeparator = (byte: number | undefined) => byte === 0x2c || byte === 0x3b || byte === 0x09 || byte === 0x7c;
/** How many lines with an empty last cell are kept to be counted. */
const mostOpenEnded = 20_000;

/** How long a line may be. The longest known are whole answers of services, in JSON. */
const longestLine = 64 << 20;

class LineCount {
  /** The line that has begun, in the pieces in which it came. */
  #rest: Buffer[] = [];
  #restBytes = 0;
  readonly #counted = {
    isUtf8: true,
    hasNul: false,
    hasQuotes: false,
    hasNumericUnderscore: false,
    lines: 0,
    openEnded: [] as string[],
    feeds: 0,
    returns: 0,
    pairs: 0
  };

  /** Counts the whole lines there are so far; the rest waits for the next piece. */
  add(chunk: Buffer): void {
    const end = chunk.lastIndexOf(feed) + 1;
    if (end > 0) {
      this.#count(
        this.#restBytes > 0 ? Buffer.concat([...this.#rest, chunk.subarray(0, end)]) : chunk.subarray(0, end)
      );
      this.#rest = [];
      this.#restBytes = 0;
    }
    if (end < chunk.length) this.#rest.push(Buffer.from(chunk.subarray(end)));
    this.#restBytes += chunk.length - end;
    if (this.#restBytes > longestLine) this.#giveUp();
  }

  end(): Counted {
    const rest = Buffer.concat(this.#rest);
    this.#count(rest);
    return {...this.#counted, unended: rest.toString("utf8").split("\r").at(-1) ?? ""};
  }

  #giveUp(): never {
    throw new FeedError(
      `a line is longer than ${longestLine >> 20} MB, after ${this.#counted.lines} others: the file has no line ends, or is no table`
    );
  }

  #count(bytes: Buffer): void {
    const counted = this.#counted;
    counted.isUtf8 &&= isUtf8(bytes);
    counted.hasNul ||= bytes.includes(0);
    counted.hasQuotes ||= bytes.includes(quote);
    if (bytes.includes(carriage)) this.#countReturns(bytes);
    this.#lookForUnderscores(bytes);
    let from = 0;
    while (from < bytes.length) {
      const at = bytes.indexOf(feed, from);
      const to = at === -1 ? bytes.length : at;
      if (to > from && !(to === from + 1 && bytes[from] === carriage)) counted.lines += 1;
      if (isOpenEnded(bytes, from, to) && counted.openEnded.length <= mostOpenEnded)
        counted.openEnded.push(bytes.toString("utf8", from, to).replace(/\r$/, ""));
      if (at !== -1) counted.feeds += 1;
      from = to + 1;
    }
  }

  #lookForUnderscores(bytes: Buffer): void {
    for (let at = bytes.indexOf(underscore); at !== -1; at = bytes.indexOf(underscore, at + 1))
      this.#counted.hasNumericUnderscore ||= isDigit(bytes[at - 1]) && isDigit(bytes[at + 1]);
  }

  #countReturns(bytes: Buffer): void {
    for (let at = bytes.indexOf(carriage); at !== -1; at = bytes.indexOf(carriage, at + 1)) {
      this.#counted.returns += 1;
      if (bytes[at + 1] === feed) this.#counted.pairs += 1;
    }
  }
}

/** Whether a line ends in a separator, or in one and an empty pair of quotes. */
function isOpenEnded(bytes: Buffer, from: number, to: number): boolean {
  const end = bytes[to - 1] === carriage ? to - 1 : to;
  if (end <= from) return false;
  const isQuoted = end - from >= 3 && bytes[end - 1] === quote && bytes[end - 2] === quote;
  return isSeparator(bytes[isQuoted ? end - 3 : end - 1]);
}
