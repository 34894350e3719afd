import {defineCommand} from "./kit/command.ts";

/** `canopy rebuild`: makes the warehouse and its marts again from the archive. */
export const command = defineCommand<{anyway: boolean}>({
  name: "rebuild",
  summary: "make the warehouse and its marts again from the archive, and say whether they are the same",
  group: "Kept safe",
  options: [
    {flags: "--anyway", description: "also where the archive no longer holds all that is counted", default: false}
  ],
  async run({options: {anyway}, config, effects}) {
    const {rebuildWarehouse} = await import("./rebuild/rebuild-warehouse.ts");
    return rebuildWarehouse(await config(), anyway, effects);
  }
});
