import {defineCommand} from "./kit/command.ts";

/** `canopy summit`: a deck of slides for the climate summit. */
export const command = defineCommand<{readonly out?: string; readonly edition?: string}>({
  name: "summit",
  summary: "write a deck of slides, with notes and a list of every number in it",
  group: "Figures out",
  options: [
    {flags: "--edition <name>", description: "of this edition; by default of what is published now, as a draft"},
    {flags: "--out <folder>", description: "where to; by default summit of the data folder"}
  ],
  async run({options, config, effects}) {
    const {summitLines} = await import("./summit/summit.ts");
    return {lines: await summitLines(await config(), options, effects)};
  }
});
