import {defineCommand} from "./kit/command.ts";
import type {QueryFormat} from "./query/answer.ts";

/** `canopy query`: any question to the published marts, read-only. */
export const command = defineCommand<{format: QueryFormat}>({
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
    }
  ],
  async run({words: [sql = ""], options: {format}, config}) {
    const [{answer}, {mustBePublished}] = await Promise.all([
      import("./query/answer.ts"),
      import("./kit/published.ts")
    ]);
    const {dataFolder} = await config();
    await mustBePublished(dataFolder);
    const notes: string[] = [];
    return {lines: [await answer(dataFolder, sql, format, words => notes.push(words))], notes};
  }
});
