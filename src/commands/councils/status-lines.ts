import {createHash} from "node:crypto";
import type {Effects} from "../../effects.ts";
import {inert} from "../../effects.ts";
import {messageOf} from "../../errors.ts";
import {askedOf} from "../../programme/asked.ts";
import {type Council, lookAtProgramme} from "../../programme/folder.ts";
import {keyOf} from "../../programme/key.ts";
import {type Outcome, readOutcomes} from "../../programme/outcomes.ts";
import {doneBefore, lastEditions} from "../../programme/work.ts";
import type {Message} from "../../sending/message.ts";
import {sendNow} from "../../sending/send-now.ts";
import {dateText, instantText} from "../../wording/dates.ts";
import {several} from "../../wording/numbers.ts";
import {textTable} from "../../wording/table.ts";
import {tookText} from "../../wording/times.ts";
import type {Answer} from "../kit/command.ts";
import {withQueue} from "./run-lines.ts";

/** How each council stands: its last good edition, whether work is owed, and how the last work went. Exit code 1 where one failed or is no council. */
export async function statusLines(
  folder: string,
  options: {readonly asOf?: string; readonly queue?: string; readonly send: boolean},
  effects: Effects
): Promise<Answer> {
  const standing = await lookAtAll(folder, options, effects);
  const {lines, code} = standing;
  if (!options.send) return {lines, code};
  const {lines: went, isSent} = await sendNow(async () => aboutAll(standing, effects.now()), effects);
  return {lines: [...lines, "", ...went], code: isSent ? code : 1};
}

interface Standing extends Required<Pick<Answer, "lines" | "code">> {
  readonly subject: string;
  readonly facts: object;
  readonly path: string;
}

/** One message of all councils: what the command says, with how many failed as its subject. */
const aboutAll = ({subject, lines, facts, path}: Standing, now: Date): Message => ({
  id: `canopy-councils-${now.toISOString().replaceAll(/\D/g, "")}-${createHash("sha256").update(path).digest("hex").slice(0, 12)}`,
  subject,
  text: lines.join("\n"),
  facts
});

async function lookAtAll(
  folder: string,
  options: {readonly asOf?: string; readonly queue?: string},
  effects: Effects
): Promise<Standing> {
  const asked = askedOf(options, effects.now());
  const {programme, faults} = await lookAtProgramme(folder, effects.now());
  const [outcomes, editions] = await Promise.all([readOutcomes(programme.path), lastEditions(programme.path)]);
  const standings = [];
  for (const council of programme.councils) {
    effects.progress(`looking at ${council.folder}`);
    const newest = editions.get(council.onsCode)?.manifest;
    standings.push({
      council,
      edition: newest === undefined ? "none yet" : newest.edition,
      asOf: newest === undefined ? "" : dateText(new Date(newest.as_of)),
      ...(await standingOf(programme.path, council, asked, outcomes.get(council.folder)))
    });
  }
  const atQueue = options.queue === undefined ? [] : await queueLines(options.queue, programme.path, effects);
  const failed = standings.filter(({isFailed}) => isFailed);
  const owed = standings.filter(({isOwed}) => isOwed);
  const subject = `${inert(programme.name)}: ${several(programme.councils.length, "council")}, ${owed.length} with work owed, ${failed.length} failed`;
  return {
    subject,
    path: programme.path,
    facts: {
      programme: programme.name,
      written_at: effects.now(),
      is_well: failed.length + faults.length === 0,
      not_councils: faults,
      councils: standings.map(({council, edition, now, last, reason, isFailed}) => ({
        council: council.folder,
        name: council.name,
        last_edition: edition,
        now,
        last_work: last,
        reason: isFailed ? reason : null
      }))
    },
    lines: [
      subject,
      ...atQueue,
      ...faults.map(fault => `NOT A COUNCIL: ${fault}`),
      "",
      ...textTable(
        ["council", "last edition", "as of", "now", "last work"],
        standings.map(({council, edition, asOf, now, last}) => [council.folder, edition, asOf, now, last])
      ),
      ...failed.flatMap(({council, reason}) => [
        "",
        `${council.folder}:`,
        ...reason.split("\n").map(line => `  ${inert(line)}`)
      ])
    ],
    code: failed.length + faults.length > 0 ? 1 : 0
  };
}

/** What the queue knows of the programme's councils. */
async function queueLines(address: string, programme: string, effects: Effects): Promise<string[]> {
  const {waiting, active, givenUp} = await withQueue(address, effects, queue => queue.standing(programme));
  return [
    `the queue: ${waiting} waiting, ${active} in hand, ${givenUp.length} given up`,
    ...givenUp.map(
      ({council, reason}) => `  given up: ${inert(council)}: ${inert((reason ?? "").split("\n")[0] ?? "")}`
    )
  ];
}

async function standingOf(
  programme: string,
  council: Council,
  asked: Parameters<typeof keyOf>[1],
  outcome: Outcome | undefined
) {
  const last =
    outcome === undefined
      ? "none"
      : `${outcome.outcome} ${instantText(new Date(outcome.ended_at))} by ${inert(outcome.worker)}, ${tookText(Date.parse(outcome.ended_at) - Date.parse(outcome.started_at))}`;
  try {
    const key = await keyOf(council.path, asked);
    const isDone = (await doneBefore(programme, council, key)) !== null;
    const isFailed = !isDone && outcome?.outcome === "failed";
    const now = isDone ? "up to date" : isFailed ? "FAILED" : "owed";
    return {isOwed: !isDone, isFailed, now, last, reason: outcome?.reason ?? ""};
  } catch (error) {
    return {isOwed: true, isFailed: true, now: "FAILED", last, reason: messageOf(error)};
  }
}
