import {defineCommand} from "./kit/command.ts";
import type {QueryFormat} from "./query/answer.ts";

/** `canopy query`: any question to the published marts, read-only. */
export const command = defineCommand<{format: QueryFormat; seconds: string}>({
  name: "query",
  summary: "answer an SQL question from the published marts, read-only",
  group: "Figures out",
  arguments: [{name: "<sql>"}],
  options: [
    {
      flags: "--format <format>",
      description: "how to print the answer",
      choices: ["table", "csv", "json"],
      default: "table"
    },
    {flags: "--seconds <seconds>", description: "how long the answer may take", default: "60"}
  ],
  async run({words: [sql = ""], options: {format, seconds}, config}) {
    const [{answer}, {mustBePublished}, {wholeSeconds}, {leavingOff}] = await Promise.all([
      import("./query/answer.ts"),
      import("./kit/published.ts"),
      import("./kit/given.ts"),
      import("../pipeline/stop.ts")
    ]);
    const time = wholeSeconds(seconds);
    const {dataFolder} = await config();
    await mustBePublished(dataFolder);
    const notes: string[] = [];
    const lines = await leavingOff(async stop => [
      await answer(dataFolder, sql, format, {seconds: time, stop, onOld: words => notes.push(words)})
    ]);
    return {lines, notes};
  }
});
