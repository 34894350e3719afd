import {defineCommand} from "./kit/command.ts";

/** `canopy schedule`: stays up and runs each pipeline when it is due. */
export const command = defineCommand<{once: boolean}>({
  name: "schedule",
  summary: "keep the pipelines' schedule until asked to stop: SIGTERM, SIGINT",
  group: "Every day",
  options: [
    {flags: "--once", description: "run what is due now, and end: for a host with a cron of its own", default: false}
  ],
  async run({options: {once}, config, effects}) {
    const {dataFolder} = await config();
    const {keepSchedule} = await import("../pipeline/schedule.ts");
    return {lines: [], code: (await keepSchedule(dataFolder, once, effects)) ? 0 : 1};
  }
});
