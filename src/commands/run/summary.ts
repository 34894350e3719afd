import {dirname, join, relative} from "node:path";
import type {Config} from "../../council/config.ts";
import {type Effects, inert} from "../../effects.ts";
import {problemsOf, type RunResult} from "../../pipeline/run.ts";
import {noticeWords} from "../../publish/notices.ts";
import {withPublished} from "../../warehouse/published.ts";
import {daysText} from "../../wording/dates.ts";
import {publicSiteText} from "../../wording/held-back.ts";
import {plain, several} from "../../wording/numbers.ts";
import {folded, label, more} from "../../wording/report.ts";
import {worstFindings} from "../findings/list.ts";
import {tooMuchLines, unaskedLine} from "../ingest/ingest-files.ts";
import type {Answer} from "../kit/command.ts";
import {collectedLine} from "../services/lines.ts";
import {faultLines, headingOf, openingLines, readStanding, type Standing} from "../status/standing.ts";
import {healedLines} from "../verify/lines.ts";

/** The end of a run, as an officer reads it: the results, what was read, what needs attention, and where the figures are. Exit code 1 where anything failed. */
export async function summary(config: Config, result: RunResult, effects: Effects): Promise<Answer> {
  const standing = await withPublished(config.dataFolder, connection => readStanding(connection, config, effects));
  const hasFailed = problemsOf(result).length > 0 || standing.health.some(({isFailure}) => isFailure);
  const lines = [...summaryOf(config, result, standing), ...(await worstFindings(config, 5))];
  return {lines, code: hasFailed ? 1 : 0};
}

function summaryOf(
  config: Config,
  {collected, ingests, builds, published, verified}: RunResult,
  standing: Standing
): string[] {
  const loads = ingests.flatMap(({loads}) => loads);
  const known = ingests.flatMap(({known}) => known);
  const landed = loads.filter(({outcome}) => outcome === "landed");
  const growing = ingests.flatMap(({growing}) => growing);
  return [
    "",
    headingOf(config),
    "",
    ...openingLines(standing),
    "",
    `Read      ${readText(landed.length, known.length)}`,
    ...(landed.length > 0 ? [`          ${spanText(landed)}`] : []),
    ...healedLines([...(verified?.healed ?? []), ...ingests.flatMap(({healed}) => healed)]).map(
      line => `          ${line}`
    ),
    ...ingests
      .flatMap(({unreadable}) => unreadable)
      .map(({file, reason}) => `          could not be opened: ${inert(file)}: ${inert(reason)}`),
    ...collected.filter(({failure}) => failure !== null).map(each => `          ${collectedLine(each)}`),
    ...ingests
      .flatMap(({tooMuch}) => tooMuchLines(tooMuch.filter(({isLeftOut}) => !isLeftOut)))
      .map(line => `          ${line}`),
    ...ingests.flatMap(({unasked}) => unasked).map(each => `          ${unaskedLine(each)}`),
    ...growing.map(path => `          still being written, so left for the next run: ${inert(path)}`),
    ...faultLines(standing),
    ...(published === null ? [] : publishedLines(published)),
    ...(builds.every(({isUnchanged}) => isUnchanged) && loads.length === 0 && (published?.changed ?? 0) === 0
      ? ["", "Nothing has changed since the last run."]
      : [])
  ];
}

function readText(landed: number, known: number): string {
  if (landed === 0)
    return known === 0 ? "nothing: the inbox is empty" : `nothing new; ${several(known, "file")} already read`;
  return `${several(landed, "new file")}${known === 0 ? "" : `; ${plain(known)} already read`}`;
}

function spanText(landed: RunResult["ingests"][number]["loads"]): string {
  const total = (count: (load: (typeof landed)[number]) => number) =>
    landed.reduce((sum, load) => sum + count(load), 0);
  const [days, reads, purchases, others] = [
    total(load => load.meter_days),
    total(load => load.reads),
    total(load => (load.feed === "fleet-fuel" ? load.transactions : 0)),
    total(load => (load.feed === "fleet-fuel" ? 0 : load.transactions))
  ];
  const dates = landed
    .flatMap(({first_date, last_date}) => [first_date, last_date])
    .filter(date => date !== null)
    .sort((a, b) => a.getTime() - b.getTime());
  const fuel = purchases > 0 ? `, ${several(purchases, "fuel purchase")}` : "";
  const records = others > 0 ? `, ${several(others, "other record")}` : "";
  return `${plain(reads)} half-hours on ${several(days, "meter-day")}${fuel}${records}, ${daysText(dates[0] ?? null, dates.at(-1) ?? null)}`;
}

function publishedLines({
  folder,
  figures,
  tables,
  notices,
  changed,
  held_back
}: NonNullable<RunResult["published"]>): string[] {
  const shown = relative(process.cwd(), folder) || folder;
  return [
    `Figures   ${shown}/figures${changed === 0 ? " (unchanged)" : ""}`,
    ...figures.map(({title}) => `          · ${inert(title)}`),
    ...folded([`Tables    ${shown}/tables: ${tables.join(", ")}`]),
    ...folded(
      notices.map((notice, index) => (index === 0 ? label("Stale", noticeWords(notice)) : more(noticeWords(notice))))
    ),
    `Pages     ${shown}/site/index.html: the house's own; at an address of this machine: canopy serve`,
    ...folded([label("Public", publicSiteText(join(dirname(shown), "public"), held_back))])
  ];
}
