import {resolve} from "node:path";
import {defineCommand} from "./kit/command.ts";

/** `canopy backup`: copies the data folder, also while canopy is at work in it. */
export const command = defineCommand<{recipient?: string}>({
  name: "backup",
  summary:
    "copy registers, archive and publication to another folder, also while canopy is at work; the same folder is brought up to date",
  group: "Kept safe",
  arguments: [{name: "<folder>", description: "on another disk"}],
  options: [{flags: "--recipient <key>", description: "encrypt it for this public key of age (age1…)"}],
  async run({words: [folder = ""], options: {recipient}, config, effects}) {
    const {backupLines} = await import("./backup/backup-lines.ts");
    return backupLines(await config(), resolve(folder), recipient ?? null, effects);
  }
});
