import type {Config} from "../../council/config.ts";
import {type Effects, inert} from "../../effects.ts";
import {decide} from "../../ingest/withdraw.ts";
import {recorded, withWarehouse} from "../../pipeline/run.ts";
import {loadNumber, nextBuild, reasonGiven, type ScopeOptions, scopeOf, scopeText} from "../kit/given.ts";

export interface AcceptOptions extends ScopeOptions {
  readonly why: string;
  readonly undo: boolean;
}

/** Accepts a load, or a meter point and days of it, or takes that back. */
export async function acceptLoad(
  config: Config,
  load: string,
  {why, undo, ...scoped}: AcceptOptions,
  effects: Effects
): Promise<string[]> {
  const [number, reason, scope] = [loadNumber(load), reasonGiven(why), scopeOf(scoped)];
  const decision = undo ? "unaccepted" : "accepted";
  const {file_name} = await withWarehouse(config, effects, warehouse =>
    recorded(warehouse, "accept", effects, () =>
      decide(warehouse, config.dataFolder, number, decision, reason, effects, scope)
    )
  );
  const what = `load ${number} (${inert(file_name)})${scopeText(scope)}`;
  return [`${what} ${undo ? "is no longer accepted" : "is accepted"} ${nextBuild}`];
}
