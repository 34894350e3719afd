import {type Archive, addDecision} from "../archive/archive.ts";
import type {Decision, Receipt} from "../archive/receipts.ts";
import {readConfig} from "../council/config.ts";
import {namesOf, readRegisters} from "../council/registers.ts";
import type {Effects} from "../effects.ts";
import {CliError} from "../errors.ts";
import {judgeAgain, judgeDeliveries} from "../trial/trial.ts";
import type {Connection} from "../warehouse/connection.ts";
import type {Warehouse} from "../warehouse/warehouse.ts";
import {carryDecisions, type LoadRecord, readLoad, readStandingLoads} from "./ledger.ts";
import {carryArchive, reconcile} from "./reconcile.ts";

/** What may be decided of a load: whether it is counted, and whether it stands against doubts and against loads that came before the decision. */
export type Verdict = Exclude<Decision["decision"], "received" | "erased">;

/** Of what a decision is: one meter point where it is named, and days where they are (both included); null where it is of all. */
export type Scope = Pick<Decision, "meter_point_id" | "first_date" | "last_date">;

export const ofAll: Scope = {meter_point_id: null, first_date: null, last_date: null};

const isOfAll = (scope: Scope) => Object.values(scope).every(each => each === null);

/**
 * Decides on a load, or on a meter point and days of it, with the reason: takes it out of view or back in; or accepts it, so that it counts whatever
 * was doubted of it and wins against all that had come by then, or no longer. The bytes stay in the archive, and so does every decision.
 *
 * @throws CliError where the load does not stand, holds nothing of what is named, or is so already.
 */
export async function decide(
  warehouse: Warehouse,
  dataFolder: string,
  loadId: number,
  decision: Verdict,
  why: string,
  effects: Effects,
  scope: Scope = ofAll
): Promise<LoadRecord> {
  const {archive} = await reconcile(warehouse.connection, dataFolder);
  return decideIn(archive, warehouse, dataFolder, loadId, {decision, why, scope}, effects);
}

async function decideIn(
  archive: Archive,
  warehouse: Warehouse,
  dataFolder: string,
  loadId: number,
  {decision, why, scope}: {readonly decision: Verdict; readonly why: string; readonly scope: Scope},
  effects: Effects
): Promise<LoadRecord> {
  const load = [...(await readStandingLoads(warehouse.connection)).values()].find(({load_id}) => load_id === loadId);
  if (load === undefined) throw new CliError(`no load that stands has the number ${loadId}: canopy loads lists them`);
  const receipt = archive.receipts.get(load.receipt);
  if (receipt === undefined)
    throw new CliError(`load ${loadId} has no receipt in the archive that is as it was sealed: canopy verify`);
  const inLoad = await scopeInLoad(warehouse.connection, dataFolder, loadId, scope);
  const problem = problemOf(load, receipt, decision, inLoad);
  if (problem !== null) throw new CliError(`load ${loadId} ${problem}`);
  const made = {...inLoad, decision, decided_at: laterThan(receipt.decisions.at(-1)?.decided_at, effects.now()), why};
  await carryDecisions(warehouse.connection, [await addDecision(archive, receipt, made)]);
  await carryArchive(warehouse.connection, archive);
  await judgeAgain(warehouse.connection, loadId);
  await judgeDeliveries(warehouse.connection, dataFolder, (await readConfig(dataFolder, effects.now())).asOf);
  return readLoad(warehouse.connection, loadId);
}

/** The verdicts that undo each other. */
const pairs = [
  ["withdrawn", "reinstated"],
  ["accepted", "unaccepted"]
] as const;

/** Why a decision cannot be made of a load; null where it can. */
function problemOf(load: LoadRecord, {decisions}: Receipt, decision: Verdict, scope: Scope): string | null {
  if (load.outcome === "refused") return "was refused: nothing of it is counted";
  if (load.withdrawn_because !== null && !(decision === "reinstated" && isOfAll(scope)))
    return `is withdrawn already: ${load.withdrawn_because}`;
  const pair: readonly Decision["decision"][] = pairs.find(each => each.some(one => one === decision)) ?? [];
  const last = decisions.findLast(each => pair.includes(each.decision) && isSameScope(each, scope));
  if (decision === "reinstated" && last?.decision !== "withdrawn") return "is not withdrawn";
  if (decision === "unaccepted" && last?.decision !== "accepted") return "is not accepted";
  return last?.decision === decision && decision === "withdrawn" ? `is withdrawn already: ${last.why}` : null;
}

const isSameScope = (a: Scope, b: Scope) =>
  a.meter_point_id === b.meter_point_id && a.first_date === b.first_date && a.last_date === b.last_date;

/** The scope by the name that the load has for the meter. A load must hold something of the meter point and the days that are named. */
async function scopeInLoad(connection: Connection, dataFolder: string, loadId: number, scope: Scope): Promise<Scope> {
  if (isOfAll(scope)) return scope;
  const {meter_point_id, first_date, last_date} = scope;
  const {meterPoints} = await readRegisters(dataFolder);
  const known = meterPoints.filter(point => point.meter_point_id === meter_point_id).flatMap(namesOf);
  const keys = meter_point_id === null ? null : [meter_point_id, ...known].join("\n");
  const {key} = await connection.row<{key: string | null}>(
    `select min(meter_key) as key from raw.meter_days
     where load_id = $1 and ($2 is null or list_contains(string_split($2, chr(10)), meter_key)) and holds_on(settlement_date, $3::date, $4::date)`,
    [loadId, keys, first_date, last_date]
  );
  if (key === null) throw new CliError(`load ${loadId} holds nothing of that meter point and those days`);
  return {...scope, meter_point_id: meter_point_id === null ? null : key};
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
  const {archive} = await reconcile(warehouse.connection, dataFolder);
  const decided: LoadRecord[] = [];
  for (const {load_id} of chosen.sort((a, b) => a.load_id - b.load_id))
    decided.push(await decideIn(archive, warehouse, dataFolder, load_id, {decision, why, scope: ofAll}, effects));
  return decided;
}
