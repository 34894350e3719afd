import {inert} from "../effects.ts";
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
      import("../wording/numbers.ts")
    ]);
    const settings = await config();
    const {isUnchanged, models, failures} = await withWarehouse(settings, warehouse =>
      recorded(warehouse, "build", effects, () => build(warehouse, settings))
    );
    if (isUnchanged) return {lines: ["nothing has changed since the last build"]};
    return {
      lines: [
        `${several(models.length, "model")} built and checked`,
        ...failures.map(({reason}) => `failed: ${inert(reason)}`),
        ...(failures.length > 0 ? ["what is made from them keeps its earlier rows or is withheld: canopy status"] : [])
      ],
      code: failures.length > 0 ? 1 : 0
    };
  }
});
