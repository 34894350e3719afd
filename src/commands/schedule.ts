import {defineCommand} from "./kit/command.ts";

/** `canopy schedule`: stays up and runs each pipeline when it is due. */
export const command = defineCommand<{once: boolean}>({
  name: "schedule",
  summary: "run each pipeline when it is due and send the daily message, until stopped (Ctrl+C)",
  group: "Every day",
  options: [
    {flags: "--once", description: "run what is due now, then stop: for a host with its own cron", default: false}
  ],
  async run({options: {once}, config, effects}) {
    const {dataFolder} = await config();
    const [{keepSchedule}, {besidesOf}] = await Promise.all([
      import("../pipeline/schedule.ts"),
      import("./digest/digest.ts")
    ]);
    return {lines: [], code: (await keepSchedule(dataFolder, once, effects, besidesOf(dataFolder, effects))) ? 0 : 1};
  }
});
