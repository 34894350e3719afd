import {addDecision, readReceipts} from "../archive/snapshots.ts";
import type {Effects} from "../effects.ts";
import {CliError} from "../errors.ts";
import type {Warehouse} from "../warehouse/warehouse.ts";
import {snapshotsFolder} from "./ingest.ts";
import {carryDecisions, type LoadRecord, readLoad, readStandingLoads} from "./ledger.ts";

/**
 * Takes a load out of view, or back in, with the reason. The bytes stay in the archive and so does the decision; whatever the load replaced comes
 * back into view at the next build.
 */
export async function decide(
  warehouse: Warehouse,
  dataFolder: string,
  loadId: number,
  decision: "withdrawn" | "reinstated",
  why: string,
  effects: Effects
): Promise<LoadRecord> {
  const load = [...(await readStandingLoads(warehouse.connection)).values()].find(({load_id}) => load_id === loadId);
  if (load === undefined) throw new CliError(`no load that stands has the number ${loadId}: canopy loads lists them`);
  if (decision === "withdrawn" && load.withdrawn_because !== null)
    throw new CliError(`load ${loadId} is withdrawn already: ${load.withdrawn_because}`);
  if (decision === "reinstated" && load.withdrawn_because === null)
    throw new CliError(`load ${loadId} is not withdrawn`);
  const root = snapshotsFolder(dataFolder);
  const receipt = (await readReceipts(root)).find(({id}) => id === load.receipt);
  if (receipt === undefined) throw new CliError(`load ${loadId} has no receipt in the archive`);
  const decided_at = laterThan(receipt.decisions.at(-1)?.decided_at, effects.now());
  const made = {decision, decided_at, why, meter_point_id: null, first_date: null, last_date: null};
  await addDecision(root, receipt, made);
  await carryDecisions(warehouse.connection, [{...receipt, decisions: [...receipt.decisions, made]}]);
  return readLoad(warehouse.connection, loadId);
}

/** Now, but never before the decision it follows, whatever the clock says. */
function laterThan(previous: string | undefined, now: Date): string {
  return new Date(Math.max(now.getTime(), previous === undefined ? 0 : Date.parse(previous) + 1)).toISOString();
}

/** Loads of one layout or feed, and of a time in which they were received (from, and before). */
export interface Selection {
  readonly layout: string | null;
  readonly feed: string | null;
  readonly from: Date | null;
  readonly before: Date | null;
}

/** Decides on every load that stands and is of a selection, each with the same reason, as `decide` does on one. Loads that are so already are left. */
export async function decideAll(
  warehouse: Warehouse,
  dataFolder: string,
  {layout, feed, from, before}: Selection,
  decision: "withdrawn" | "reinstated",
  why: string,
  effects: Effects
): Promise<LoadRecord[]> {
  const standing = [...(await readStandingLoads(warehouse.connection)).values()];
  const chosen = standing.filter(
    load =>
      load.outcome === "landed" &&
      (layout === null || load.layout === layout) &&
      (feed === null || load.feed === feed) &&
      (from === null || load.received_at >= from) &&
      (before === null || load.received_at < before) &&
      (load.withdrawn_because === null) === (decision === "withdrawn")
  );
  const decided: LoadRecord[] = [];
  for (const {load_id} of chosen.sort((a, b) => a.load_id - b.load_id))
    decided.push(await decide(warehouse, dataFolder, load_id, decision, why, effects));
  return decided;
}
