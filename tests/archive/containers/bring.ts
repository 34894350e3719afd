import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {type Part, partsOf, readPart} from "../../../src/archive/containers/containers.ts";
import {FeedError} from "../../../src/errors.ts";

/** What a file gives when it is brought: the text of each part by its path, or the words of its refusal. */
export type Brought = string | null | Readonly<Record<string, string>>;

/** Writes a file, opens it and reads every part. A refusal is its words after `refused: `; anything but a FeedError is thrown. */
export async function bring(fileName: string, bytes: Buffer | string): Promise<Brought> {
  return inFolder(async folder => {
    const path = join(folder, "received");
    await writeFile(path, bytes);
    return bringPath(path, fileName);
  });
}

/** The same for a file that is there. */
export async function bringPath(path: string, fileName: string): Promise<Brought> {
  try {
    const parts = await partsOf(path, fileName);
    if (parts === null) return null;
    const texts: [path: string, text: string][] = [];
    for (const part of parts) texts.push([part.path, await readText(path, fileName, part)]);
    return Object.fromEntries(texts);
  } catch (error) {
    return refusal(error);
  }
}

async function readText(path: string, fileName: string, part: Part): Promise<string> {
  try {
    return (await readPart(path, fileName, part.path)).toString();
  } catch (error) {
    return refusal(error);
  }
}

function refusal(error: unknown): string {
  if (error instanceof FeedError) return `refused: ${error.message}`;
  throw error;
}

export async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "containers-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, {recursive: true});
  }
}
