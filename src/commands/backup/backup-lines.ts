import {openerFrom, sealerFor} from "../../backup/age.ts";
import {backup} from "../../backup/backup.ts";
import {restore} from "../../backup/restore.ts";
import type {Config} from "../../council/config.ts";
import {type Effects, inert} from "../../effects.ts";
import {dateText} from "../../wording/dates.ts";
import {several} from "../../wording/numbers.ts";
import type {Answer} from "../kit/command.ts";
import {damageLines} from "../verify/lines.ts";

/** Backs up a data folder. Exit code 1 where something of the archive is damaged: the rest is copied. */
export async function backupLines(
  {dataFolder}: Pick<Config, "dataFolder">,
  folder: string,
  recipient: string | null,
  effects: Effects
): Promise<Answer> {
  const {mark, copied, damages} = await backup(dataFolder, folder, {
    sealer: recipient === null ? null : sealerFor(recipient),
    now: effects.now,
    onFile: (done, all) => effects.progress(`copying file ${done + 1} of ${all}`)
  });
  return {
    lines: [
      ...damageLines(damages),
      `${several(mark.files, "file")} of the archive in ${inert(folder)}, ${copied === mark.files ? "all" : copied} of them new${mark.is_encrypted ? ", encrypted" : ""}`,
      "not in it: the key of the pseudonyms (.keys/pseudonyms). Keep a copy of it elsewhere, never beside the data",
      "not in it: files in the inbox that no run has taken in yet; the warehouse, which is made again from the archive",
      `to try it: canopy restore ${inert(folder)} --data <new folder>`
    ],
    code: damages.length > 0 ? 1 : 0
  };
}

/** Restores a data folder. Exit code 1 where the backup does not hold all of it as it was put there. */
export async function restoreLines(
  folder: string,
  dataFolder: string,
  identity: string | null,
  effects: Effects
): Promise<Answer> {
  const {mark, files, damages} = await restore(folder, dataFolder, {
    open: identity === null ? null : await openerFrom(identity),
    onFile: (done, all) => effects.progress(`restoring file ${done + 1} of ${all}`)
  });
  return {
    lines: [
      ...damageLines(damages),
      `${several(files, "file")} of the archive restored in ${inert(dataFolder)}, as of ${dateText(new Date(mark.made_at))}, every byte read`,
      "put the key of the pseudonyms back as .keys/pseudonyms; without it vehicles get new pseudonyms",
      `to make the warehouse and the figures again: canopy run --data ${inert(dataFolder)}`
    ],
    code: damages.length > 0 ? 1 : 0
  };
}
