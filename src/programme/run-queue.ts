import {type Effects, inert} from "../effects.ts";
import {messageOf} from "../errors.ts";
import type {Council, Programme} from "./folder.ts";
import {type Asked, keyOf} from "./key.ts";
import {type Outcome, readOutcomes} from "./outcomes.ts";
import type {Queue} from "./queue.ts";
import type {Ran} from "./run-alone.ts";
import {doneBefore} from "./work.ts";

/** How often it is looked how the workers get on. */
const lookMilliseconds = 1_000;

/**
 * Hands out the councils of a programme that have something new, and waits until workers have done them; `told` hears of each as it ends. Who stops waiting stops
 * no worker. A council that cannot be looked at fails by itself.
 */
export async function runByQueue(
  programme: Programme,
  asked: Asked,
  queue: Queue,
  effects: Effects,
  told: (ran: Ran) => void = () => {}
): Promise<readonly Ran[]> {
  const all: Ran[] = [];
  const tell = (ran: Ran) => {
    all.push(ran);
    told(ran);
  };
  const waiting = new Map<string, {readonly council: Council; readonly key: string}>();
  for (const council of programme.councils) {
    effects.progress(`looking at ${council.folder}`);
    try {
      const key = await keyOf(council.path, asked);
      const standing = await doneBefore(programme.path, council, key, asked);
      if (standing !== null) tell({council, standing});
      else {
        await queue.order({programme: programme.path, council: council.folder, key, asked}, true);
        waiting.set(council.folder, {council, key});
      }
    } catch (error) {
      const [key, now] = ["", effects.now().toISOString()];
      const about = {
        council: council.folder,
        key,
        worker: "none",
        started_at: now,
        ended_at: now,
        attempt: 1,
        attempts: 1
      };
      tell({council, outcome: {...about, outcome: "failed", edition: null, reason: messageOf(error), problems: []}});
    }
  }
  while (waiting.size > 0) {
    const {active, owed, givenUp} = await queue.standing(programme.path);
    const outcomes = await readOutcomes(programme.path);
    for (const [folder, {council, key}] of waiting) {
      if (owed.includes(folder)) continue;
      waiting.delete(folder);
      const given = givenUp.find(each => each.council === folder && each.key === key);
      tell({council, outcome: endOf(outcomes.get(folder), given, {folder, key, now: effects.now().toISOString()})});
    }
    if (waiting.size === 0) break;
    const words = active === 0 ? "no worker has taken one yet: canopy worker --queue" : `${active} in hand`;
    effects.progress(
      `${waiting.size} of ${programme.councils.length} owed, ${words}: ${inert([...waiting.keys()].slice(0, 3).join(", "))}`
    );
    await effects.sleep(lookMilliseconds, effects.stop);
  }
  return all;
}

/** How the work on a council ended that no worker has any more; what nobody noted, since its worker died each time, the queue knows. */
function endOf(
  noted: Outcome | undefined,
  given: {readonly reason: string | null} | undefined,
  {folder, key, now}: {readonly folder: string; readonly key: string; readonly now: string}
): Outcome {
  if (noted !== undefined && (given === undefined || noted.outcome === "failed")) return noted;
  const about = {council: folder, key, worker: "none", started_at: now, ended_at: now, attempt: 1, attempts: 1};
  return {
    ...about,
    outcome: "failed",
    edition: null,
    reason: given?.reason ?? "no worker has noted how it went",
    problems: []
  };
}
