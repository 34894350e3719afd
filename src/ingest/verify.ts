import {type Archive, bytesHeld, bytesWithoutReceipt, type Damage, readBack} from "../archive/archive.ts";
import type {Receipt} from "../archive/receipts.ts";
import {snapshotPath} from "../archive/snapshots.ts";
import {sizeOf} from "../durable.ts";
import {canBeRead} from "../warehouse/published.ts";
import {readAll, type Warehouse} from "../warehouse/warehouse.ts";
import {reconcile} from "./reconcile.ts";

/** What was found when archive, receipts, ledger, warehouse and published marts were held against each other. */
export interface Verified {
  readonly receipts: number;
  /** Files in the archive, each once, and their bytes. */
  readonly held: Amount;
  /** Those of which every byte was read and hashed. */
  readonly hashed: Amount;
  readonly damages: readonly Damage[];
  /** Files of the archive that were put back as they were sealed. */
  readonly healed: readonly string[];
  /** Loads in the ledger; the warehouse holds what it says of each. */
  readonly loads: number;
  /** Receipts that no load has been made of yet. */
  readonly owed: readonly Receipt[];
  /** Bytes that no receipt speaks of, within the archive: a taking was cut off before it wrote one. They are no damage, and count for nothing. */
  readonly withoutReceipt: readonly string[];
  readonly isPublishedSound: boolean;
}

interface Amount {
  readonly files: number;
  readonly bytes: number;
}

/** Every byte of the archive and the warehouse, or the share of the archive that is due on a day: in thirty days each file comes round once. */
export type Extent = "all" | {readonly day: string};

const daysRound = 30;

/**
 * Holds archive, receipts, ledger and warehouse against each other. Bytes that are not what came are set aside, so that the same bytes can take their
 * place when they come again.
 *
 * @throws WarehouseError of code `damaged` where the warehouse is not what was written to it.
 */
export async function verify(
  {connection}: Warehouse,
  dataFolder: string,
  extent: Extent,
  onFile: (done: number, all: number) => void = () => {}
): Promise<Verified> {
  const {archive, healed} = await reconcile(connection, dataFolder);
  const whole = await sizesOf(archive);
  const due = whole.filter(({sha256}) => isDue(sha256, extent));
  for (const [index, {sha256, name}] of due.entries()) {
    onFile(index, due.length);
    await readBack(archive, sha256, name);
  }
  if (extent === "all") await readAll(connection);
  const {loads} = await connection.row<{loads: number}>("select count(*)::integer as loads from ops.loads");
  const landed = await connection.rows<{receipt: string}>(
    "select receipt from ops.loads where superseded_by is null union select receipt from ops.further_receipts"
  );
  const known = new Set(landed.map(({receipt}) => receipt));
  return {
    receipts: archive.receipts.size,
    held: amountOf(whole),
    hashed: amountOf(due),
    damages: archive.damages,
    healed,
    loads,
    owed: [...archive.receipts.values()].filter(({id}) => !known.has(id)),
    withoutReceipt: await bytesWithoutReceipt(archive),
    isPublishedSound: await canBeRead(dataFolder)
  };
}

function isDue(sha256: string, extent: Extent): boolean {
  if (extent === "all") return true;
  const day = Math.floor(Date.parse(extent.day) / 86_400_000);
  return Number.parseInt(sha256.slice(0, 8), 16) % daysRound === day % daysRound;
}

interface HeldBytes {
  readonly sha256: string;
  readonly name: string;
  readonly bytes: number;
}

/** What the archive holds, with its sizes. */
async function sizesOf(archive: Archive): Promise<HeldBytes[]> {
  const held = await Promise.all(
    [...bytesHeld(archive)].map(async ([sha256, name]) => {
      const bytes = await sizeOf(snapshotPath(archive.root, {sha256}));
      return bytes === null ? [] : [{sha256, name, bytes}];
    })
  );
  return held.flat();
}

const amountOf = (held: readonly HeldBytes[]): Amount => ({
  files: held.length,
  bytes: held.reduce((sum, {bytes}) => sum + bytes, 0)
});
