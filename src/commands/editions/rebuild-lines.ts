import {rebuildEdition} from "../../editions/rebuild.ts";
import type {Effects} from "../../effects.ts";
import {folderOfEdition, readEdition} from "../../frozen/editions.ts";
import {firstOf, listText} from "../../wording/lists.ts";
import {several} from "../../wording/numbers.ts";
import type {Answer} from "../kit/command.ts";

const mostNamed = 20;

/** Makes an edition again and says what is the same. */
export async function rebuildLines(dataFolder: string, name: string, effects: Effects): Promise<Answer> {
  const edition = await readEdition(await folderOfEdition(dataFolder, name));
  const {manifest, other, isSameCanopy, models} = await rebuildEdition(dataFolder, edition, effects);
  const all = manifest.files.length + manifest.marts.length;
  const version = isSameCanopy
    ? []
    : [
        `made by another canopy than this one (${edition.manifest.canopy.version}, ${edition.manifest.canopy.sources.slice(0, 12)}…)`
      ];
  const differ = models.length === 0 ? [] : [`models that are not those of the edition: ${listText(models)}`];
  if (other.length === 0) return {lines: [...version, `made again: all of ${several(all, "file")} the same bytes`]};
  return {
    lines: [
      ...version,
      ...differ,
      `made again: ${other.length} of ${several(all, "file")} not the same bytes: ${firstOf(other, mostNamed)}`
    ],
    code: 1
  };
}
