import {resolve} from "node:path";
import {defineCommand} from "./kit/command.ts";

/** `canopy restore`: makes a data folder again from a backup. */
export const command = defineCommand<{identity?: string}>({
  name: "restore",
  summary: "make a data folder again from a backup",
  group: "Kept safe",
  arguments: [{name: "<folder>", description: "of the backup"}],
  options: [{flags: "--identity <file>", description: "the file of the secret key, where it is encrypted"}],
  async run({words: [folder = ""], options: {identity}, data, effects}) {
    const {restoreLines} = await import("./backup/backup-lines.ts");
    return restoreLines(resolve(folder), resolve(data), identity ?? null, effects);
  }
});
