import {defineCommand} from "./kit/command.ts";

/** `canopy init`: makes a data folder for a council. */
export const command = defineCommand<{name: string; onsCode?: string}>({
  name: "init",
  summary: "make a data folder for a council",
  group: "Data in",
  isWithoutData: true,
  arguments: [{name: "<dir>"}],
  options: [
    {flags: "--name <name>", description: "the council's name", default: "Our Council"},
    {flags: "--ons-code <code>", description: "its code, such as E08000007"}
  ],
  async run({words: [folder = ""], options: {name, onsCode}}) {
    const [{initCouncil}, {emissionFactors}] = await Promise.all([
      import("../council/init.ts"),
      import("../reference/factors/table.ts")
    ]);
    return {lines: await initCouncil(folder, name, onsCode ?? null, [emissionFactors])};
  }
});
