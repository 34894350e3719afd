import {rm} from "node:fs/promises";
import {join} from "node:path";
import {FeedError} from "../errors.ts";
import {type Reader, sharedReader} from "./reader/reader.ts";

/** A file that is no container, what it is called, and what is to be said of how it is read. */
export interface PlainFile {
  readonly path: string;
  readonly fileName: string;
  readonly note?: string | null;
}

/** Works on a received file, or on a part of it, as a plain file. @throws FeedError where it cannot be opened or is a container itself. */
export async function withPlainFile<T>(
  {path, fileName, part}: PlainFile & {readonly part: string | null},
  scratch: string,
  work: (file: PlainFile) => Promise<T>,
  reader: Reader = sharedReader
): Promise<T> {
  const parts = await reader.parts(path, fileName);
  if (part === null) {
    if (parts !== null) throw new FeedError("it holds other files, each of which is read by itself");
    return work({path, fileName});
  }
  const named = parts?.find(each => each.path === part);
  const unpacked = join(scratch, "part");
  try {
    await reader.write(path, fileName, part, unpacked);
    return await work({path: unpacked, fileName: named?.fileName ?? part, note: named?.note ?? null});
  } finally {
    await rm(unpacked, {force: true});
  }
}
