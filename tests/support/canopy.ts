import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {readConfig} from "../../src/council/config.ts";
import type {Effects} from "../../src/effects.ts";
import {ModelError} from "../../src/errors.ts";
import {ingest} from "../../src/ingest/ingest.ts";
import type {LoadRecord} from "../../src/ingest/ledger.ts";
import {decide, type Scope, type Verdict} from "../../src/ingest/withdraw.ts";
import {build, type Inputs, readInputs} from "../../src/models/build.ts";
import {type Model, nameOf, withAncestors} from "../../src/models/graph.ts";
import type {Connection, SqlRow} from "../../src/warehouse/connection.ts";
import {withPublished} from "../../src/warehouse/published.ts";
import type {Warehouse} from "../../src/warehouse/warehouse.ts";
import {openTestWarehouse} from "./warehouse.ts";

/** Noon on 3 November 2026, a second later at each look; what is printed is kept. */
export function fixedEffects(start = "2026-11-03T12:00:00Z"): Effects & {readonly printed: string[]} {
  let now = Date.parse(start);
  const printed: string[] = [];
  return {
    now: () => {
      now += 1000;
      return new Date(now);
    },
    print: line => void printed.push(line),
    progress: () => {},
    environment: {},
    sleep: async () => {},
    random: () => 0.5,
    printed
  };
}

/** A data folder at work: files go in, half-hours come out. */
export class Canopy {
  readonly folder: string;
  readonly effects: ReturnType<typeof fixedEffects>;
  readonly #asked = new Set<string>();

  constructor(folder: string, effects = fixedEffects()) {
    this.folder = folder;
    this.effects = effects;
  }

  /** Brings in one file of these words, as if by hand. */
  async bring(
    name: string,
    text: string | Uint8Array,
    {
      meterPoint = null,
      layout = null,
      feed = "estate-energy"
    }: {meterPoint?: string | null; layout?: string | null; feed?: string} = {}
  ): Promise<LoadRecord> {
    const path = join(this.folder, name);
    await writeFile(path, text);
    const {loads, known} = await this.#open(warehouse =>
      ingest(
        warehouse,
        {dataFolder: this.folder, feeds: [feed], files: [path], layout, meterPoint, isReplay: false},
        1,
        this.effects
      )
    );
    const load = loads[0] ?? known[0]?.load;
    if (!load) throw new Error(`nothing came of ${name}`);
    return load;
  }

  /** Takes in what is in the inbox of these feeds, in one run. */
  async takeIn(feeds: readonly string[]): Promise<readonly LoadRecord[]> {
    const {loads} = await this.#open(warehouse =>
      ingest(
        warehouse,
        {dataFolder: this.folder, feeds, files: [], layout: null, meterPoint: null, isReplay: false},
        1,
        this.effects
      )
    );
    return loads;
  }

  /** Reads the archive again where layouts have changed. */
  async replay(): Promise<readonly LoadRecord[]> {
    const {loads} = await this.#open(warehouse =>
      ingest(
        warehouse,
        {dataFolder: this.folder, feeds: [], files: [], layout: null, meterPoint: null, isReplay: true},
        1,
        this.effects
      )
    );
    return loads;
  }

  async decide(load: number, decision: Verdict, why: string, scope?: Scope): Promise<void> {
    await this.#open(warehouse => decide(warehouse, this.folder, load, decision, why, this.effects, scope));
  }

  /** Rows of the live warehouse. */
  async live<T extends object = SqlRow>(sql: string): Promise<T[]> {
    return this.#open(({connection}) => connection.rows<T>(sql));
  }

  /**
   * Builds the marts that this and earlier questions name, with all they are made from, and every model where none is named; then rows of the published
   * marts. `inputs` changes what the build reads besides the warehouse.
   */
  async ask<T extends object = SqlRow>(sql: string, inputs: (read: Inputs) => Inputs = read => read): Promise<T[]> {
    const config = await readConfig(this.folder, this.effects.now());
    const given = inputs(await readInputs(this.folder));
    const asked = this.#askedOf(sql, given.models);
    await this.#open(async warehouse => {
      const models = asked.length === 0 ? given.models : await withAncestors(warehouse.connection, given.models, asked);
      const {failures} = await build(warehouse, config, {...given, models});
      if (failures[0] !== undefined) throw new ModelError(failures[0].reason);
    });
    return withPublished(this.folder, async connection => {
      if (asked.length === 0 || asked.includes("marts.meter_days")) await unseenSlotsHoldNothing(connection);
      return connection.rows<T>(sql);
    });
  }

  /** The marts that this question names and those named before it, so that questions in turn do not build in turn; none where it names none. */
  #askedOf(sql: string, models: readonly Model[]): string[] {
    const named = (sql.match(/\bmarts\.\w+/g) ?? []).filter(name => models.some(model => nameOf(model) === name));
    for (const name of named) this.#asked.add(name);
    return named.length === 0 ? [] : [...this.#asked];
  }

  /** What is held now of a meter point's day, by settlement period: kWh, `e` after an estimate, `-` where nothing is held. */
  async day(meterPoint: string, date: string): Promise<string[]> {
    const [row] = await this.ask<{kwh: number[]; present: bigint; estimated: bigint; periods: number}>(
      `select kwh, present, estimated, periods from marts.meter_days where meter_point_id = '${meterPoint}' and channel = 'import' and settlement_date = '${date}'`
    );
    if (row === undefined) return [];
    const at = (mask: bigint, slot: number) => ((mask >> BigInt(slot)) & 1n) === 1n;
    return row.kwh
      .slice(0, row.periods)
      .map((kwh, slot) => (at(row.present, slot) ? `${kwh}${at(row.estimated, slot) ? "e" : ""}` : "-"));
  }

  async #open<T>(work: (warehouse: Warehouse) => Promise<T>): Promise<T> {
    const warehouse = await openTestWarehouse(this.folder);
    try {
      return await work(warehouse);
    } finally {
      await warehouse.close();
    }
  }
}

/** A slot whose bit is not set must hold zero, or totals would count what is not held. */
async function unseenSlotsHoldNothing(connection: Connection): Promise<void> {
  const broken = await connection.rows(
    `select meter_point_id, settlement_date from marts.meter_days
     where len(list_filter(range(50), slot -> (present >> slot::ubigint) & 1 = 0 and kwh[slot + 1] <> 0)) > 0`
  );
  if (broken.length > 0) throw new Error(`slots that are not held hold something: ${JSON.stringify(broken)}`);
}
