import {inflateSync} from "node:zlib";
import {FeedError} from "../../../errors.ts";

/** How far one part is unpacked to see that it is whole. */
const mostUnpacked = 64 << 20;
/** How long the description of a part may be. */
const longestDescription = 4000;

/**
 * Looks whether the packed parts of a PDF are whole: a reader of PDF shows as much of a damaged one as it can, and says nothing of the rest. Pictures are not looked
 * at, nor is what is encrypted.
 *
 * @throws FeedError where a part is damaged.
 */
export function checkIntact(bytes: Buffer): void {
  if (bytes.includes("/Encrypt")) return;
  let at = 0;
  while (true) {
    const word = bytes.indexOf("stream", at);
    if (word < 0) return;
    at = word + "stream".length;
    if (bytes.subarray(word - 3, word).toString("latin1") === "end") continue;
    const described = bytes.subarray(Math.max(0, word - longestDescription), word).toString("latin1");
    const [, about] = /.*\bobj\b([\s\S]*)$/s.exec(described) ?? [];
    if (about === undefined || !/>>\s*$/.test(about)) continue;
    const start = bytes[at] === 0x0d && bytes[at + 1] === 0x0a ? at + 2 : at + 1;
    const [, length] = /\/Length (\d+)\b(?! \d+ R)/.exec(about) ?? [];
    const end = length === undefined ? bytes.indexOf("endstream", start) : start + Number(length);
    if (/\/Filter\s*\[?\s*\/FlateDecode/.test(about) && !/\/Subtype\s*\/Image/.test(about))
      checkPart(bytes.subarray(start, end < 0 ? undefined : end));
    at = Math.max(at, end);
  }
}

function checkPart(packed: Buffer): void {
  try {
    inflateSync(packed, {maxOutputLength: mostUnpacked});
  } catch (error) {
    // What is larger, or goes on to nothing, is the library's to refuse.
    if ((error as NodeJS.ErrnoException).code === "Z_DATA_ERROR")
      throw new FeedError("it is damaged within: print or export it to PDF anew", {cause: error});
  }
}
