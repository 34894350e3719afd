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
    return {lines: [`${several(await checkPublished(dataFolder), "mart")} proved: grain, checks and contract`]};
  }
});
