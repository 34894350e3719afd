import {readFile} from "node:fs/promises";
import {basename} from "node:path";
import {readArchive} from "../../archive/archive.ts";
import type {Entry} from "../../archive/journal.ts";
import {snapshotPath} from "../../archive/snapshots.ts";
import type {Config} from "../../council/config.ts";
import {inert} from "../../effects.ts";
import {snapshotsFolder} from "../../ingest/reconcile.ts";
import {dateText, instantText} from "../../wording/dates.ts";
import {several} from "../../wording/numbers.ts";
import {named} from "../kit/nearest.ts";
import {type Change, changesOf} from "./changes.ts";

/** Every setting with its last change, or every change of the one that is named, the newest first. @throws CliError where there is none of this name. */
export async function historyLines({dataFolder}: Pick<Config, "dataFolder">, name: string | null): Promise<string[]> {
  const root = snapshotsFolder(dataFolder);
  const {entries} = await readArchive(root);
  const versions = versionsOf(entries);
  if (versions.size === 0) return ["nothing yet: registers and settings are kept at each canopy run and canopy build"];
  if (name === null) return [...versions].map(([file, all]) => summaryLine(file, all));
  const file =
    [...versions.keys()].find(each => [each, basename(each)].includes(name)) ??
    named(shortNames(versions), "register or setting", name);
  return changeLines(root, file, versions.get(file) ?? []);
}

/** The entries of each setting, oldest first. */
function versionsOf(entries: readonly Entry[]): Map<string, Entry[]> {
  const versions = new Map<string, Entry[]>();
  for (const entry of entries)
    if (entry.what === "setting") versions.set(entry.file, [...(versions.get(entry.file) ?? []), entry]);
  return versions;
}

/** Settings by the name of their file without its ending. */
const shortNames = (versions: ReadonlyMap<string, unknown>) =>
  new Map([...versions.keys()].map(file => [shortName(file), file]));

const shortName = (file: string) => basename(file).replace(/\.(csv|json)$/, "");

function summaryLine(file: string, all: readonly Entry[]): string {
  const [first, last] = [all[0], all.at(-1)];
  const since = dateText(new Date(first?.noted_at ?? 0));
  const changed =
    all.length === 1
      ? "unchanged"
      : `${several(all.length - 1, "change")}, last ${dateText(new Date(last?.noted_at ?? 0))}`;
  return `${inert(file)}: kept since ${since}, ${changed}${last?.sha256 === null ? ", now gone" : ""}`;
}

async function changeLines(root: string, file: string, all: readonly Entry[]): Promise<string[]> {
  const texts = await Promise.all(all.map(({sha256}) => textOf(root, sha256)));
  return all
    .flatMap((entry, index) => {
      const when = instantText(new Date(entry.noted_at));
      if (index === 0) return [[`${when}: first kept`]];
      const changes = changesOf(file, texts[index - 1] ?? null, texts[index] ?? null);
      return [[`${when}: ${several(changes.length, "change")}`, ...changes.flatMap(linesOf)]];
    })
    .reverse()
    .flat();
}

async function textOf(root: string, sha256: string | null): Promise<string | null> {
  return sha256 === null ? null : readFile(snapshotPath(root, {sha256}), "utf8").catch(() => null);
}

function linesOf({row, what, columns}: Change): string[] {
  if (what !== "changed") return [`  ${what}: ${inert(row)}`];
  const value = (text: string | null) => (text === null ? "nothing" : inert(text));
  return columns.map(
    ({name, before, after}) =>
      `  ${inert(row)}${name === "" ? "" : `, ${inert(name)}`}: ${value(before)}, now ${value(after)}`
  );
}
