import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import {fill} from "../../council/tables.ts";
import {parseRegister} from "../../domain/csv.ts";
import {CheckError} from "../../errors.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {factorsUsed} from "./factors-used.ts";
import {type FactorsHeld, keyOf, mergeFactors} from "./merge.ts";

const kg = z.coerce.number().nonnegative().nullable();

/** One factor of one set: kg per unit as published, by gas where published. Outside of scopes has carbon dioxide alone. */
export const factorSchema = z.strictObject({
  factor_set: z.coerce.number().int().min(2018),
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

/** The product's own table. */
export const productTable = new URL("../../../data/reference/emission-factors.csv", import.meta.url);

/** The table of a council that has read a workbook itself; it may be missing. */
export const councilTable = (dataFolder: string) => join(dataFolder, "council", "emission-factors.csv");

/** The government's factors that count for this data folder: the product's, merged row by row with the council's own. @throws CheckError */
export async function readFactors(dataFolder: string): Promise<FactorsHeld> {
  const [product, council] = await Promise.all([readProductFactors(), readCouncilFactors(dataFolder)]);
  return mergeFactors(product, council);
}

/** The product's own table does not change while it runs: it is read once in a process. */
let ofProduct: Promise<Factor[]> | undefined;

/** The factors that the product brings, read and checked. */
export async function readProductFactors(): Promise<Factor[]> {
  ofProduct ??= readFile(productTable, "utf8").then(text => factorsIn(text, "emission-factors.csv"));
  return ofProduct;
}

/** The factors of the council's own table; none where there is no such file. */
export async function readCouncilFactors(dataFolder: string): Promise<Factor[]> {
  const text = await readFile(councilTable(dataFolder), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return factorsIn(text, "council/emission-factors.csv");
}

/** Rows of a table of factors. A CheckError names file, row and what is wrong: another scope than canopy's own, one factor twice. */
function factorsIn(text: string, file: string): Factor[] {
  const seen = new Map<string, number>();
  return parseRegister(text).map(({line, cells}) => {
    const result = factorSchema.safeParse(cells);
    if (!result.success) throw new CheckError(`${file}, row ${line}: ${z.prettifyError(result.error)}`);
    const factor = result.data;
    const [key, first] = [keyOf(factor), seen.get(keyOf(factor))];
    if (first !== undefined) throw new CheckError(`${file}, rows ${first} and ${line} are the same factor: ${key}`);
    seen.set(key, line);
    if (!isUsed(factor))
      throw new CheckError(`${file}, row ${line}: no factor that canopy uses: ${key}, ${factor.scope}`);
    return factor;
  });
}

const isUsed = ({activity, unit, line, scope}: Factor) =>
  factorsUsed.some(
    used => used.activity === activity && used.unit === unit && used.line === line && used.scope === scope
  );

/** Puts the factors into the schema `reference` of the connection's scratch database. */
export async function loadFactors(connection: Connection, factors: readonly Factor[]): Promise<void> {
  await fill(
    connection,
    "reference.emission_factors",
    "factor_set integer, activity varchar, unit varchar, lifecycle_stage varchar, line varchar, scope varchar, kg_co2e_per_unit double, kg_co2_per_unit double, kg_ch4_co2e_per_unit double, kg_n2o_co2e_per_unit double, gwp_basis varchar, confirmation varchar, stand_in varchar, source varchar",
    factors
  );
}
