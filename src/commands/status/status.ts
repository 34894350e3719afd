import type {Config} from "../../council/config.ts";
import type {Effects} from "../../effects.ts";
import {withPublished} from "../../models/build.ts";
import {readFactors} from "../../reference/factors/table.ts";
import type {Answer} from "../kit/command.ts";
import {mustBePublished} from "../kit/published.ts";
import {factorLines} from "./factors.ts";
import {freshnessLines, readFreshness} from "./freshness.ts";
import {headlineLines} from "./headline.ts";
import {onTrackLines} from "./on-track.ts";
import {readSchedule, scheduleLines} from "./schedule.ts";
import {energyLines, faultLines, headingOf, readStanding} from "./standing.ts";
import {statusJson} from "./status-json.ts";

/** How the data and the schedule stand. Exit code 1 where something has been owed for more than a day. */
export async function status(config: Config, format: "text" | "json", effects: Effects): Promise<Answer> {
  await mustBePublished(config.dataFolder);
  const [standing, freshness] = await withPublished(config.dataFolder, async connection => [
    await readStanding(connection, config.council),
    await readFreshness(connection)
  ]);
  const schedule = await readSchedule(config.dataFolder, effects.now());
  const code = (schedule?.isKept ?? true) ? 0 : 1;
  if (format === "json") return {lines: [statusJson(config, standing, freshness, schedule)], code};
  const lines = [
    headingOf(config),
    "",
    ...headlineLines(standing.headline),
    ...onTrackLines(standing.standpoints),
    ...energyLines(standing),
    ...faultLines(standing),
    ...factorLines(await readFactors(config.dataFolder)),
    ...freshnessLines(freshness),
    ...scheduleLines(schedule)
  ];
  return {lines, code};
}
