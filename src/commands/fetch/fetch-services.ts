import type {Config} from "../../council/config.ts";
import type {Effects} from "../../effects.ts";
import {type Collected, collect} from "../../ingest/collect.ts";
import {everythingPending, type IngestResult, ingest} from "../../ingest/ingest.ts";
import {asRun, ingestProblems, serviceProblems} from "../../pipeline/run.ts";
import {apis} from "../../sources/services.ts";
import type {Answer} from "../kit/command.ts";
import {dayOf} from "../kit/given.ts";
import {named} from "../kit/nearest.ts";
import {loadLine} from "../loads/load-lines.ts";
import {collectedLine} from "../services/lines.ts";

/** Asks services, then lands what they answered: a line for each service and file. Exit code 1 where a service failed or a file was refused. */
export async function fetchServices(
  config: Config,
  names: readonly string[],
  {from, to}: {readonly from: string | undefined; readonly to: string | undefined},
  effects: Effects
): Promise<Answer> {
  for (const name of names) named(apis, "service", name);
  const window = {from: dayOf(from), to: dayOf(to)};
  const chosen = names.length > 0 ? {names} : "all";
  const noted = {
    name: "fetch",
    problemsOf: (result: {collected: readonly Collected[]} & IngestResult) => [
      ...serviceProblems(result.collected),
      ...ingestProblems(result)
    ]
  };
  const {collected, loads} = await asRun(config, noted, effects, async (warehouse, runId) => {
    const collected = await collect(warehouse, config.dataFolder, chosen, window, effects);
    return {collected, ...(await ingest(warehouse, everythingPending(config.dataFolder), runId, effects))};
  });
  if (collected.length === 0) return {lines: ["no service is set up. To see what each needs: canopy services"]};
  const hasFailed = collected.some(({failure}) => failure !== null) || loads.some(({outcome}) => outcome === "refused");
  return {lines: [...collected.map(collectedLine), ...loads.flatMap(loadLine)], code: hasFailed ? 1 : 0};
}
