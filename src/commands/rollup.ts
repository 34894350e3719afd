import {defineCommand} from "./kit/command.ts";

/** `canopy rollup`: what the newest editions of all councils come to together. */
export const command = defineCommand({
  name: "rollup",
  summary: "the newest editions of all councils side by side and together: a table, files and a page",
  group: "Many councils",
  isWithoutData: true,
  arguments: [{name: "<dir>", description: "the folder of the programme"}],
  async run({words: [folder = ""], effects}) {
    const {rollupLines} = await import("./rollup/rollup-lines.ts");
    return {lines: await rollupLines(folder, effects)};
  }
});
