import {readArchive} from "../../archive/archive.ts";
import {clockDoubt, clockIsRight, receivedAt} from "../../archive/clock.ts";
import {shownName} from "../../archive/receipts.ts";
import type {Config} from "../../council/config.ts";
import {type Effects, inert} from "../../effects.ts";
import {CliError} from "../../errors.ts";
import {readStandingLoads} from "../../ingest/ledger.ts";
import {carryArchive, reconcile, snapshotsFolder} from "../../ingest/reconcile.ts";
import {clockText} from "../../pipeline/health.ts";
import {withWarehouse} from "../../pipeline/run.ts";
import {instantText} from "../../wording/dates.ts";
import {several} from "../../wording/numbers.ts";
import type {Answer} from "../kit/command.ts";

const toCount = "To count them so: canopy run";

/** What the clock says and what speaks against it. Exit code 1 where something does. */
export async function clockState(
  {dataFolder}: Pick<Config, "dataFolder">,
  {now}: Pick<Effects, "now">
): Promise<Answer> {
  const instant = now();
  const doubt = clockDoubt(await readArchive(snapshotsFolder(dataFolder)), instant);
  return {
    lines: [
      `the clock of this computer: ${instantText(instant)}`,
      doubt === null ? "nothing speaks against it" : clockText(doubt, instant)
    ],
    code: doubt === null ? 0 : 1
  };
}

/** Takes the clock as right, which stays in the journal with the reason. */
export async function sayClockIsRight(config: Config, why: string, effects: Effects): Promise<Answer> {
  const corrected = await withWarehouse(config, effects, async ({connection}) => {
    const {archive} = await reconcile(connection, config.dataFolder);
    const receipts = await clockIsRight(archive, why, effects.now());
    await carryArchive(connection, archive);
    return receipts;
  });
  return {
    lines: [
      "noted: the clock is right",
      ...corrected.map(
        receipt => `taken to have come ${instantText(new Date(receipt.received_at))}: ${inert(shownName(receipt))}`
      ),
      toCount
    ]
  };
}

/** Says when the file of a load came. @throws CliError where no such load stands. */
export async function sayWhenReceived(
  config: Config,
  loadId: number,
  {at, why}: {readonly at: Date; readonly why: string},
  effects: Effects
): Promise<Answer> {
  const receipts = await withWarehouse(config, effects, async ({connection}) => {
    const {archive} = await reconcile(connection, config.dataFolder);
    const loads = [...(await readStandingLoads(connection)).values()];
    const load = loads.find(({load_id}) => load_id === loadId);
    const receipt = archive.receipts.get(load?.receipt ?? "");
    if (receipt === undefined)
      throw new CliError(`no load that stands has the number ${loadId}: canopy loads lists them`);
    if (at.getTime() > effects.now().getTime()) throw new CliError("that is still to come", {exitCode: 2});
    // Another that came at that very moment would leave no order between them.
    const taken = new Set([...archive.receipts.values()].map(({received_at}) => Date.parse(received_at)));
    let time = at.getTime();
    while (taken.has(time)) time += 1;
    const received = new Date(time);
    const corrected = await receivedAt(archive, receipt, {received, archived: received}, why, effects.now());
    await carryArchive(connection, archive);
    return [corrected];
  });
  return {
    lines: [
      ...receipts.map(
        receipt => `${inert(shownName(receipt))} is taken to have come ${instantText(new Date(receipt.received_at))}`
      ),
      `${several(receipts.length, "file")} will be read again. ${toCount}`
    ]
  };
}
