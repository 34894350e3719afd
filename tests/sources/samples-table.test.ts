import {copyFile, readdir} from "node:fs/promises";
import {join, relative} from "node:path";
import {expect, test} from "vitest";
import {ingest} from "../../src/ingest/ingest.ts";
import type {LoadRecord} from "../../src/ingest/ledger.ts";
import type {Warehouse} from "../../src/warehouse/warehouse.ts";
import {fixedEffects} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {hasRealData, samplePath} from "../support/real-data.ts";
import {expectGenerated, markdownTable} from "../support/sources-readme.ts";
import {openTestWarehouse} from "../support/warehouse.ts";

const samples = samplePath("");

/** What a council would say of a file that does not say it: its meter, its layout, or by its name what is in it. */
const said: Readonly<Record<string, {readonly meterPoint?: string; readonly layout?: string; readonly name?: string}>> =
  {
    "octopus/consumption_page1.json": {meterPoint: "1600000000010", layout: "octopus-consumption"},
    "glowmarkt/readings_pt30m.json": {meterPoint: "1600000000010"},
    "team_sigma_non_periodic_reads.csv": {name: "sigma-reads-kWh.csv"},
    "samsara_vehicle_fuel_energy.json": {name: "samsara-2026-06-22-2026-06-23.json"},
    "desnz_renewable_la_rendered_to_csv.csv": {name: "LA - Generation, 2024.csv"},
    "epc_export_csv_domestic.csv": {name: "domestic-E08000007.csv"},
    "enphase_production_meter_telemetry.json": {meterPoint: "solar-depot"},
    "rbee_smart_data_head.json.txt": {meterPoint: "solar-depot"},
    "solaredge_energy_details.json": {meterPoint: "solar-depot"},
    "solis_inverter_day_trimmed.json": {meterPoint: "solar-depot"}
  };

const totals = (load: number) => `
  select unit || ' ' || channel as what, round(sum(list_sum(quantity)), 3)::varchar as amount
  from raw.meter_days where load_id = ${load} group by all
  union all select 'l of ' || product_code, sum(quantity)::varchar from raw.fuel_transactions where load_id = ${load} group by product_code
  union all select 'l ' || movement, sum(litres)::varchar from raw.tank_movements where load_id = ${load} group by movement
  union all select 'kWh charged ' || place, sum(energy_kwh)::varchar from raw.charging_sessions where load_id = ${load} group by place
  union all select 'km ' || fleet, sum(distance_km)::varchar from raw.journeys where load_id = ${load} group by fleet
  union all select 'vehicles', count(*)::varchar from raw.vehicle_facts where load_id = ${load} having count(*) > 0
  union all select unit || ' at register ' || meter_key || ' ' || register, string_agg(value::varchar, ', ' order by read_at)
    from raw.register_reads where load_id = ${load} group by meter_key, register, unit
  union all select unit || ' billed ' || kind, sum(quantity)::varchar from raw.bills where load_id = ${load} group by unit, kind
  union all select series || ' (' || unit || '), ' || count(*) || ' of them', coalesce(sum(value)::varchar, 'no value')
    from raw.observations where load_id = ${load} group by series, unit
  order by all`;

/** What became of one load, in words. */
async function outcome({connection}: Warehouse, load: LoadRecord): Promise<string> {
  if (load.outcome === "refused")
    return `refused: ${load.reason}${load.difference === null ? "" : ` (${load.difference})`}`;
  const sums = await connection.rows<{what: string; amount: string}>(totals(load.load_id));
  const plain = (amount: string) => amount.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
  const parts = [
    `${load.rows_landed} of ${load.rows_read} landed`,
    ...(load.rows_dropped > 0 ? [`${load.rows_dropped} passed over`] : []),
    ...(load.rows_empty > 0 ? [`${load.rows_empty} empty`] : []),
    ...(load.rows_duplicate > 0 ? [`${load.rows_duplicate} twice`] : []),
    ...(load.rows_rejected + load.cells_rejected > 0 ? [await rejects(connection, load)] : []),
    ...sums.map(({what, amount}) => `${plain(amount)} ${what}`)
  ];
  return parts.join("; ");
}

async function rejects(connection: Warehouse["connection"], {load_id}: LoadRecord): Promise<string> {
  const found = await connection.rows<{rule: string; rows: number}>(
    "select rule, count(*)::integer as rows from ops.rejects where load_id = $1 and outcome = 'rejected' group by rule order by rule",
    [load_id]
  );
  return `rejected ${found.map(({rule, rows}) => `${rows} by "${rule}"`).join(", ")}`;
}

test.skipIf(!hasRealData)(
  "every sample is ingested with its totals or refused with its reason, as src/sources/README.md says",
  async () => {
    const names = (await readdir(samples, {recursive: true, withFileTypes: true}))
      .filter(each => each.isFile() && !/^(SOURCE|README)\.md$/.test(each.name))
      .map(each => join(each.parentPath, each.name))
      .sort();
    expect(names.length).toBeGreaterThan(120);
    const folder = await makeDataFolder();
    const warehouse = await openTestWarehouse(folder);
    const effects = fixedEffects();
    const rows: string[][] = [];
    try {
      for (const file of names) {
        const name = relative(samples, file);
        const end = Object.keys(said).find(each => name.endsWith(each)) ?? "";
        const {meterPoint = null, layout = null, name: called} = said[end] ?? {};
        const brought = called === undefined ? file : join(folder, called);
        if (called !== undefined) await copyFile(file, brought);
        const request = {dataFolder: folder, feeds: [], files: [brought], layout, meterPoint, isReplay: false};
        const {loads, known} = await ingest(warehouse, request, 1, effects);
        const all = [...loads, ...known.flatMap(({load}) => (load === null ? [] : [load]))];
        for (const load of all)
          rows.push([
            called === undefined ? name : `${name}, called ${called}`,
            load.layout === null ? "" : `\`${load.layout}\``,
            `${load.file_name.includes(" › ") ? `${load.file_name.split(" › ").slice(1).join(" › ")}: ` : ""}${loads.includes(load) ? "" : "the same bytes as one before: "}${await outcome(warehouse, load)}`
          ]);
        if (all.length === 0) rows.push([name, "", "nothing came of it"]);
      }
    } finally {
      await warehouse.close();
    }
    expect(rows.filter(([, , what]) => what === "nothing came of it")).toEqual([]);
    await expectGenerated("samples", markdownTable(["sample", "read as", "what comes of it"], rows));
  }
);
