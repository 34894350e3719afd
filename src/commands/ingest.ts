import type {IngestOptions} from "./ingest/ingest-files.ts";
import {defineCommand} from "./kit/command.ts";

/** `canopy ingest`: a line for each file; exit code 1 where a file named by hand was refused. */
export const command = defineCommand<IngestOptions>({
  name: "ingest",
  summary: "read the files that have arrived, or files that you name",
  group: "Data in",
  arguments: [{name: "[feed...]", description: "feeds whose inbox to read; without one, all"}],
  options: [
    {flags: "--file <file...>", description: "files to read"},
    {flags: "--layout <name>", description: "read these files by this layout"},
    {flags: "--meter-point <id>", description: "the meter, where the files do not say"},
    {
      flags: "--try-again <load...>",
      description: "read once more files that are left out because they failed too often"
    },
    {
      flags: "--replay",
      description: "read again files from the archive that were refused or whose layout has changed",
      default: false
    }
  ],
  async run({words, options, config, effects}) {
    const settings = await config();
    const {ingestFiles} = await import("./ingest/ingest-files.ts");
    return ingestFiles(settings, words, options, effects);
  }
});
