import {defineCommand} from "./kit/command.ts";

/** `canopy status`: how the data and the schedule stand, and whether the schedule is kept. */
export const command = defineCommand<{format: "text" | "json"}>({
  name: "status",
  summary:
    "how the data and the schedule stand; exit code 1 where a model failed or something has been owed for more than a day",
  group: "Every day",
  options: [{flags: "--format <format>", description: "how to print it", choices: ["text", "json"], default: "text"}],
  async run({options: {format}, config, effects}) {
    const settings = await config();
    const {status} = await import("./status/status.ts");
    return status(settings, format, effects);
  }
});
