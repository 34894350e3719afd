import {createHash} from "node:crypto";
import {namesOf, type Registers} from "../council/registers.ts";
import type {References} from "../reference/references.ts";
import type {Connection} from "../warehouse/connection.ts";
import {insertRows} from "../warehouse/insert-rows.ts";

/** What is known of a meter besides its readings, under each name that files give it. */
interface Facts {
  readonly meter_key: string;
  readonly meter: string;
  readonly energy: string;
  /** Which way its energy flows, where a register says so and not its files. One number may stand for both ways of a supply: then files say which is which. */
  readonly flow: "generation" | "export" | null;
  /** What its readings are in where files do not say. */
  readonly unit: string | null;
  /** What is typical of a building of its kind and size, kWh a day; null where nothing says, or it was at several sites that differ. */
  readonly benchmark: number | null;
}

const shape = {
  meter_key: "VARCHAR",
  meter: "VARCHAR",
  energy: "VARCHAR",
  flow: "VARCHAR",
  unit: "VARCHAR",
  benchmark: "DOUBLE"
};

/** Makes `trial_facts` and `trial_units`: what the council's registers and the reference tables say of meters and units. */
export async function loadFacts(
  connection: Connection,
  registers: Registers | null,
  {units, gasConversions, benchmarks}: References
): Promise<void> {
  await connection.run(
    "create or replace temp table trial_facts (meter_key varchar, meter varchar, energy varchar, flow varchar, unit varchar, benchmark double)"
  );
  await insertRows(connection, "trial_facts", shape, registers === null ? [] : factsOf(registers, benchmarks));
  const [gas] = gasConversions;
  await connection.run("create or replace temp table trial_units (unit varchar, kwh_per_unit double)");
  await insertRows(
    connection,
    "trial_units",
    {unit: "VARCHAR", measures: "VARCHAR", amount: "DOUBLE", correction: "DOUBLE", calorific: "DOUBLE"},
    units.map(({unit, measures, amount}) => ({
      ...{unit, measures, amount},
      ...{correction: gas?.volume_correction, calorific: gas?.calorific_value_mj_per_m3}
    })),
    {unit: "r.unit", kwh_per_unit: "kwh_per_unit(r.measures, r.amount, r.correction, r.calorific)"}
  );
}

const daysOfYear = 365;

/** A row for each name; a meter has several rows where it went to another site. */
function factsOf(
  {sites, meterPoints, metering, generationAssets}: Registers,
  benchmarks: References["benchmarks"]
): Facts[] {
  const typical = new Map(benchmarks.flatMap(row => row.site_kinds.map(kind => [kind, row] as const)));
  const generating = new Set(generationAssets.map(({generation_meter_id}) => generation_meter_id));
  const exporting = new Set(generationAssets.map(({export_meter_point_id}) => export_meter_point_id));
  const facts = new Map<string, Facts>();
  for (const point of meterPoints) {
    const site = sites.find(({site_id}) => site_id === point.site_id);
    const usual = typical.get(site?.kind ?? "");
    const perArea = point.energy === "electricity" ? usual?.electricity_kwh_per_m2 : usual?.fossil_thermal_kwh_per_m2;
    const area = site?.floor_area_m2 ?? null;
    const flow: Facts["flow"] = generating.has(point.meter_point_id)
      ? "generation"
      : exporting.has(point.meter_point_id)
        ? "export"
        : null;
    const unit = metering.meters.find(({meter_point_id}) => meter_point_id === point.meter_point_id)?.unit ?? null;
    const benchmark = area === null || perArea === undefined ? null : (Number(perArea) * area) / daysOfYear;
    for (const meter_key of namesOf(point)) {
      const isOfOneSite = !facts.has(meter_key) || facts.get(meter_key)?.benchmark === benchmark;
      const fact = {meter_key, meter: point.meter_point_id, energy: point.energy, flow, unit};
      facts.set(meter_key, {...fact, benchmark: isOfOneSite ? benchmark : null});
    }
  }
  return [...facts.values()];
}

/** Changes when anything does that a judgement of a meter rests on besides its readings. */
export const digestOf = (...parts: readonly unknown[]) =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
