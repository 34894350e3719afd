import type {Config} from "../../council/config.ts";
import type {FindingDecision} from "../../council/finding-decisions.ts";
import {addFindingDecisions} from "../../council/finding-decisions.ts";
import {type Effects, inert} from "../../effects.ts";
import {CliError} from "../../errors.ts";
import {findings} from "../../models/marts/findings.ts";
import {readFindings} from "../../publish/findings.ts";
import {withPublished} from "../../warehouse/published.ts";
import {dateText} from "../../wording/dates.ts";
import {findingTitle} from "../../wording/findings.ts";
import {dayOf, nextBuild} from "../kit/given.ts";
import {mustBePublished} from "../kit/published.ts";
import {findingNamed} from "./read.ts";

export type Verdict = FindingDecision["decision"];

export interface DecideOptions {
  readonly by: string;
  readonly why?: string;
  readonly until?: string;
}

const done: Readonly<Record<Verdict, string>> = {
  acknowledged: "is acknowledged",
  snoozed: "is snoozed",
  explained: "is explained",
  fixed: "is said to be fixed; it is watched for two weeks",
  wrong: "is said to be wrong",
  reopened: "is open again"
};

/** Decides on one finding: a row of finding-decisions.csv. */
export async function decideOnFinding(
  {dataFolder}: Config,
  name: string,
  decision: Verdict,
  {by, why, until}: DecideOptions,
  effects: Effects
): Promise<string[]> {
  await mustBePublished(dataFolder, [findings]);
  const finding = findingNamed(await withPublished(dataFolder, readFindings), name);
  const day = dayOf(until);
  if (day !== null && day < effects.now()) throw new CliError(`--until ${until} is past`, {exitCode: 2});
  await addFindingDecisions(dataFolder, [
    decisionOf(finding.finding_id, decision, {by, why: why ?? null, until: until ?? null}, effects.now())
  ]);
  const when = day === null ? "" : ` until ${dateText(day)}`;
  return [`${inert(findingTitle(finding))}: ${done[decision]}${when} ${nextBuild}`];
}

/** The row of a decision. A role is needed, and no name: it may not be empty. */
export function decisionOf(
  finding_id: string,
  decision: Verdict,
  {by, why, until}: {readonly by: string; readonly why: string | null; readonly until: string | null},
  now: Date
): FindingDecision {
  if (by.trim() === "") throw new CliError("--by is empty: give the role of who decides", {exitCode: 2});
  const reason = why === null || why.trim() === "" ? null : why.trim();
  return {decided_at: now.toISOString(), finding_id, decision, until, why: reason, by_role: by.trim()};
}
