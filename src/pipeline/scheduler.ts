import type {Effects} from "../effects.ts";
import {isBusy, isFatal, isStopped, messageOf} from "../errors.ts";
import type {Connection} from "../warehouse/connection.ts";
import type {Pipeline} from "./pipeline.ts";
import {beginLine, endLine, nextLine} from "./schedule-words.ts";
import {beginSlots, type Ending, endSlots, reconcileSlots} from "./slot-ledger.ts";
import {readyOf, type SlotState, standingOf} from "./slots.ts";

/** What a scheduler works with. Tests put a simulated clock, a runner of their own and a ledger in memory in its place. */
export interface Workplace {
  readonly pipelines: readonly Pipeline[];
  /** Names this process among all that ever kept the schedule. */
  readonly owner: string;
  readonly effects: Effects;
  readonly stop: AbortSignal;
  /** Opens the ledger for a piece of work; throws the writer lock's error where another process writes. */
  readonly withLedger: <T>(work: (connection: Connection) => Promise<T>) => Promise<T>;
  /** Runs a pipeline, as a run of this command in the ledger of runs. Returns what of it could not be built; null where all was. */
  readonly run: (pipeline: Pipeline, command: string) => Promise<string | null>;
  /** Puts a copy of the ledger where readers find it. */
  readonly showSlots: (slots: readonly SlotState[]) => Promise<void>;
}

/** Does what is owed now. */
export interface Scheduler {
  /**
   * Runs every pipeline whose slots are owed and may be tried, one after another, each once. Returns what ran and how it ended. While another process
   * writes to the warehouse nothing is done and no attempt is used up: a later pass does it. Errors of the ledger itself are thrown.
   */
  readonly pass: () => Promise<readonly Ending[]>;
}

/** A run that has ended and that the ledger does not say so of yet. */
interface Unsettled {
  readonly pipeline: Pipeline;
  readonly command: string;
  readonly ending: Ending;
}

/** Makes a scheduler. What it knows of the ledger it keeps between passes, since nobody else writes slots: a pass that owes nothing opens nothing. */
export function makeScheduler(workplace: Workplace): Scheduler {
  const {pipelines, owner, effects, stop, withLedger} = workplace;
  let slots: readonly SlotState[] | null = null;
  let unsettled: Unsettled | null = null;
  let isWaiting = false;

  async function change(work: (connection: Connection) => Promise<SlotState[]>): Promise<readonly SlotState[]> {
    const changed = await withLedger(work);
    slots = changed;
    isWaiting = false;
    await workplace.showSlots(changed);
    return changed;
  }

  async function settle(): Promise<void> {
    if (unsettled === null) return;
    const {ending, ...run} = unsettled;
    await change(connection => endSlots(connection, {...run, ...ending, owner}, effects.now()));
    unsettled = null;
  }

  async function runOwed(pipeline: Pipeline): Promise<Ending | null> {
    const begun = await change(connection => beginSlots(connection, pipeline, owner, effects.now()));
    const covered = begun.filter(slot => isOpen(slot, pipeline, owner));
    if (covered.length === 0) return null;
    effects.print(beginLine(covered, effects.now()));
    const command = commandOf(covered);
    const ending = await endingOf(() => workplace.run(pipeline, command));
    unsettled = {pipeline, command, ending};
    effects.print(endLine(covered, ending, effects.now()));
    await settle();
    return ending;
  }

  function firstReady(tried: ReadonlySet<Pipeline>): Pipeline | undefined {
    const now = effects.now();
    const standings = pipelines.filter(each => !tried.has(each)).map(each => standingOf(each, slots ?? [], now));
    return readyOf(standings, now)[0]?.pipeline;
  }

  async function runAll(endings: Ending[]): Promise<void> {
    await settle();
    if (slots === null) await change(connection => reconcileSlots(connection, owner, effects.now()));
    const tried = new Set<Pipeline>();
    for (let next = firstReady(tried); next !== undefined && !stop.aborted; next = firstReady(tried)) {
      tried.add(next);
      const ending = await runOwed(next);
      if (ending !== null) endings.push(ending);
    }
  }

  async function pass(): Promise<readonly Ending[]> {
    const endings: Ending[] = [];
    await runAll(endings).catch(error => {
      if (!isBusy(error)) throw error;
      if (!isWaiting) effects.print(`waiting: ${messageOf(error)}`);
      isWaiting = true;
    });
    if (endings.length > 0) effects.print(nextLine(pipelines, slots ?? [], effects.now()));
    return endings;
  }

  return {pass};
}

const isOpen = ({state, owner, pipeline}: SlotState, {name}: Pipeline, me: string) =>
  state === "running" && owner === me && pipeline === name;

/** A run in the ledger of runs says which slots it is for: `estate-energy for 2026-10-24 to 2026-10-26, attempt 1`. */
function commandOf(covered: readonly SlotState[]): string {
  const [first, last] = [covered[0], covered.at(-1)];
  const span = first === last ? "" : ` to ${last?.slot_date}`;
  return `${first?.pipeline} for ${first?.slot_date}${span}, attempt ${last?.attempt}`;
}

/** How a run ended. A busy warehouse is no ending, nor is a database that has given up: only a new process can open it again. */
async function endingOf(run: () => Promise<string | null>): Promise<Ending> {
  try {
    return {state: "succeeded", error: await run()};
  } catch (error) {
    if (isStopped(error)) return {state: "abandoned", error: null};
    if (isBusy(error) || isFatal(error)) throw error;
    return {state: "failed", error: messageOf(error)};
  }
}
