import {createReadStream} from "node:fs";
import {type FileHandle, open} from "node:fs/promises";
import {FeedError} from "../errors.ts";
import type {Inspection} from "./inspect.ts";

/** How many lines one quoted cell may run over before its quote is taken to be open by mistake. */
const longestRecord = 200;

/**
 * Writes a copy that DuckDB's reader can take: UTF-8 with no mark, no NUL, one kind of line end. With `numberFrom`, lines up to that one are left
 * out and each record after it carries its line number first, so that rejects can name their row. Returns how many records were numbered.
 */
export async function writeReadable(
  from: string,
  to: string,
  {encoding, separator, numberFrom}: Pick<Inspection, "encoding"> & {separator: string; numberFrom: number | null}
): Promise<{records: number}> {
  const target = await open(to, "w", 0o600);
  try {
    const writer = new RecordWriter(target, separator, numberFrom);
    const decoder = new TextDecoder(encoding);
    let rest = "";
    for await (const chunk of createReadStream(from, {highWaterMark: 4 << 20}) as AsyncIterable<Buffer>) {
      const text = rest + decoder.decode(chunk, {stream: true}).replaceAll("\0", "");
      const whole = text.endsWith("\r") ? text.slice(0, -1) : text;
      const lines = whole.split(/\r\n|\n|\r/);
      rest = (lines.pop() ?? "") + text.slice(whole.length);
      await writer.write(lines);
    }
    await writer.write([(rest + decoder.decode()).replace(/\r$/, "")]);
    return {records: await writer.end()};
  } finally {
    await target.close();
  }
}

class RecordWriter {
  readonly #target: FileHandle;
  readonly #separator: string;
  readonly #numberFrom: number | null;
  #line = 0;
  #records = 0;
  #open: {readonly line: number; readonly text: string[]} | null = null;

  constructor(target: FileHandle, separator: string, numberFrom: number | null) {
    this.#target = target;
    this.#separator = separator;
    this.#numberFrom = numberFrom;
  }

  async write(lines: readonly string[]): Promise<void> {
    const out = this.#numberFrom === null ? [...lines] : lines.flatMap(line => this.#number(line));
    if (out.length > 0) await this.#target.write(`${out.join("\n")}\n`);
  }

  async end(): Promise<number> {
    if (this.#open !== null) throw new FeedError(`a quote opened in row ${this.#open.line} never closes`);
    return this.#records;
  }

  /** A record ends where its quotes are even. */
  #number(line: string): string[] {
    this.#line += 1;
    if (this.#line <= (this.#numberFrom ?? 0) || (line === "" && this.#open === null)) return [];
    const record = {line: this.#open?.line ?? this.#line, text: [...(this.#open?.text ?? []), line]};
    this.#open = quotesIn(record.text) % 2 === 0 ? null : record;
    if (this.#open !== null && record.text.length > longestRecord)
      throw new FeedError(`a quote opened in row ${record.line} never closes`);
    if (this.#open !== null) return [];
    this.#records += 1;
    return [`${record.line}${this.#separator}${record.text.join("\n")}`];
  }
}

function quotesIn(lines: readonly string[]): number {
  return lines.reduce((count, line) => count + line.split('"').length - 1, 0);
}
