import {shownName} from "../../archive/receipts.ts";
import type {Config} from "../../council/config.ts";
import {type Effects, inert} from "../../effects.ts";
import {CliError} from "../../errors.ts";
import {type Erasure, eraseFromArchive, erasureOf} from "../../ingest/erase.ts";
import {readStandingLoads} from "../../ingest/ledger.ts";
import {carryArchive, reconcile} from "../../ingest/reconcile.ts";
import {withWarehouse} from "../../pipeline/run.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {dateText} from "../../wording/dates.ts";
import {several} from "../../wording/numbers.ts";
import type {Answer} from "../kit/command.ts";
import {rebuildWarehouse} from "../rebuild/rebuild-warehouse.ts";

/**
 * Erases the file of a load, or every file that is due, or says what would go. The warehouse and its marts are made again afterwards, so that nothing of it is
 * left in their files.
 */
export async function eraseLoads(
  config: Config,
  chosen: number | "due",
  {why, isCarriedOut}: {readonly why: string; readonly isCarriedOut: boolean},
  effects: Effects
): Promise<Answer> {
  const erasure = await withWarehouse(config, effects, async ({connection}) => {
    const {archive} = await reconcile(connection, config.dataFolder);
    if (archive.damages.length > 0)
      throw new CliError("the archive is damaged: put it right before anything is erased from it: canopy verify");
    const ids = chosen === "due" ? await dueLoads(connection, config, effects.now()) : [chosen];
    const found = await erasureOf(connection, archive, config.dataFolder, ids);
    if (isCarriedOut && found.receipts.length > 0) {
      await eraseFromArchive(connection, archive, found, why, effects.now());
      await carryArchive(connection, archive);
    }
    return found;
  });
  if (erasure.receipts.length === 0) return {lines: ["nothing to erase"]};
  if (!isCarriedOut)
    return {
      lines: [
        ...whatGoes(erasure, "would go"),
        "This cannot be undone. To do it: the same with --yes. Then bring each backup up to date: canopy backup <folder>"
      ]
    };
  const rebuilt = await rebuildWarehouse(config, true, effects);
  return {
    lines: [
      ...whatGoes(erasure, "gone for good"),
      ...rebuilt.lines.filter((line, index) => index === 0 || line.startsWith("failed")),
      "Bring each backup up to date, so that it is gone there too: canopy backup <folder>. To publish again: canopy run"
    ],
    code: rebuilt.lines.some(line => line.startsWith("failed")) ? 1 : 0
  };
}

function whatGoes({receipts, loads, inInbox}: Erasure, what: string): string[] {
  return [
    ...receipts.map(
      receipt => `${what}: ${inert(shownName(receipt))}, received ${dateText(new Date(receipt.received_at))}`
    ),
    ...inInbox.map(file => `${what}: ${inert(file)}`),
    `kept: what ${several(loads.length, "load")} of them ${loads.length === 1 ? "says" : "say"} of activity, with nothing personal in it`
  ];
}

/** Loads whose files have been kept for longer than the council keeps files of their feed. */
async function dueLoads(connection: Connection, {council}: Config, now: Date): Promise<number[]> {
  const months = council.keep_months;
  if (Object.keys(months).length === 0)
    throw new CliError('council.json has no "keep_months", such as {"journeys": 24, "fleet-fuel": 36}');
  const before = (feed: string) => {
    const date = new Date(now);
    date.setUTCMonth(date.getUTCMonth() - (months[feed] ?? 0));
    return date;
  };
  return [...new Set((await readStandingLoads(connection)).values())]
    .filter(({feed, received_at}) => feed in months && received_at < before(feed))
    .map(({load_id}) => load_id);
}
