import {mkdtemp, open, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {type Limits, makeReader} from "../../../archive/reader/reader.ts";
import {FeedError} from "../../../errors.ts";
import {plain} from "../../../wording/numbers.ts";
import type {PdfText} from "./text.ts";

/** Bytes that one PDF may have: a deck with photographs has twenty million. */
export const mostPdfBytes = 200 << 20;

/** What one PDF may take: a report of 800 full pages took 72 seconds on two busy cores, and 350 MB. Measured on 30 November 2026. */
export const pdfLimits: Limits = {seconds: 240, megabytes: 512, residentMegabytes: 1024};

/**
 * What a PDF says, read in a process of its own that has no network and a bound to its time and memory.
 *
 * @throws FeedError where it is no PDF, is damaged, needs a password, or is too large.
 */
export async function readPdf(path: string, limits: Limits = pdfLimits): Promise<PdfText> {
  await checkEnds(path);
  const folder = await mkdtemp(join(tmpdir(), "canopy-pdf-"));
  const reader = makeReader({
    limits,
    worker: new URL("./worker.ts", import.meta.url),
    next: "save it as .docx or .pptx, or in parts"
  });
  try {
    const to = join(folder, "text.json");
    await reader.write(path, path, "text", to);
    return JSON.parse(await readFile(to, "utf8")) as PdfText;
  } finally {
    reader.close();
    await rm(folder, {recursive: true, force: true});
  }
}

/** A PDF says what it is in its first 1,024 bytes, and that it is whole in its last: one that was cut off would say less than all. */
async function checkEnds(path: string): Promise<void> {
  const file = await open(path);
  try {
    const {size} = await file.stat();
    if (size > mostPdfBytes)
      throw new FeedError(`it has more than ${plain(mostPdfBytes >> 20)} MB: print or export it with smaller pictures`);
    const at = async (place: number, length: number) =>
      (await file.read(Buffer.alloc(length), 0, length, Math.max(0, place))).buffer.toString("latin1");
    if (!(await at(0, 1024)).includes("%PDF-")) throw new FeedError("it is not a PDF, whatever its name says");
    if (!(await at(size - 2048, 2048)).includes("%%EOF"))
      throw new FeedError("it is damaged, its end is missing: print or export it to PDF anew");
  } finally {
    await file.close();
  }
}
