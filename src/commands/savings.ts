import {defineCommand} from "./kit/command.ts";

/** `canopy savings`: from the published marts, so that it answers while another process writes. */
export const command = defineCommand<{format: "text" | "json"}>({
  name: "savings",
  summary:
    "what each measure saved by its building's meter, with its range, and what the meter could show of planned ones",
  group: "Every day",
  arguments: [{name: "[measure]"}],
  options: [{flags: "--format <format>", description: "how to print it", choices: ["text", "json"], default: "text"}],
  async run({words: [measure], options: {format}, config}) {
    const {dataFolder} = await config();
    const {listSavings} = await import("./savings/list-savings.ts");
    return {lines: await listSavings(dataFolder, measure ?? null, format)};
  }
});
