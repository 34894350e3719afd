import {readFile, stat} from "node:fs/promises";
import {FeedError} from "../../errors.ts";
import {kindOfFile} from "./kind.ts";
import {mostBytes, newBudget} from "./limits.ts";
import {type Leaf, openFile} from "./open.ts";

/**
 * A file or a sheet within a received file. `path` names it within that file: `march.csv` or `2026/march.csv` in an archive or a message, `Sheet1`
 * in a workbook, `report.zip › march.csv` and `meters.xlsx › Sheet1` one deeper. `fileName` is what it would be called by itself: `march.csv`,
 * `meters.xlsx › Sheet1`.
 */
export interface Part {
  readonly path: string;
  readonly fileName: string;
  /** What is to be said of how it is read, such as that its formulas are stored values, where there is anything. */
  readonly note?: string;
}

/**
 * What a received file holds, in its own order: null where it is plain text and no container. What it is, is judged by its bytes. Throws
 * `FeedError`, with the reason, where it may not or cannot be opened, and where it is not what its name says. A part that is refused by itself is
 * among the parts: reading it throws.
 */
export async function partsOf(path: string, fileName: string): Promise<readonly Part[] | null> {
  const leaves = await openOnce(path, fileName);
  return (
    leaves?.map(({path: part, fileName: name, note}) => ({
      path: part,
      fileName: name,
      ...(note === null ? {} : {note})
    })) ?? null
  );
}

/**
 * The bytes of one part, as they are; a sheet is written out as CSV. Two readings give the same bytes. Throws `FeedError` where the part is refused
 * or there is none of that path.
 */
export async function readPart(path: string, fileName: string, part: string): Promise<Buffer> {
  const leaves = await openOnce(path, fileName);
  const leaf = leaves?.find(held => held.path === part);
  if (!leaf) throw new FeedError(`holds no ${part}`);
  return leaf.read();
}

/** The last file that was opened, with its packed bytes and its sheets: thirty parts are read from one opening. */
let last: {readonly key: string; readonly leaves: Promise<Leaf[] | null>} | null = null;

async function openOnce(path: string, fileName: string): Promise<Leaf[] | null> {
  const {ino, size, mtimeNs} = await stat(path, {bigint: true});
  const key = JSON.stringify([path, fileName, ...[ino, size, mtimeNs].map(String)]);
  if (last?.key === key) return last.leaves;
  const opened = {key, leaves: openPath(path, fileName)};
  last = opened;
  opened.leaves.catch(() => {
    if (last === opened) last = null;
  });
  return opened.leaves;
}

async function openPath(path: string, fileName: string): Promise<Leaf[] | null> {
  if ((await kindOfFile(path, fileName)).is === "plain") return null;
  if ((await stat(path)).size > mostBytes) throw new FeedError(`larger than ${mostBytes >> 20} MB`);
  return openFile(await readFile(path), fileName, newBudget());
}
