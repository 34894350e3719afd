import {createReadStream} from "node:fs";
import {readFile, stat} from "node:fs/promises";
import type {Inspection} from "../archive/inspect.ts";
import {plain} from "../wording/numbers.ts";
import {Refusal} from "./stage.ts";

/** How large a file may be whose form can only be read as a whole; tables of half-hours are read in pieces, whatever their size. */
export const mostWholeBytes = 64 << 20;

/** The text of a file that is read as a whole. @throws Refusal where it is too large for that. */
export async function wholeText(path: string, encoding: Inspection["encoding"]): Promise<string> {
  const {size} = await stat(path);
  if (size > mostWholeBytes)
    throw new Refusal(
      `it is ${plain(Math.ceil(size / (1 << 20)))} MB, and a file of this kind may be ${mostWholeBytes >> 20} MB: ask the sender for a shorter time in each file`
    );
  return new TextDecoder(encoding).decode(await readFile(path));
}

/** The text of a file in pieces, each beginning with the last `overlap` characters of the one before. */
export async function* textPieces(
  path: string,
  encoding: Inspection["encoding"],
  overlap: number
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  let before = "";
  for await (const chunk of createReadStream(path, {highWaterMark: 4 << 20}) as AsyncIterable<Buffer>) {
    const piece = before + decoder.decode(chunk, {stream: true}).replaceAll("\0", "");
    yield piece;
    before = piece.slice(-overlap);
  }
}
