import type {Effects} from "../effects.ts";
import {isStopped, messageOf} from "../errors.ts";
import type {Council, Programme} from "./folder.ts";
import {type Asked, keyOf} from "./key.ts";
import {type Outcome, writeOutcome} from "./outcomes.ts";
import {doneBefore, workOn} from "./work.ts";

/** What was done of a council: work, or nothing, since an edition of the very same stands. */
export type Ran =
  | {readonly council: Council; readonly standing: string}
  | {readonly council: Council; readonly outcome: Outcome};

/** Works through the councils of a programme one after another on this machine. One that fails stops no other; `told` hears of each as it ends. */
export async function runAlone(
  programme: Programme,
  asked: Asked,
  effects: Effects,
  told: (ran: Ran) => void = () => {}
): Promise<readonly Ran[]> {
  const all: Ran[] = [];
  for (const [index, council] of programme.councils.entries()) {
    const about = `${council.folder} (${index + 1} of ${programme.councils.length})`;
    const own = {...effects, progress: (line: string) => effects.progress(`${about}: ${line}`)};
    const ran = await runCouncil(programme, council, asked, own);
    all.push(ran);
    told(ran);
  }
  return all;
}

async function runCouncil(programme: Programme, council: Council, asked: Asked, effects: Effects): Promise<Ran> {
  const started_at = effects.now().toISOString();
  let key = "";
  const end = async (came: Pick<Outcome, "outcome" | "edition" | "reason" | "problems">): Promise<Ran> => {
    const times = {started_at, ended_at: effects.now().toISOString(), attempt: 1, attempts: 1};
    const outcome = {council: council.folder, key, worker: "alone", ...times, ...came};
    await writeOutcome(programme.path, council.folder, outcome);
    return {council, outcome};
  };
  try {
    effects.progress("looking at what it is made from");
    key = await keyOf(council.path, asked);
    const standing = await doneBefore(programme.path, council, key, asked);
    if (standing !== null) return {council, standing};
    const {edition, problems} = await workOn(programme, council, {dataFolder: council.path, key, asked, effects});
    return await end({outcome: "done", edition, reason: null, problems});
  } catch (error) {
    if (isStopped(error)) throw error;
    return end({outcome: "failed", edition: null, reason: messageOf(error), problems: []});
  }
}
