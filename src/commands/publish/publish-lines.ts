import type {Config} from "../../council/config.ts";
import {checkEditionName, freezeEdition} from "../../editions/freeze.ts";
import type {Effects} from "../../effects.ts";
import {keepSettings} from "../../ingest/settings.ts";
import {buildAndNote, withWarehouse} from "../../pipeline/run.ts";
import {siteFolders} from "../../publish/files.ts";
import {noticeWords} from "../../publish/notices.ts";
import {publish} from "../../publish/publish.ts";
import type {EditionMark} from "../../wording/editions.ts";
import {publicSiteText} from "../../wording/held-back.ts";
import {several} from "../../wording/numbers.ts";

/** Publishes, and says what. */
export async function publishLines(config: Config): Promise<string[]> {
  const {folder, figures, tables, notices, changed, held_back} = await publish(config);
  const change = changed === 0 ? "unchanged" : `${several(changed, "file")} changed`;
  return [
    `${several(figures.length, "figure")} and ${several(tables.length, "table")} in ${folder}, ${change}`,
    ...notices.map(noticeWords),
    `public site: ${publicSiteText(siteFolders(config.dataFolder).everyone, held_back)}`,
    ...(held_back ?? []).map(text => `  held back: ${text}`)
  ];
}

/** Freezes an edition of the marts as they are built now, and says what it is and how others check it. */
export async function editionLines(config: Config, mark: EditionMark, effects: Effects): Promise<string[]> {
  checkEditionName(mark.name);
  await withWarehouse(config, effects, async warehouse => {
    await keepSettings(warehouse.connection, config.dataFolder, effects);
    effects.progress("building the marts");
    return buildAndNote(warehouse, config, effects);
  });
  const {folder, manifest, checkValue, isNew} = await freezeEdition(config, mark, effects);
  return [
    `edition ${mark.name}, ${mark.status}, as at ${manifest.as_of}: ${several(manifest.files.length, "file")} to publish and ${several(manifest.marts.length, "mart")} in ${folder}${isNew ? "" : ", as it was"}`,
    `check value ${checkValue}`,
    `to check it: canopy editions verify ${mark.name} --expect CHECK-VALUE`
  ];
}
