import {resolve} from "node:path";
import {defineCommand} from "./kit/command.ts";

/** `canopy proof`: holds the numbers that people typed into a deck or report against an edition. */
export const command = defineCommand<{edition: string; all: boolean}>({
  name: "proof",
  summary:
    "check the numbers in a deck or report (.pptx, .docx, .pdf, .md, .txt) against an edition; the file is never changed",
  group: "Figures out",
  arguments: [{name: "<file>"}],
  options: [
    {flags: "--edition <name>", description: "the edition that it should agree with", isRequired: true},
    {flags: "--all", description: "list the numbers that agree too", default: false}
  ],
  async run({words: [file = ""], options: {edition, all}, data}) {
    const {proofLines} = await import("./proof/proof-lines.ts");
    return proofLines(resolve(data), file, edition, all);
  }
});
