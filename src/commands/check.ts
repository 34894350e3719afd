import {defineCommand} from "./kit/command.ts";

/** `canopy check`: proves the published marts again, as they lie on disk. */
export const command = defineCommand({
  name: "check",
  summary: "prove grain, checks and contracts of the published marts",
  group: "Figures out",
  async run({config}) {
    const [{checkPublished}, {mustBePublished}, {several}] = await Promise.all([
      import("../models/build.ts"),
      import("./kit/published.ts"),
      import("../wording/counts.ts")
    ]);
    const {dataFolder} = await config();
    await mustBePublished(dataFolder);
    const {proved, notRenewed} = await checkPublished(dataFolder);
    const old = notRenewed.map(({mart}) => mart);
    return {
      lines: [
        `${several(proved, "mart")} proved: grain, checks and contract`,
        ...(old.length > 0 ? [`${several(old.length, "mart")} not of the last build: ${old.join(", ")}`] : [])
      ],
      code: old.length > 0 ? 1 : 0
    };
  }
});
