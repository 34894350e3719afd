import {join} from "node:path";
import type {Faults} from "./faults/plan.ts";
import {countFiles, inventFiles} from "./invent-files.ts";
import {readStamp, writeStamp} from "./stamp.ts";
import {startTelling} from "./truth/teller.ts";
import {writeIfNew} from "./write-if-new.ts";

/** Where the illustrative estate goes. */
export interface Destination {
  /** Folder of supplier files; each feed's are put in a folder of its own beneath it. */
  readonly inbox: string;
  /** JSON file that tells tests what the files amount to (`Truth`). A stamp is kept beside it. */
  readonly truthFile: string;
  /** The same seed gives the same bytes. */
  readonly seed: number;
  /** Whether files hold the faults of real ones (planted, if nothing is said), or none: the same estate as it would be told without a fault. */
  readonly faults?: Faults;
}

/** What a caller may wish to hear while files are written. */
export interface Listening {
  readonly onProgress?: (text: string) => void;
}

/**
 * Writes the supplier files of the illustrative estate, and the truth about them apart. Each file is written under a
 * temporary name and renamed; one that already holds the same bytes is left untouched. Other files are not looked at.
 * When nothing has changed since the last call, as the stamp beside the truth tells, nothing is worked out again.
 * Returns the paths of the supplier files, sorted, written or not.
 */
export async function writeIllustrativeEstate(
  {inbox, truthFile, seed, faults = "planted"}: Destination,
  {onProgress}: Listening = {}
): Promise<{files: string[]}> {
  const recipe = {seed, faults};
  const known = await readStamp(truthFile, recipe);
  if (known?.every(path => path.startsWith(join(inbox, "/")))) return {files: [...known]};
  const teller = startTelling();
  const files: string[] = [];
  for (const {folder, name, text} of inventFiles(recipe, teller.findings)) {
    files.push(join(inbox, folder, name));
    onProgress?.(`writing supplier file ${files.length} of ${countFiles(recipe)}`);
    await writeIfNew(join(inbox, folder, name), text);
  }
  await writeIfNew(truthFile, `${JSON.stringify(teller.tell(seed))}\n`);
  files.sort();
  await writeStamp({truthFile, files}, recipe);
  return {files};
}
