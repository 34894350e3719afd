import {readFile} from "node:fs/promises";
import {z} from "zod";
import {fill} from "../../council/tables.ts";
import {parseRegister} from "../../domain/csv.ts";
import {CheckError} from "../../errors.ts";
import type {Connection} from "../../warehouse/connection.ts";

const kg = z.coerce.number().nonnegative().nullable();

/** One factor of one set: kg per unit as published, by gas where published. Outside of scopes has carbon dioxide alone. */
export const factorSchema = z.strictObject({
  factor_set: z.coerce.number().int().min(2018).max(2026),
  set_version: z.string().nullable(),
  activity: z.string(),
  unit: z.enum(["kWh", "l", "m3", "t", "km"]),
  lifecycle_stage: z.enum(["combustion", "generation", "transmission_distribution", "well_to_tank"]).nullable(),
  /** Parts the well-to-tank of generation from that of transmission and distribution, and what is biogenic. */
  line: z.string(),
  scope: z.enum(["1", "2", "3", "outside"]),
  kg_co2e_per_unit: kg,
  kg_co2_per_unit: kg,
  kg_ch4_co2e_per_unit: kg,
  kg_n2o_co2e_per_unit: kg,
  calorific_basis: z.enum(["gross", "net"]).nullable(),
  gwp_basis: z.enum(["AR4", "AR5"]),
  valid_from: z.iso.date(),
  valid_to: z.iso.date(),
  publisher: z.enum(["BEIS", "DESNZ"]),
  source: z.string().min(1),
  source_sha256: z.string().regex(/^[0-9a-f]{64}$/),
  held_as: z.enum(["workbook", "republication"]),
  confirmation: z.enum(["official", "provisional"]),
  /** The set whose figure stands here because this one's is not in hand. */
  stand_in: z.string().nullable(),
  note: z.string().nullable()
});

export type Factor = z.infer<typeof factorSchema>;

const table = new URL("../../../data/reference/emission-factors.csv", import.meta.url);

/** The government's factors that canopy uses, read and checked. */
export async function readFactors(): Promise<Factor[]> {
  return parseRegister(await readFile(table, "utf8")).map(({line, cells}) => {
    const result = factorSchema.safeParse(cells);
    if (!result.success) throw new CheckError(`emission-factors.csv, row ${line}: ${z.prettifyError(result.error)}`);
    return result.data;
  });
}

/** Puts the factors into the schema `reference` of the connection's scratch database. */
export async function loadFactors(connection: Connection, factors: readonly Factor[]): Promise<void> {
  await fill(
    connection,
    "reference.emission_factors",
    "factor_set integer, activity varchar, unit varchar, lifecycle_stage varchar, line varchar, scope varchar, kg_co2e_per_unit double, kg_co2_per_unit double, kg_ch4_co2e_per_unit double, kg_n2o_co2e_per_unit double, gwp_basis varchar, confirmation varchar, stand_in varchar, source varchar",
    factors
  );
}
