import {createHash} from "node:crypto";
import {mkdir, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {readConfig} from "../../src/council/config.ts";
import type {Effects} from "../../src/effects.ts";
import {type IngestResult, ingest} from "../../src/ingest/ingest.ts";
import {build, readInputs} from "../../src/models/build.ts";
import {withAncestors} from "../../src/models/graph.ts";
import {marts} from "../../src/models/marts/index.ts";
import {openDatabase, type SqlRow} from "../../src/warehouse/connection.ts";
import {withPublished} from "../../src/warehouse/published.ts";
import {type Warehouse, withWarehouse as withWarehouseAt} from "../../src/warehouse/warehouse.ts";
import type {Held, HeldRead} from "../support/oracle.ts";
import {startFromEmpty} from "../support/warehouse.ts";

/** Opens the warehouse of a folder for a piece of work; one that is damaged is made again, as every command does. */
export async function withWarehouse<T>(folder: string, work: (warehouse: Warehouse) => Promise<T>): Promise<T> {
  await startFromEmpty(folder);
  return withWarehouseAt(folder, work, () => {});
}

/** Puts a file into the inbox; in a folder of its own where its meter is named so. */
export async function deliver(folder: string, name: string, text: string): Promise<void> {
  const path = join(folder, "inbox", "estate-energy", name);
  await mkdir(join(path, ".."), {recursive: true});
  await writeFile(path, text);
}

/** Empties the inbox. */
export async function emptyInbox(folder: string): Promise<void> {
  await rm(join(folder, "inbox"), {recursive: true});
}

/** Takes in what is in the inbox. */
export function takeIn(warehouse: Warehouse, folder: string, effects: Effects): Promise<IngestResult> {
  const request = {dataFolder: folder, feeds: ["estate-energy"], files: [], layout: null, meterPoint: null};
  return ingest(warehouse, {...request, isReplay: false}, 1, effects);
}

/** Builds the marts, or those of these names with all they are made from; says whether anything was done. */
export async function buildMarts(
  warehouse: Warehouse,
  folder: string,
  effects: Effects,
  names: readonly string[] = []
): Promise<boolean> {
  const inputs = await readInputs(folder);
  const asked = names.map(name => `marts.${name}`);
  const models = names.length === 0 ? inputs.models : await withAncestors(warehouse.connection, inputs.models, asked);
  return !(await build(warehouse, await readConfig(folder, effects.now()), {...inputs, models})).isUnchanged;
}

export type Tables = Readonly<Record<string, readonly SqlRow[]>>;

/** The rows of published marts in an order of their own: of all marts where none is named. */
export function readMarts(folder: string, names: readonly string[] = [...marts.keys()]): Promise<Tables> {
  return withPublished(folder, async connection => {
    const tables: [string, SqlRow[]][] = [];
    for (const name of names) tables.push([name, await connection.rows(`select * from marts.${name} order by all`)]);
    return Object.fromEntries(tables);
  });
}

/** Everything that the live warehouse holds of loads. */
export async function readLedger({connection}: Warehouse): Promise<Tables> {
  return {
    loads: await connection.rows("select * from ops.loads order by load_id"),
    rejects: await connection.rows("select * from ops.rejects order by all"),
    further: await connection.rows("select * from ops.further_receipts order by all"),
    decisions: await connection.rows("select * from ops.decisions order by all"),
    meterDays: await connection.rows("select * from raw.meter_days order by all")
  };
}

export const sha256 = (bytes: string | Buffer) => createHash("sha256").update(bytes).digest("hex");

/** The same text for the same rows. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each) => (typeof each === "bigint" ? `${each}` : each), 1);
}

/** Columns of a row that hold half-hours. */
export interface MeterDay {
  readonly meter: string;
  readonly settlement_date: Date;
  readonly quantity: readonly number[];
  readonly present: bigint;
  readonly estimated: bigint;
}

/** Rows of meter-days as the oracle says them, by `mpan date period`. None may stand twice. */
export function heldIn(rows: readonly MeterDay[]): Held {
  const reads = rows.flatMap(({meter, settlement_date, quantity, present, estimated}) =>
    quantity.flatMap((kwh, slot): [string, HeldRead][] => {
      const has = (mask: bigint) => ((mask >> BigInt(slot)) & 1n) === 1n;
      if (!has(present)) return [];
      const status = has(estimated) ? "estimated" : "actual";
      return [[`${meter} ${settlement_date.toISOString().slice(0, 10)} ${slot + 1}`, {kwh, status}]];
    })
  );
  const held = new Map(reads);
  if (held.size !== reads.length) throw new Error(`${reads.length - held.size} half-hours stand twice`);
  return held;
}

/** Where two holdings differ, a line for each half-hour: `+` is held and should not be, `-` should be and is not. */
export function differences(held: Held, should: Held): string[] {
  const [found, expected] = [linesOf(held), linesOf(should)];
  return [
    ...[...found].filter(line => !expected.has(line)).map(line => `+ ${line}`),
    ...[...expected].filter(line => !found.has(line)).map(line => `- ${line}`)
  ];
}

const linesOf = (held: Held) => new Set([...held].map(([key, {kwh, status}]) => `${key}: ${kwh} ${status}`));

/** What the warehouse holds, whatever the numbers of its loads. */
export async function held(folder: string): Promise<unknown> {
  const path = join(folder, "warehouse", "canopy.duckdb");
  const database = await openDatabase(path, {folders: [], isReadOnly: true});
  const connection = await database.connect();
  try {
    return [
      await connection.row(
        `select count(*)::integer as rows, bit_xor(hash(receipt, received_at, meter_key, channel, unit, settlement_date, quantity, present, estimated))::varchar as digest
         from raw.meter_days join ops.loads using (load_id)`
      ),
      await connection.rows("select receipt, why from ops.withdrawn_loads join ops.loads using (load_id)"),
      await connection.row("select count(*)::integer as receipts from ops.archive_entries")
    ];
  } finally {
    connection.close();
    database.close();
  }
}
