import {defineCommand} from "./kit/command.ts";

/** `canopy loads`: from the published marts, so that it answers while another process writes. */
export const command = defineCommand({
  name: "loads",
  summary: "list the files that were read, or show one with its rejected rows",
  group: "Data in",
  arguments: [{name: "[load]"}],
  async run({words: [load], config}) {
    const {dataFolder} = await config();
    const {listLoads} = await import("./loads/list-loads.ts");
    return {lines: await listLoads(dataFolder, load ?? null)};
  }
});
