import type {Config} from "./config.ts";
import type {Effects} from "./effects.ts";
import {CliError} from "./errors.ts";
import {apis} from "./feeds/apis.ts";
import {collect} from "./ingest/collect.ts";
import {ingest} from "./ingest/ingest.ts";
import {readServices} from "./ingest/services.ts";
import {named} from "./nearest.ts";
import {recorded, withWarehouse} from "./pipeline/run.ts";
import {loadLine} from "./reports/loads.ts";
import {collectedLine, serviceLines} from "./reports/services.ts";

/** `canopy fetch`: asks services, then lands what they answered; a line for each service and file, and whether any failed. */
export async function fetchServices(
  config: Config,
  names: readonly string[],
  {from, to}: {readonly from?: string; readonly to?: string},
  effects: Effects
): Promise<{lines: string[]; hasFailed: boolean}> {
  for (const name of names) named(apis, "service", name);
  const window = {from: dayOf(from), to: dayOf(to)};
  const {collected, loads} = await withWarehouse(config, warehouse =>
    recorded(warehouse, "fetch", effects, async runId => {
      const collected = await collect(
        warehouse,
        config.dataFolder,
        names.length > 0 ? {names} : "all",
        window,
        effects
      );
      const request = {
        dataFolder: config.dataFolder,
        feeds: [],
        files: [],
        layout: null,
        meterPoint: null,
        isReplay: false
      };
      return {collected, ...(await ingest(warehouse, request, runId, effects))};
    })
  );
  if (collected.length === 0)
    return {lines: ["no service is set up: canopy services lists them and what each needs"], hasFailed: false};
  return {
    lines: [...collected.map(collectedLine), ...loads.flatMap(loadLine)],
    hasFailed: collected.some(({failure}) => failure !== null) || loads.some(({outcome}) => outcome === "refused")
  };
}

export function dayOf(text: string | undefined): Date | null {
  if (text === undefined) return null;
  const day = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(day.getTime()))
    throw new CliError(`a day is written like 2026-03-29: ${text}`, {exitCode: 2});
  return day;
}

/** `canopy services`. */
export async function listServices({dataFolder}: Config, effects: Effects): Promise<string[]> {
  return serviceLines(await readServices(dataFolder, effects));
}
