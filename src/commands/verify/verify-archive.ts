import {sealAgain} from "../../archive/archive.ts";
import type {Config} from "../../council/config.ts";
import {type Effects, inert} from "../../effects.ts";
import {carryArchive, reconcile} from "../../ingest/reconcile.ts";
import {type Extent, type Verified, verify} from "../../ingest/verify.ts";
import {withWarehouse} from "../../pipeline/run.ts";
import {plain, several} from "../../wording/numbers.ts";
import type {Answer} from "../kit/command.ts";
import {damageLines, healedLines, newFiles} from "./lines.ts";

/** Holds archive and warehouse against each other. Exit code 1 where anything is not as it should be. */
export async function verifyArchive(config: Config, extent: Extent, effects: Effects): Promise<Answer> {
  const verified = await withWarehouse(config, effects, warehouse =>
    verify(warehouse, config.dataFolder, extent, (done, all) =>
      effects.progress(`reading file ${done + 1} of ${all} of the archive`)
    )
  );
  const {damages, healed, owed, withoutReceipt, isPublishedSound} = verified;
  return {
    lines: [
      ...healedLines(healed),
      ...damageLines(damages),
      archiveLine(verified, extent),
      `warehouse: holds what its ledger says of ${several(verified.loads, "load")}${extent === "all" ? ", every value read" : ""}`,
      ...withoutReceipt.map(file => `bytes without a receipt, which count for nothing: ${inert(file)}`),
      ...(owed.length === 0 ? [] : [`not in the warehouse yet: ${newFiles(owed)}. To land them: canopy run`]),
      ...(isPublishedSound ? [] : ["the published marts cannot be read. To make them again: canopy build"])
    ],
    code: damages.length > 0 || owed.length > 0 || !isPublishedSound ? 1 : 0
  };
}

function archiveLine({receipts, held, hashed}: Verified, extent: Extent): string {
  const read = extent === "all" ? "every byte read" : `every byte of ${plain(hashed.files)} read, today's share`;
  return `archive: ${several(receipts, "receipt")} as sealed, ${several(held.files, "file")} (${megabytes(held.bytes)}) as received; ${read}`;
}

const megabytes = (bytes: number) =>
  bytes < 1e6 ? `${plain(Math.ceil(bytes / 1e3))} kB` : `${plain(Math.ceil(bytes / 1e6))} MB`;

/** Takes what is damaged as it is, with the reason, which stays in the journal. */
export async function sealArchiveAgain(config: Config, why: string, effects: Effects): Promise<Answer> {
  const files = await withWarehouse(config, effects, async ({connection}) => {
    const {archive} = await reconcile(connection, config.dataFolder);
    const sealed = await sealAgain(archive, why, effects.now().toISOString());
    await carryArchive(connection, archive);
    return sealed;
  });
  return {
    lines:
      files.length === 0
        ? ["nothing to seal again: receipts, decisions and journal are as they were sealed"]
        : [...files.map(file => `sealed again: ${inert(file)}`), "To land what is not in the warehouse: canopy run"]
  };
}
