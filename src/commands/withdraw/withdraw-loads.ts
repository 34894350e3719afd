import type {Config} from "../../council/config.ts";
import {type Effects, inert} from "../../effects.ts";
import {CliError} from "../../errors.ts";
import {decide, decideAll} from "../../ingest/withdraw.ts";
import {recorded, withWarehouse} from "../../pipeline/run.ts";
import {feeds} from "../../sources/feeds.ts";
import {several} from "../../wording/numbers.ts";
import {dayOf, loadNumber, nextBuild, reasonGiven, type ScopeOptions, scopeOf, scopeText} from "../kit/given.ts";
import {named} from "../kit/nearest.ts";
import {readFormats} from "../layouts/forms.ts";

export interface WithdrawOptions extends ScopeOptions {
  readonly why: string;
  readonly undo: boolean;
  readonly layout?: string;
  readonly feed?: string;
  readonly receivedFrom?: string;
  readonly receivedTo?: string;
}

/** Takes one load, a part of one, or all of a layout or feed and a time, out of view, or brings them back. */
export async function withdrawLoads(
  config: Config,
  load: string | null,
  {why, undo, meterPoint, from, to, ...of}: WithdrawOptions,
  effects: Effects
): Promise<string[]> {
  reasonGiven(why);
  const decision = undo ? "reinstated" : "withdrawn";
  const scope = scopeOf({meterPoint, from, to});
  if (load === null && Object.values(scope).some(each => each !== null))
    throw new CliError("--meter-point, --from and --to are of one load: give its number", {exitCode: 2});
  if (load === null) return withdrawSeveral(config, of, decision, why, effects);
  const number = loadNumber(load);
  const decided = await withWarehouse(config, effects, warehouse =>
    recorded(warehouse, "withdraw", effects, () =>
      decide(warehouse, config.dataFolder, number, decision, why, effects, scope)
    )
  );
  return [
    `load ${number} (${inert(decided.file_name)})${scopeText(scope)} ${undo ? "will be counted again" : "will not be counted"} ${nextBuild}`
  ];
}

async function withdrawSeveral(
  config: Config,
  {layout, feed, receivedFrom, receivedTo}: Omit<WithdrawOptions, "why" | "undo" | keyof ScopeOptions>,
  decision: "withdrawn" | "reinstated",
  why: string,
  effects: Effects
): Promise<string[]> {
  if (layout === undefined && feed === undefined)
    throw new CliError("say which loads: a number, --layout or --feed. To list them: canopy loads", {exitCode: 2});
  const selection = {
    layout: layout === undefined ? null : named(await readFormats(config.dataFolder), "layout", layout).name,
    feed: feed === undefined ? null : named(feeds, "feed", feed).name,
    from: dayOf(receivedFrom),
    before: dayOf(receivedTo)
  };
  const decided = await withWarehouse(config, effects, warehouse =>
    recorded(warehouse, "withdraw", effects, () =>
      decideAll(warehouse, config.dataFolder, selection, decision, why, effects)
    )
  );
  if (decided.length === 0) return ["No loads match. To list them: canopy loads"];
  return [
    ...decided.map(({load_id, file_name}) => `load ${load_id} (${inert(file_name)})`),
    `${several(decided.length, "load")} ${decision === "withdrawn" ? "will not be counted" : "will be counted again"} ${nextBuild}`
  ];
}
