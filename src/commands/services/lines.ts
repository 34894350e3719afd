import {inert} from "../../effects.ts";
import type {Collected} from "../../ingest/collect.ts";
import type {Service} from "../../ingest/services.ts";
import {type SendingSettings, sendingVariables} from "../../sending/settings.ts";
import {dateText} from "../../wording/dates.ts";
import {listText} from "../../wording/lists.ts";
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

/** What the daily message needs to be sent, and by what it is. */
export function sendingLines({mail, webhook, problems}: SendingSettings): string[] {
  const ways = [...(mail === null ? [] : ["e-mail"]), ...(webhook === null ? [] : ["webhook"])];
  const isSet = ways.length === 0 ? "no" : `yes, by ${listText(ways)}`;
  return [
    "the daily message: what failed, what needs somebody and the number, by e-mail or webhook or both",
    ...Object.entries(sendingVariables).map(([name, meaning]) => `  needs      ${name}: ${meaning}`),
    `  set up     ${problems.length === 0 ? isSet : `${isSet}; wrong: ${problems.join(", ")}`}`
  ];
}
