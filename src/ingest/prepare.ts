import {createReadStream} from "node:fs";
import {type FileHandle, open} from "node:fs/promises";
import type {Inspection} from "../archive/inspect.ts";
import {cellsOf} from "../domain/csv.ts";
import {FeedError} from "../errors.ts";

/** A NUL between two digits hides what the number was; anywhere else it is noise. */
const nulWithinNumber = /(?<=[\d.])\0+(?=[\d.])/g;

/** How many lines one quoted cell may run over before its quote is taken to be open by mistake. */
const longestRecord = 200;

/**
 * Writes a copy that DuckDB's reader can take: UTF-8 with no mark, no NUL, one kind of line end. With `numberFrom`, lines up to that one are left
 * out and each record after it carries its line number first, so that rejects can name their row; one that has not so many cells as it should is left
 * out and told. Returns how many records there were.
 */
export async function writeReadable(
  from: string,
  to: string,
  {encoding, separator, footers, cells, numberFrom}: Pick<Inspection, "encoding"> & Shape
): Promise<{records: number; misshapen: readonly Misshapen[]}> {
  const target = await open(to, "w", 0o600);
  try {
    const writer = new RecordWriter(target, {separator, footers, cells, numberFrom});
    const decoder = new TextDecoder(encoding);
    let rest = "";
    for await (const chunk of createReadStream(from, {highWaterMark: 4 << 20}) as AsyncIterable<Buffer>) {
      const text =
        rest + decoder.decode(chunk, {stream: true}).replaceAll(nulWithinNumber, "\ufffd").replaceAll("\0", "");
      const whole = text.endsWith("\r") ? text.slice(0, -1) : text;
      const lines = whole.split(/\r\n|\n|\r/);
      rest = (lines.pop() ?? "") + text.slice(whole.length);
      await writer.write(lines);
    }
    const end = (rest + decoder.decode()).replace(/\r$/, "");
    await writer.write([isHalfLetter(end, encoding) ? "" : end]);
    return writer.end();
  } finally {
    await target.close();
  }
}

/** A last byte that is half a letter of UTF-16: nothing was written after it. */
const isHalfLetter = (end: string, encoding: Inspection["encoding"]) =>
  encoding.startsWith("utf-16") && end === "\ufffd";

/** A record of which no row can be made, such as one with another number of cells than its layout's. */
export interface Misshapen {
  readonly line: number;
  readonly why: string;
}

interface Shape {
  readonly separator: string;
  /** Patterns of lines that are no records. */
  readonly footers: readonly string[];
  readonly cells: number;
  readonly numberFrom: number | null;
}

class RecordWriter {
  readonly #target: FileHandle;
  readonly #shape: Shape;
  readonly #footers: readonly RegExp[];
  readonly #misshapen: Misshapen[] = [];
  #line = 0;
  #records = 0;
  #open: {readonly line: number; readonly text: string[]} | null = null;

  constructor(target: FileHandle, shape: Shape) {
    this.#target = target;
    this.#shape = shape;
    this.#footers = shape.footers.map(pattern => new RegExp(pattern, "i"));
  }

  async write(lines: readonly string[]): Promise<void> {
    const out = this.#shape.numberFrom === null ? [...lines] : lines.flatMap(line => this.#number(line));
    if (out.length > 0) await this.#target.write(`${out.join("\n")}\n`);
  }

  end(): {records: number; misshapen: readonly Misshapen[]} {
    if (this.#open !== null) throw new FeedError(`a quote opened in row ${this.#open.line} never closes`);
    return {records: this.#records, misshapen: this.#misshapen};
  }

  /** A record ends where no quote that opened a cell is open: one within a name, as in 4" main, is a letter like any other. */
  #number(line: string): string[] {
    this.#line += 1;
    if (this.#line <= (this.#shape.numberFrom ?? 0) || (line === "" && this.#open === null)) return [];
    if (this.#open === null && this.#footers.some(pattern => pattern.test(line))) return [];
    const record = {line: this.#open?.line ?? this.#line, text: [...(this.#open?.text ?? []), line]};
    this.#open = endsQuoted(record.text.join("\n"), this.#shape.separator) ? record : null;
    if (this.#open !== null && record.text.length > longestRecord)
      throw new FeedError(`a quote opened in row ${record.line} never closes`);
    if (this.#open !== null) return [];
    this.#records += 1;
    const {separator, cells} = this.#shape;
    const found = cellsIn(record.text.join("\n"), separator);
    if (found !== cells) this.#misshapen.push({line: record.line, why: `${found} cells where ${cells} belong`});
    return found === cells ? [`${record.line}${separator}${record.text.join("\n")}`] : [];
  }
}

function cellsIn(record: string, separator: string): number {
  return record.includes('"') ? cellsOf(record, separator).length : record.split(separator).length;
}

/** Whether a text ends within a cell that is quoted. */
function endsQuoted(text: string, separator: string): boolean {
  let isQuoted = false;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) {
    const before = text[at - 1];
    if (!isQuoted) isQuoted = before === undefined || before === separator || before === "\n";
    else if (text[at + 1] === '"') at += 1;
    else isQuoted = false;
  }
  return isQuoted;
}
