import {type Effects, inert} from "../../effects.ts";
import {askedOf} from "../../programme/asked.ts";
import {lakeFolder, readProgramme} from "../../programme/folder.ts";
import type {Queue} from "../../programme/queue.ts";
import {type Ran, runAlone} from "../../programme/run-alone.ts";
import {runByQueue} from "../../programme/run-queue.ts";
import {several} from "../../wording/numbers.ts";
import {tookText} from "../../wording/times.ts";
import type {Answer} from "../kit/command.ts";

/** Works through the councils and tells of each as it ends, then of all; exit code 1 where one failed. */
export async function runLines(
  folder: string,
  options: {readonly queue?: string; readonly asOf?: string; readonly edition?: string; readonly pages?: boolean},
  effects: Effects
): Promise<Answer> {
  const asked = askedOf(options, effects.now());
  const programme = await readProgramme(folder, effects.now());
  if (programme.councils.length === 0)
    return {
      lines: [
        `${inert(programme.name)} has no council yet: canopy councils add ${folder} stockport --name … --ons-code …`
      ]
    };
  const told = (each: Ran) => {
    for (const line of ranLines(each)) effects.print(line);
  };
  const ran =
    options.queue === undefined
      ? await runAlone(programme, asked, effects, told)
      : await withQueue(options.queue, effects, queue => runByQueue(programme, asked, queue, effects, told));
  const failed = ran.filter(each => "outcome" in each && each.outcome.outcome === "failed");
  const made = ran.filter(each => "outcome" in each && each.outcome.outcome === "done");
  return {
    lines: [
      "",
      [
        `${several(made.length, "edition")} made`,
        `${several(ran.length - made.length - failed.length, "council")} with nothing new`,
        ...(failed.length > 0
          ? [`${failed.length} FAILED: ${failed.map(({council}) => council.folder).join(", ")}`]
          : [])
      ].join(", "),
      `the lake: ${lakeFolder(programme.path)}`,
      `what they come to together: canopy rollup ${folder}`
    ],
    code: failed.length > 0 ? 1 : 0
  };
}

/** Opens the queue at an address for so long as it is asked. */
export async function withQueue<T>(address: string, effects: Effects, work: (queue: Queue) => Promise<T>): Promise<T> {
  const {openQueue} = await import("../../programme/queue.ts");
  const queue = await openQueue(address, effects.stop === undefined ? {} : {stop: effects.stop});
  try {
    return await work(queue);
  } finally {
    await queue.close();
  }
}

function ranLines(ran: Ran): string[] {
  const {folder} = ran.council;
  if ("standing" in ran) return [`${folder}: nothing new, edition ${ran.standing} stands`];
  const {outcome, edition, reason, problems, started_at, ended_at} = ran.outcome;
  const took = tookText(Date.parse(ended_at) - Date.parse(started_at));
  return outcome === "done"
    ? [`${folder}: edition ${edition ?? ""}, ${took}`, ...problems.map(problem => `  to look at: ${inert(problem)}`)]
    : [`${folder}: FAILED after ${took}`, ...(reason ?? "").split("\n").map(line => `  ${inert(line)}`)];
}
