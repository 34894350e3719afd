import {writeFile} from "node:fs/promises";
import {basename, join} from "node:path";
import {ingest} from "../../src/ingest/ingest.ts";
import type {LoadRecord} from "../../src/ingest/ledger.ts";
import type {Canopy} from "./canopy.ts";
import {openTestWarehouse} from "./warehouse.ts";

/** Brings in many files in one run, each by its name; what became of each. Bytes that were received before give the load that holds them. */
export async function bringAll(
  {folder, effects}: Canopy,
  files: ReadonlyMap<string, string | Uint8Array>,
  {feed = "estate-energy", meterPoint = null}: {feed?: string; meterPoint?: string | null} = {}
): Promise<Map<string, LoadRecord>> {
  const paths = [...files.keys()].map(name => join(folder, name));
  for (const [name, text] of files) await writeFile(join(folder, name), text);
  const request = {dataFolder: folder, feeds: [feed], files: paths, layout: null, meterPoint, isReplay: false};
  const warehouse = await openTestWarehouse(folder);
  try {
    const {loads, known} = await ingest(warehouse, request, 1, effects);
    return new Map([
      ...loads.map(load => [load.file_name, load] as const),
      ...known.flatMap(({file, load}) => (load === null ? [] : [[basename(file), load] as const]))
    ]);
  } finally {
    await warehouse.close();
  }
}
