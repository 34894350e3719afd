import type {LoadRecord} from "../../src/ingest/ledger.ts";
import {columnsOf, type Layout} from "../../src/layouts/layout.ts";
import {readLayouts} from "../../src/layouts/library.ts";
import type {Canopy} from "./canopy.ts";

const layouts = await readLayouts(null);

/** A layout of the library. */
export function layoutNamed(name: string): Layout {
  const found = layouts.get(name);
  if (found === undefined) throw new Error(`no layout: ${name}`);
  return found;
}

/** A row by the names of its columns; `quantity 3` and `status 3` are those of the third half-hour, `quantity` and `status` those of all others. */
export type NamedCells = Readonly<Record<string, string | number>>;

/** The header of a layout, where it has one, and rows of these cells; what is not named is empty. */
export function linesOf(name: string, rows: readonly NamedCells[]): string[] {
  const layout = layoutNamed(name);
  const columns = columnsOf(layout);
  const lines = rows.map(row =>
    columns
      .map(({name: column, holds, halfHour}) =>
        halfHour === null ? (row[column] ?? "") : (row[`${holds} ${halfHour}`] ?? row[holds] ?? "")
      )
      .join(",")
  );
  return layout.header === "none" ? lines : [columns.map(({name: column}) => column).join(","), ...lines];
}

/** What landed of a meter's day. */
export interface LandedDay {
  readonly date: string;
  readonly meter: string;
  readonly unit: string;
  readonly total: number;
  /** Half-hours that are estimated. */
  readonly estimated: number;
}

/** What became of a file: its load, its days, and what is held by `date period`. */
export interface LandedFile {
  readonly load: LoadRecord;
  readonly days: readonly LandedDay[];
  readonly held: ReadonlyMap<string, number>;
  /** The sum of all that is held. */
  readonly total: number;
}

/** Brings in a file of these lines and reads what it left. */
export async function bringLines(
  canopy: Canopy,
  lines: readonly string[],
  {name, feed = "estate-energy"}: {name: string; feed?: string}
): Promise<LandedFile> {
  const load = await canopy.bring(name, [...lines, ""].join("\n"), {feed});
  const rows = await canopy.live<LandedDay & {kwh: readonly number[]; present: bigint}>(
    `select settlement_date::varchar as date, meter_key as meter, unit, list_sum(quantity) as total, bit_count(estimated)::integer as estimated,
       quantity as kwh, present
     from raw.meter_days where load_id = ${load.load_id} order by date, meter`
  );
  const held = rows.flatMap(({date, kwh, present}) =>
    kwh.flatMap((quantity, slot) =>
      (BigInt(present) >> BigInt(slot)) & 1n ? [[`${date} ${slot + 1}`, quantity] as const] : []
    )
  );
  return {
    load,
    days: rows.map(({date, meter, unit, total, estimated}) => ({date, meter, unit, total, estimated})),
    held: new Map(held),
    total: held.reduce((sum, [, quantity]) => sum + quantity, 0)
  };
}

/** The rows of a load that were rejected, as `rule: value`. */
export async function rejectsOf(canopy: Canopy, {load_id}: LoadRecord): Promise<string[]> {
  const rows = await canopy.live<{rule: string; value: string}>(
    `select rule, value from ops.rejects where load_id = ${load_id} order by all`
  );
  return rows.map(({rule, value}) => `${rule}: ${value}`);
}
