import {inert} from "../../effects.ts";
import type {Collected} from "../../ingest/collect.ts";
import type {Service} from "../../ingest/services.ts";
import {dateText} from "../../wording/dates.ts";
import {several} from "../../wording/numbers.ts";

/** What came of asking one service, in a line. */
export function collectedLine({service, answers, from, to, failure}: Collected): string {
  const days = `${dateText(from)} to ${dateText(new Date(to.getTime() - 1))}`;
  const got = answers === 0 ? "nothing new" : several(answers, "new answer");
  return failure === null ? `${service}: ${got}, ${days}` : `${service}: failed after ${got}: ${inert(failure)}`;
}

/** Every service: what it is, what it needs, and how asking it went. What its settings hold is never shown. */
export function serviceLines(services: readonly Service[]): string[] {
  return services.flatMap(({api, isUsed, problem, standing}) => [
    `${api.name}: ${api.description}`,
    `  inbox      ${api.feed}`,
    ...Object.entries(api.variables).map(([name, meaning]) => `  needs      ${name}: ${meaning}`),
    `  set up     ${isUsed ? (problem === null ? "yes" : `no: ${problem}`) : "no"}`,
    ...(standing === null ? [] : [`  last       ${standingWords(standing)}`])
  ]);
}

function standingWords({
  last_tried_at,
  last_answered_at,
  last_failure,
  failures_in_a_row
}: NonNullable<Service["standing"]>): string {
  const tried = dateText(new Date(last_tried_at));
  if (last_failure === null) return `answered ${tried}`;
  const answered =
    last_answered_at === null ? "has never answered" : `answered last ${dateText(new Date(last_answered_at))}`;
  return `failed ${tried}, ${several(failures_in_a_row, "time")} in a row; ${answered}: ${inert(last_failure)}`;
}
