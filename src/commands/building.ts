import {defineCommand} from "./kit/command.ts";

/** `canopy building`: one screen about one building. */
export const command = defineCommand({
  name: "building",
  summary: "one screen about one building: its year, what it does while closed, what is found, what was fixed",
  group: "Every day",
  arguments: [{name: "<name>", description: "any part of its name or id"}],
  async run({words: [name = ""], config}) {
    const {buildingLines} = await import("./building/building.ts");
    return {lines: await buildingLines(await config(), name)};
  }
});
