import {createHash} from "node:crypto";
import {readFile} from "node:fs/promises";
import {basename} from "node:path";
import {openWorkbook} from "../../archive/containers/open.ts";
import {CliError, FeedError} from "../../errors.ts";
import {type FlatFile, readFlatFile} from "../../reference/factors/read-flat-file.ts";
import {workbookOf} from "../../reference/factors/workbook.ts";

/** A workbook at a path, read as the government's flat file, and what its bytes are known by. @throws FeedError, CliError without such a file */
export async function openFlatFile(path: string): Promise<{flat: FlatFile; sha256: string}> {
  const bytes = await readFile(path).catch((error: Error) => {
    throw new CliError(`${path} cannot be read: ${error.message}`, {cause: error});
  });
  return {flat: await flatFileIn(bytes, basename(path)), sha256: createHash("sha256").update(bytes).digest("hex")};
}

/** Bytes that came under the name `file`: judged and opened by the archive, like any file from outside, then read. */
export async function flatFileIn(bytes: Buffer, file: string): Promise<FlatFile> {
  const sheets = await openWorkbook(bytes, file).catch(error => {
    if (!(error instanceof FeedError)) throw error;
    throw new FeedError(`${file}: ${error.message}; what is read here is the government's flat file, as xlsx`, {
      cause: error
    });
  });
  return readFlatFile(workbookOf(file, sheets));
}
