import {readdir} from "node:fs/promises";
import {type Archive, readArchive} from "../../archive/archive.ts";
import {isReceiptFile, receiptFile} from "../../archive/receipts.ts";
import {inert} from "../../effects.ts";
import {snapshotsFolder} from "../../ingest/reconcile.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {type MadeFrom, readMadeFrom} from "../../warehouse/published.ts";
import {warehousePaths} from "../../warehouse/warehouse.ts";
import {several} from "../../wording/numbers.ts";
import {newFiles} from "../verify/lines.ts";
import type {Item} from "./item.ts";

/** How the archive stands, and the warehouse to it: looked at as they lie, since what is published may be older than either. */
export interface Upkeep {
  readonly archive: Archive;
  /** What the published marts were made from; null where an earlier version made them. */
  readonly madeFrom: MadeFrom | null;
  /** Warehouses that were damaged and have been set aside, by name. */
  readonly setAside: readonly string[];
}

export async function readUpkeep(connection: Connection, dataFolder: string): Promise<Upkeep> {
  const {folder} = warehousePaths(dataFolder);
  const names = await readdir(folder).catch(() => []);
  return {
    archive: await readArchive(snapshotsFolder(dataFolder)),
    madeFrom: await readMadeFrom(connection),
    setAside: names.filter(name => /\.(damaged-\d+|before-rebuild)$/.test(name)).sort()
  };
}

/** What of the archive needs somebody: whatever is not as it was put there, and what has come since the published marts were made. */
export function upkeepItems({archive, madeFrom, setAside}: Upkeep): Item[] {
  return [...damageItems(archive), ...newerItems(archive, madeFrom), ...asideItems(setAside)];
}

/** Whether the archive is as it was put there. */
export const isArchiveSound = ({archive}: Upkeep): boolean => archive.damages.length === 0;

function damageItems({damages}: Archive): Item[] {
  if (damages.length === 0) return [];
  return [
    {
      words: `${several(damages.length, "file of the archive is", "files of the archive are")} not as put there. What was counted stays counted. To see what to do: canopy verify`,
      rows: damages.map(({file, words}) => `${inert(file)}: ${inert(words)}`)
    }
  ];
}

function newerItems({entries, receipts}: Archive, madeFrom: MadeFrom | null): Item[] {
  if (madeFrom === null) return [];
  const {archive_entries: made, archive_seal: seal} = madeFrom;
  if (made > 0 && entries.length >= made && entries[made - 1]?.seal !== seal)
    return [{words: "The published figures were made from another archive. To make them again: canopy run", rows: []}];
  const since = entries.slice(made);
  const files = new Set(since.filter(({file}) => isReceiptFile(file)).map(({file}) => file));
  const come = [...receipts.values()].filter(({id}) => files.has(receiptFile(id)));
  if (come.length > 0)
    return [
      {
        words: `${newFiles(come)} came after these figures were made and ${come.length === 1 ? "is" : "are"} not in them. To count ${come.length === 1 ? "it" : "them"}: canopy run`,
        rows: []
      }
    ];
  return since.length === 0
    ? []
    : [{words: "Something was decided after these figures were made. To count it: canopy run", rows: []}];
}

function asideItems(setAside: readonly string[]): Item[] {
  if (setAside.length === 0) return [];
  return [
    {
      words: `The warehouse was damaged and has been made again from the archive. Nothing is lost; delete what was set aside in the folder warehouse once nobody needs it: ${setAside.map(inert).join(", ")}`,
      rows: []
    }
  ];
}
