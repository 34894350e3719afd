import {createHash} from "node:crypto";
import type {Migration} from "../council/market-migrations.ts";
import type {Layout} from "../layouts/layout.ts";
import {recordFormats} from "../sources/formats.ts";

/** Counted up when the compiler reads the same layout otherwise than before, so that a replay reads the archive again. */
const readingVersion = 1;

/** Changes when the meaning that canopy gives to a layout's bytes changes, by the layout or by meters having moved to another clock. */
export function layoutVersion(layout: Layout, migrations: readonly Migration[] = []): string {
  const {resends: _, ...read} = layout;
  const moved = migrations.filter(({clock_before}) => clock_before === layout.clock);
  return createHash("sha256")
    .update(JSON.stringify([readingVersion, read, ...(moved.length === 0 ? [] : [moved])]))
    .digest("hex")
    .slice(0, 16);
}

/** Changes when any layout or format does: a refused file is tried again then. */
export function libraryVersion(layouts: ReadonlyMap<string, Layout>): string {
  return createHash("sha256")
    .update(
      [...layouts.values()]
        .map(layout => layoutVersion(layout))
        .sort()
        .join()
    )
    .update(JSON.stringify([...recordFormats.values()].map(({name, version}) => [name, version])))
    .digest("hex")
    .slice(0, 16);
}
