import type {Config} from "../../council/config.ts";
import {type Effects, inert} from "../../effects.ts";
import type {IngestResult} from "../../ingest/ingest.ts";
import type {BuildResult} from "../../models/build.ts";
import {asRun, buildAndNote, landOwed, problemsOf} from "../../pipeline/run.ts";
import {several} from "../../wording/numbers.ts";
import type {Answer} from "../kit/command.ts";
import {damageLines} from "../verify/lines.ts";

interface Built {
  readonly ingests: readonly IngestResult[];
  readonly built: BuildResult;
}

/** Lands what the archive holds and the warehouse does not, then builds every model. Exit code 1 where a model failed or the archive is damaged. */
export async function buildMarts(config: Config, effects: Effects): Promise<Answer> {
  const noted = {
    name: "build",
    problemsOf: ({ingests, built}: Built) => problemsOf({collected: [], ingests, builds: [built]})
  };
  const {ingests, built} = await asRun(config, noted, effects, async (warehouse, runId): Promise<Built> => {
    const ingests = await landOwed(warehouse, config, runId, effects);
    return {ingests, built: await buildAndNote(warehouse, config, effects)};
  });
  const {isUnchanged, models, failures} = built;
  const landed = ingests.flatMap(({loads}) => loads).length;
  const damages = ingests.flatMap(each => each.damages);
  return {
    lines: [
      ...(landed > 0 ? [`${several(landed, "load")} of the archive landed first`] : []),
      isUnchanged ? "nothing has changed since the last build" : `${several(models.length, "model")} built and checked`,
      ...failures.map(({reason}) => `failed: ${inert(reason)}`),
      ...(failures.length > 0 ? ["what is made from them keeps its earlier rows or is withheld: canopy status"] : []),
      ...damageLines(damages)
    ],
    code: failures.length + damages.length > 0 ? 1 : 0
  };
}
