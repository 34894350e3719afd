import {defineCommand} from "./kit/command.ts";

/** `canopy status`: the state of the data and the schedule, and whether the schedule is kept. */
export const command = defineCommand<{format: "text" | "json"}>({
  name: "status",
  summary:
    "the state of the data and the schedule; exit code 1 where something failed or has been overdue for more than a day",
  group: "Every day",
  options: [{flags: "--format <format>", description: "how to print it", choices: ["text", "json"], default: "text"}],
  async run({options: {format}, config, effects}) {
    const settings = await config();
    const {status} = await import("./status/status.ts");
    return status(settings, format, effects);
  }
});
