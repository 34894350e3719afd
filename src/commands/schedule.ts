import {defineCommand} from "./kit/command.ts";

/** `canopy schedule`: stays up and runs each pipeline when it is due. */
export const command = defineCommand<{once: boolean}>({
  name: "schedule",
  summary: "run each pipeline when it is due, until stopped (Ctrl+C)",
  group: "Every day",
  options: [
    {flags: "--once", description: "run what is due now, then stop: for a host with its own cron", default: false}
  ],
  async run({options: {once}, config, effects}) {
    const {dataFolder} = await config();
    const {keepSchedule} = await import("../pipeline/schedule.ts");
    return {lines: [], code: (await keepSchedule(dataFolder, once, effects)) ? 0 : 1};
  }
});
