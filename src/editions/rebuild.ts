import {copyFile, mkdir, mkdtemp, rm} from "node:fs/promises";
import {join} from "node:path";
import {readConfig} from "../council/config.ts";
import {noneWhereAbsent} from "../durable.ts";
import type {Effects} from "../effects.ts";
import {otherOf} from "../frozen/compare.ts";
import {type Edition, readEditions} from "../frozen/editions.ts";
import {modelHashes, thisCanopy} from "../frozen/makings.ts";
import type {Manifest} from "../frozen/manifest.ts";
import {changesSince} from "../frozen/since.ts";
import {build} from "../models/build.ts";
import {landOwed, recorded, withWarehouse} from "../pipeline/run.ts";
import {withPublished} from "../warehouse/published.ts";
import {makeArchiveAsOf} from "./archive-as-of.ts";
import {writeEdition} from "./freeze.ts";

/** An edition that was made again from the archive, held against the one that there is. */
export interface Rebuilt {
  readonly manifest: Manifest;
  /** Files and marts that are not the same bytes. */
  readonly other: readonly string[];
  readonly isSameCanopy: boolean;
  /** Models that are not those of the edition. */
  readonly models: readonly string[];
}

/** Makes an edition again from what it rests on, in a folder of its own that is removed afterwards, and says what is not the same. */
export async function rebuildEdition(dataFolder: string, {manifest}: Edition, effects: Effects): Promise<Rebuilt> {
  const root = join(dataFolder, "editions");
  await mkdir(root, {recursive: true});
  const folder = await mkdtemp(join(root, ".rebuild-"));
  try {
    effects.progress("putting the archive of then together");
    await makeArchiveAsOf(dataFolder, manifest.archive, folder);
    await mkdir(join(folder, ".keys"), {recursive: true});
    await copyFile(join(dataFolder, ".keys", "pseudonyms"), join(folder, ".keys", "pseudonyms")).catch(noneWhereAbsent);
    const config = {...(await readConfig(folder, effects.now())), asOf: manifest.as_of};
    await withWarehouse(config, effects, warehouse =>
      recorded(warehouse, "rebuild", effects, async runId => {
        effects.progress("reading every file of then again");
        await landOwed(warehouse, config, runId, effects);
        effects.progress("building the marts");
        return build(warehouse, config);
      })
    );
    const before = await editionBefore(dataFolder, manifest);
    const made = join(folder, "edition");
    await mkdir(made);
    const {name, status} = manifest;
    return await withPublished(
      folder,
      async connection => {
        const again = await writeEdition(connection, {
          config,
          mark: {name, status},
          folder: made,
          progress: effects.progress,
          since: async makings => (before === null ? manifest.since : changesSince(connection, folder, before, makings))
        });
        return {
          manifest: again,
          other: [
            ...otherOf(manifest.files, again.files, ({path}) => path),
            ...otherOf(manifest.marts, again.marts, each => each.name)
          ],
          isSameCanopy: (await thisCanopy()).sources === manifest.canopy.sources,
          models: otherOf(manifest.models, await modelHashes(connection), each => each.name)
        };
      },
      {folders: [made]}
    );
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

/** The edition that another tells its changes since, where it is still there as it was. */
async function editionBefore(dataFolder: string, {since}: Manifest): Promise<Edition | null> {
  const {editions} = await readEditions(dataFolder);
  return editions.find(({checkValue}) => checkValue === since?.check_value) ?? null;
}
