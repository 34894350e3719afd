import {inert} from "../effects.ts";
import {defineCommand} from "./kit/command.ts";

/** `canopy build`: every model from raw to marts. */
export const command = defineCommand({
  name: "build",
  summary: "build every model from raw to marts",
  group: "Figures out",
  async run({config, effects}) {
    const [{build}, {landOwed, recorded, withWarehouse}, {several}] = await Promise.all([
      import("../models/build.ts"),
      import("../pipeline/run.ts"),
      import("../wording/numbers.ts")
    ]);
    const settings = await config();
    const {isUnchanged, models, failures, landed} = await withWarehouse(settings, effects, warehouse =>
      recorded(warehouse, "build", effects, async runId => {
        const owed = await landOwed(warehouse, settings, runId, effects);
        return {landed: owed.flatMap(({loads}) => loads).length, ...(await build(warehouse, settings))};
      })
    );
    if (isUnchanged) return {lines: ["nothing has changed since the last build"]};
    return {
      lines: [
        ...(landed > 0 ? [`${several(landed, "load")} of the archive landed first`] : []),
        `${several(models.length, "model")} built and checked`,
        ...failures.map(({reason}) => `failed: ${inert(reason)}`),
        ...(failures.length > 0 ? ["what is made from them keeps its earlier rows or is withheld: canopy status"] : [])
      ],
      code: failures.length > 0 ? 1 : 0
    };
  }
});
