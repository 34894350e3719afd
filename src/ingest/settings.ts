import {readdir, readFile} from "node:fs/promises";
import {join, relative} from "node:path";
import {addSettings, type Setting} from "../archive/archive.ts";
import type {Entry} from "../archive/journal.ts";
import {noneWhereAbsent} from "../durable.ts";
import type {Effects} from "../effects.ts";
import {referenceFolder} from "../reference/references.ts";
import type {Connection} from "../warehouse/connection.ts";
import {carryArchive, reconcile} from "./reconcile.ts";

/**
 * Puts the council's registers, layouts and settings and the product's reference tables into the archive where they are not as they were, so that each has a
 * before, an after and a date. Returns what has changed; all of it the first time.
 */
export async function keepSettings(connection: Connection, dataFolder: string, effects: Effects): Promise<Entry[]> {
  const {archive} = await reconcile(connection, dataFolder);
  const settings = [
    ...(await settingsIn(join(dataFolder, "council"), "council")),
    ...(await settingsIn(referenceFolder, "reference"))
  ];
  const changed = await addSettings(archive, settings, effects.now().toISOString());
  await carryArchive(connection, archive);
  return changed;
}

async function settingsIn(folder: string, name: string): Promise<Setting[]> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true}).catch(noneWhereAbsent);
  const files = entries
    .filter(entry => entry.isFile() && /\.(csv|json)$/.test(entry.name) && !entry.name.startsWith("."))
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
  return Promise.all(
    files.map(async path => ({file: join(name, relative(folder, path)), bytes: await readFile(path)}))
  );
}
