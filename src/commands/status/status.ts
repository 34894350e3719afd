import type {Config} from "../../council/config.ts";
import type {Effects} from "../../effects.ts";
import {readFactors} from "../../reference/factors/table.ts";
import {ofOneBuild, withPublished} from "../../warehouse/published.ts";
import {folded} from "../../wording/report.ts";
import type {Answer} from "../kit/command.ts";
import {mustBePublished} from "../kit/published.ts";
import {factorLines} from "./factors.ts";
import {freshnessLines, readFreshness} from "./freshness.ts";
import {toldLines} from "./not-renewed.ts";
import {readSchedule, scheduleLines} from "./schedule.ts";
import {faultLines, headingOf, openingLines, readStanding} from "./standing.ts";
import {statusJson} from "./status-json.ts";

/** The state of the data and the schedule. Exit code 1 where something failed: a model, a run, a service, the archive; or has been overdue for more than a day. */
export async function status(config: Config, format: "text" | "json", effects: Effects): Promise<Answer> {
  await mustBePublished(config.dataFolder);
  const [standing, freshness] = await withPublished(config.dataFolder, async connection => [
    await readStanding(connection, config, effects),
    await ofOneBuild(connection, readFreshness)
  ]);
  const schedule = await readSchedule(config.dataFolder, effects.now());
  const isSound = standing.notRenewed.length === 0 && standing.health.every(({isFailure}) => !isFailure);
  const isWell = (schedule?.isKept ?? true) && isSound;
  const code = isWell ? 0 : 1;
  if (format === "json") return {lines: [statusJson(config, standing, freshness, schedule, isWell)], code};
  const lines = [
    headingOf(config),
    "",
    ...openingLines(standing),
    ...faultLines(standing),
    ...factorLines(await readFactors(config.dataFolder)),
    ...folded(toldLines("freshness", freshness, freshnessLines)),
    ...scheduleLines(schedule)
  ];
  return {lines, code};
}
