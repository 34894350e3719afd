import {isAsReceived, readArchive} from "../../archive/archive.ts";
import {isErased} from "../../archive/receipts.ts";
import {report, verifyEdition} from "../../editions/verify.mjs";
import {type Effects, inert} from "../../effects.ts";
import {folderOfEdition} from "../../frozen/editions.ts";
import {type Manifest, manifestSchema} from "../../frozen/manifest.ts";
import {snapshotsFolder} from "../../ingest/reconcile.ts";
import {plain, several} from "../../wording/numbers.ts";
import type {Answer} from "../kit/command.ts";

/** Holds an edition against its manifest, and against the archive where that is asked for. */
export async function verifyLines(
  dataFolder: string,
  edition: string,
  {expect, isWithArchive}: {readonly expect: string | null; readonly isWithArchive: boolean},
  effects: Pick<Effects, "progress">
): Promise<Answer> {
  const verified = await verifyEdition(await folderOfEdition(dataFolder, edition), expect);
  const {lines, code} = report(verified, expect);
  const manifest = isWithArchive ? manifestSchema.safeParse(verified.manifest).data : undefined;
  const archive =
    manifest === undefined ? {lines: [], isHeld: !isWithArchive} : await archiveLines(dataFolder, manifest, effects);
  return {lines: [...lines.map(inert), ...archive.lines], code: code === 0 && archive.isHeld ? 0 : 1};
}

/** Whether the archive still holds what the edition's numbers are counted from; what was erased by law is said, and no fault. */
async function archiveLines(dataFolder: string, {inputs}: Manifest, effects: Pick<Effects, "progress">) {
  const root = snapshotsFolder(dataFolder);
  const {receipts} = await readArchive(root);
  const erased = new Set([...receipts.values()].filter(isErased).map(({sha256}) => sha256));
  const wrong: string[] = [];
  let gone = 0;
  for (const [index, {sha256, feed}] of inputs.entries()) {
    effects.progress(`reading file ${index + 1} of ${inputs.length} of the archive`);
    if (erased.has(sha256)) gone += 1;
    else if (!(await isAsReceived(root, {sha256})))
      wrong.push(`a file of ${feed} is not in the archive as it came: ${sha256}`);
  }
  return {
    isHeld: wrong.length === 0,
    lines: [
      ...wrong,
      `${plain(inputs.length - gone - wrong.length)} of ${several(inputs.length, "file")} that its numbers are counted from are in the archive as they came`,
      ...(gone === 0 ? [] : [`${several(gone, "file")} erased since: the edition holds, and cannot be made again`])
    ]
  };
}
