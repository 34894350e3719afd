import type {IngestOptions} from "./ingest/ingest-files.ts";
import {defineCommand} from "./kit/command.ts";

/** `canopy ingest`: a line for each file; exit code 1 where a file named by hand was refused. */
export const command = defineCommand<IngestOptions>({
  name: "ingest",
  summary: "take in what has arrived, or files named by hand",
  group: "Data in",
  arguments: [{name: "[feed...]", description: "feeds whose inbox to read; all where none is named"}],
  options: [
    {flags: "--file <file...>", description: "files to bring in by hand"},
    {flags: "--layout <name>", description: "read them by this layout"},
    {flags: "--meter-point <id>", description: "the meter they are of, where they do not say"},
    {
      flags: "--replay",
      description: "read again what is in the archive and whose layout has changed, or which was refused",
      default: false
    }
  ],
  async run({words, options, config, effects}) {
    const settings = await config();
    const {ingestFiles} = await import("./ingest/ingest-files.ts");
    return ingestFiles(settings, words, options, effects);
  }
});
