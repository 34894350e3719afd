import {defineCommand} from "./kit/command.ts";

/** `canopy run`: pipelines, then a summary that opens with the number. */
export const command = defineCommand<{dryRun: boolean}>({
  name: "run",
  summary: "run all pipelines, or those named, and show the results",
  group: "Every day",
  arguments: [{name: "[pipeline...]"}],
  options: [{flags: "--dry-run", description: "only say what would be done", default: false}],
  async run({words, options: {dryRun}, config, effects}) {
    const [{named}, {describeStep, stepsOf}, {readPipelines, runPipelines}] = await Promise.all([
      import("./kit/nearest.ts"),
      import("../pipeline/pipeline.ts"),
      import("../pipeline/run.ts")
    ]);
    const settings = await config();
    const all = await readPipelines();
    const chosen = words.length > 0 ? words.map(name => named(all, "pipeline", name)) : [...all.values()];
    if (dryRun)
      return {
        lines: [
          ...chosen.map(({name, description}) => `${name}: ${description}`),
          ...stepsOf(chosen).map((step, index) => `  ${index + 1}. ${describeStep(step)}`)
        ]
      };
    const result = await runPipelines(chosen, settings, effects);
    const {summary} = await import("./run/summary.ts");
    return summary(settings, result, effects);
  }
});
