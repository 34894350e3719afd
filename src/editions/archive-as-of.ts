import {copyFile, link, mkdir, readFile, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {bytesHeld, newestSettings, readArchive} from "../archive/archive.ts";
import {type Entry, newestEntries, readJournal, replaceJournal} from "../archive/journal.ts";
import {parseDecisions, textOfDecisions} from "../archive/receipts.ts";
import {hashOf, snapshotPath} from "../archive/snapshots.ts";
import {CliError} from "../errors.ts";
import {snapshotsFolder} from "../ingest/reconcile.ts";
import {firstOf} from "../wording/lists.ts";

/**
 * Makes a data folder that holds the archive of another as it was after so many entries of its journal: what came and what was decided until then, and the council's
 * registers and settings as they were. Bytes are shared with the other archive where the disk allows, and never written to.
 *
 * @throws CliError where the journal is not the one of this seal, or something of then is no longer held: it was erased.
 */
export async function makeArchiveAsOf(
  dataFolder: string,
  {entries: count, seal}: {readonly entries: number; readonly seal: string | null},
  folder: string
): Promise<void> {
  const [from, to] = [snapshotsFolder(dataFolder), snapshotsFolder(folder)];
  const journal = await readJournal(from);
  const entries = journal.entries.filter(({n}) => n <= count);
  if (journal.faults.length > 0 || (entries.at(-1)?.seal ?? null) !== seal)
    throw new CliError(
      "the archive's journal is not the one that this edition rests on. To see what is wrong: canopy verify"
    );
  await replaceJournal(to, entries);
  const gone: string[] = [];
  for (const {file, sha256, what} of newestEntries(entries).values())
    if (sha256 !== null && what !== "setting" && !(await putSmall(from, to, file, sha256))) gone.push(file);
  const archive = await readArchive(from);
  const settings = newestSettings(entries);
  for (const [file, {sha256}] of settings)
    if (sha256 !== null && file.startsWith("council/"))
      await putSetting(from, join(folder, file), sha256).catch(() => gone.push(file));
  for (const sha256 of bytesHeld(archive).keys())
    await share(snapshotPath(from, {sha256}), snapshotPath(to, {sha256})).catch(() => gone.push(sha256));
  const held = await readArchive(to);
  const missing = [...gone, ...held.damages.map(({words}) => words)];
  if (missing.length > 0)
    throw new CliError(
      `this edition cannot be made again: what it rests on was erased or is damaged (${firstOf(missing, 3)})`
    );
}

/** A receipt, or decisions as far as they went then: each decision is added behind the others. */
async function putSmall(from: string, to: string, file: string, sha256: Entry["sha256"]): Promise<boolean> {
  const text = await readFile(join(from, file), "utf8").catch(() => "");
  const all = hashOf(Buffer.from(text)) === sha256 ? [] : (parseDecisions(text) ?? []);
  const candidates = [text, ...all.map((_, index) => textOfDecisions(all.slice(0, index + 1)))];
  const then = candidates.find(each => hashOf(Buffer.from(each)) === sha256);
  if (then === undefined) return false;
  await mkdir(dirname(join(to, file)), {recursive: true});
  await writeFile(join(to, file), then);
  return true;
}

async function putSetting(from: string, path: string, sha256: string): Promise<void> {
  await mkdir(dirname(path), {recursive: true});
  await copyFile(snapshotPath(from, {sha256}), path);
}

async function share(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), {recursive: true});
  await link(from, to).catch(() => copyFile(from, to));
}
