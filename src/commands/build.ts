import {defineCommand} from "./kit/command.ts";

/** `canopy build`: every model from raw to marts. */
export const command = defineCommand({
  name: "build",
  summary: "build every model from raw to marts",
  group: "Figures out",
  async run({config, effects}) {
    const {buildMarts} = await import("./build/build-marts.ts");
    return buildMarts(await config(), effects);
  }
});
