import {defineCommand} from "./kit/command.ts";

/** `canopy build`: every model from raw to marts. */
export const command = defineCommand({
  name: "build",
  summary: "build every model from raw to marts",
  group: "Figures out",
  async run({config, effects}) {
    const [{build}, {recorded, withWarehouse}, {several}] = await Promise.all([
      import("../models/build.ts"),
      import("../pipeline/run.ts"),
      import("../wording/counts.ts")
    ]);
    const settings = await config();
    const {isUnchanged, models} = await withWarehouse(settings, warehouse =>
      recorded(warehouse, "build", effects, () => build(warehouse, settings))
    );
    return {
      lines: [
        isUnchanged ? "nothing has changed since the last build" : `${several(models.length, "model")} built and proved`
      ]
    };
  }
});
