import {createHash} from "node:crypto";
import {mkdir, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {onTestFinished} from "vitest";
import {ingest} from "../../src/ingest/ingest.ts";
import type {LoadRecord} from "../../src/ingest/ledger.ts";
import type {Warehouse} from "../../src/warehouse/warehouse.ts";
import {fixedEffects} from "../support/canopy.ts";
import {type InventedMeter, makeDataFolder} from "../support/data-folder.ts";
import {openTestWarehouse} from "../support/warehouse.ts";

export interface Brought {
  readonly load: LoadRecord;
  readonly rejects: readonly {row: number | null; rule: string; value: string | null}[];
  /** Half-hours landed, by `meter date`: a text per slot, `-` where nothing is held. */
  readonly days: ReadonlyMap<string, readonly string[]>;
}

interface Said {
  readonly meterPoint?: string;
  readonly layout?: string;
}

/** One data folder whose warehouse stays open, so that many hostile files can be brought in quickly. */
export class Yard {
  readonly folder: string;
  readonly warehouse: Warehouse;
  readonly effects = fixedEffects();
  #brought = 0;
  readonly #known = new Map<string, Brought>();

  private constructor(folder: string, warehouse: Warehouse) {
    this.folder = folder;
    this.warehouse = warehouse;
  }

  static async open(meters?: readonly InventedMeter[], prepare = async (_folder: string) => {}): Promise<Yard> {
    const folder = await makeDataFolder(meters);
    await prepare(folder);
    const warehouse = await openTestWarehouse(folder);
    onTestFinished(() => warehouse.close());
    return new Yard(folder, warehouse);
  }

  /** Brings one file in and reads back what became of it. Afterwards the archive is emptied, so that one bad file does not reach the next. */
  async bring(bytes: string | Uint8Array, said: Said = {}): Promise<Brought> {
    const hash = createHash("sha256").update(JSON.stringify(said)).update(bytes).digest("hex");
    const brought = this.#known.get(hash) ?? (await this.#bringNew(bytes, said));
    this.#known.set(hash, brought);
    return brought;
  }

  async #bringNew(bytes: string | Uint8Array, {meterPoint, layout}: Said): Promise<Brought> {
    this.#brought += 1;
    const path = join(this.folder, "desk", `${this.#brought}.csv`);
    await mkdir(join(this.folder, "desk"), {recursive: true});
    await writeFile(path, bytes);
    try {
      const request = {
        dataFolder: this.folder,
        feeds: ["estate-energy"],
        files: [path],
        layout: layout ?? null,
        meterPoint: meterPoint ?? null,
        isReplay: false
      };
      const [load] = (await ingest(this.warehouse, request, 1, this.effects)).loads;
      if (load === undefined) throw new Error("nothing came of the file");
      return await this.#readBack(load);
    } finally {
      await rm(path, {force: true});
      await rm(join(this.folder, "snapshots"), {recursive: true, force: true});
      await this.#forget();
    }
  }

  /** Each file is the first that comes: the archive is gone, and so is what the warehouse held of it. */
  async #forget(): Promise<void> {
    const {connection} = this.warehouse;
    const tables = await connection.rows<{name: string}>(
      "select distinct schema_name || '.' || table_name as name from duckdb_columns() join duckdb_tables() using (schema_name, table_name) where schema_name in ('raw', 'ops') and column_name in ('load_id', 'seal')"
    );
    for (const {name} of tables) await connection.run(`delete from ${name}`);
  }

  /** Brings every file of a list and says in a line what became of each. */
  async verdicts(
    files: Readonly<Record<string, string | Uint8Array>>,
    said: Said = {}
  ): Promise<Record<string, string>> {
    const verdicts: Record<string, string> = {};
    for (const [name, bytes] of Object.entries(files)) verdicts[name] = await this.verdict(bytes, said);
    return verdicts;
  }

  async verdict(bytes: string | Uint8Array, said: Said = {}): Promise<string> {
    try {
      const {load, rejects} = await this.bring(bytes, said);
      if (load.outcome === "refused") return `refused: ${load.reason}`;
      const broken = rejects.map(({row, rule}) => `${row} ${rule}`).join(", ");
      return `${load.rows_landed} of ${load.rows_read} landed${broken === "" ? "" : `; ${broken}`}`;
    } catch (error) {
      return `threw ${(error as Error).name}: ${(error as Error).message}`;
    }
  }

  async #readBack(load: LoadRecord): Promise<Brought> {
    const {connection} = this.warehouse;
    const rejects = await connection.rows<Brought["rejects"][number]>(
      "select row_number::integer as row, rule, value from ops.rejects where load_id = $1 order by row, rule, value",
      [load.load_id]
    );
    const days = await connection.rows<{day: string; quantity: number[]; present: bigint}>(
      "select meter_key || ' ' || strftime(settlement_date, '%Y-%m-%d') as day, quantity, present from raw.meter_days where load_id = $1",
      [load.load_id]
    );
    const slots = ({quantity, present}: (typeof days)[number]) =>
      quantity.map((kwh, slot) => (((present >> BigInt(slot)) & 1n) === 1n ? String(kwh) : "-"));
    return {load, rejects, days: new Map(days.map(row => [row.day, slots(row)]))};
  }
}

/** Whether every row of a load is accounted for. */
export function isAccountedFor({load}: Brought): boolean {
  const {rows_read, rows_landed, rows_duplicate, rows_empty, rows_dropped, rows_rejected} = load;
  return (
    [rows_landed, rows_duplicate, rows_empty, rows_dropped, rows_rejected].every(rows => rows >= 0) &&
    rows_read === rows_landed + rows_duplicate + rows_empty + rows_dropped + rows_rejected
  );
}
