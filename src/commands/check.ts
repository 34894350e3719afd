import {defineCommand} from "./kit/command.ts";

/** `canopy check`: proves the published marts again, as they lie on disk. */
export const command = defineCommand({
  name: "check",
  summary: "check that the published marts are complete and keep their rules",
  group: "Figures out",
  async run({config}) {
    const [{checkPublished}, {mustBePublished}, {several}] = await Promise.all([
      import("../models/build.ts"),
      import("./kit/published.ts"),
      import("../wording/numbers.ts")
    ]);
    const {dataFolder} = await config();
    await mustBePublished(dataFolder);
    const {proved, notRenewed} = await checkPublished(dataFolder);
    const old = notRenewed.map(({mart}) => mart);
    return {
      lines: [
        `${several(proved, "mart")} checked: every row once, all rules kept`,
        ...(old.length > 0 ? [`${several(old.length, "mart")} older than the last build: ${old.join(", ")}`] : [])
      ],
      code: old.length > 0 ? 1 : 0
    };
  }
});
