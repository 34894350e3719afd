import {resolve} from "node:path";
import {defineCommand} from "./kit/command.ts";

const verify = defineCommand<{expect?: string; archive: boolean}>({
  name: "verify",
  summary: "check that an edition is as it was made; exit code 1 where not",
  arguments: [{name: "<edition>", description: "its name, or a folder that holds it"}],
  options: [
    {
      flags: "--expect <check value>",
      description: "what a page or slide of it has printed: then a manifest worked out anew is seen too"
    },
    {flags: "--archive", description: "check the files too that its numbers are counted from", default: false}
  ],
  async run({words: [edition = ""], options: {expect, archive}, data, effects}) {
    const {verifyLines} = await import("./editions/verify-lines.ts");
    return verifyLines(resolve(data), edition, {expect: expect ?? null, isWithArchive: archive}, effects);
  }
});

const compare = defineCommand({
  name: "compare",
  summary: "which numbers are not the same in two editions, and what changed in what they are made from",
  arguments: [{name: "<before>"}, {name: "<after>"}],
  async run({words: [before = "", after = ""], data}) {
    const {compareLines} = await import("./editions/compare-lines.ts");
    return {lines: await compareLines(resolve(data), before, after)};
  }
});

const rebuild = defineCommand({
  name: "rebuild",
  summary: "make an edition again from the archive and say whether it is the same; the edition itself stays as it is",
  arguments: [{name: "<edition>"}],
  async run({words: [edition = ""], data, effects}) {
    const {rebuildLines} = await import("./editions/rebuild-lines.ts");
    return rebuildLines(resolve(data), edition, effects);
  }
});

const checker = defineCommand({
  name: "checker",
  summary: "write the program that checks an edition with Node alone, for somebody who has no canopy",
  arguments: [{name: "<file>", description: "such as verify.mjs"}],
  async run({words: [file = ""]}) {
    const {writeChecker} = await import("../editions/freeze.ts");
    await writeChecker(file);
    return {lines: [`${file} written. To check an edition: node ${file} FOLDER --expect CHECK-VALUE`]};
  }
});

/** `canopy editions`: what was frozen, and whether it is as it was. */
export const command = defineCommand({
  name: "editions",
  summary: "list the editions that were made; check, compare or make one again",
  group: "Figures out",
  below: [verify, compare, rebuild, checker],
  async run({data}) {
    const {editionLines} = await import("./editions/list.ts");
    return editionLines(resolve(data));
  }
});
