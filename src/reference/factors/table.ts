import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import {column, date, inFileOnly, oneOf, optional, type RowOf, text} from "../../council/columns.ts";
import {defineRegister, loadRegister, rowsOf} from "../../council/register.ts";
import {CheckError} from "../../errors.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {breachesOf, implausibleLosses, readLimits} from "./checks.ts";
import {factorsUsed} from "./factors-used.ts";
import {type FactorsHeld, keyOf, mergeFactors} from "./merge.ts";

const kg = (description: string) => optional(column("double", z.coerce.number().nonnegative(), description));
const set = z.coerce.number().int().min(2018);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** The government's factors, one of one set a row. */
export const emissionFactors = defineRegister({
  file: "emission-factors.csv",
  description:
    "One factor of one set: kg per unit as published, by gas where published. Outside of scopes has carbon dioxide alone.",
  table: "reference.emission_factors",
  key: ["factor_set", "activity", "line", "unit"],
  keyWords: "a factor",
  columns: {
    factor_set: column("integer", set, "The year that the set is of."),
    set_version: inFileOnly(optional(text("The version of the set."))),
    activity: text("What is done, such as electricity."),
    unit: oneOf(["kWh", "l", "m3", "t", "km"], "What it is by."),
    lifecycle_stage: optional(
      oneOf(["combustion", "generation", "transmission_distribution", "well_to_tank"], "The stage it is of.")
    ),
    line: text(
      "Parts the well-to-tank of generation from that of transmission and distribution, and what is biogenic."
    ),
    scope: oneOf(["1", "2", "3", "outside"], "Its scope."),
    kg_co2e_per_unit: kg("kg CO₂e."),
    kg_co2_per_unit: kg("kg CO₂."),
    kg_ch4_co2e_per_unit: kg("kg CO₂e of methane."),
    kg_n2o_co2e_per_unit: kg("kg CO₂e of nitrous oxide."),
    calorific_basis: inFileOnly(optional(oneOf(["gross", "net"], "The calorific value it is by."))),
    gwp_basis: oneOf(["AR4", "AR5"], "Whose warming potentials."),
    valid_from: inFileOnly(date("The first day of its year.")),
    valid_to: inFileOnly(date("The last day of its year.")),
    publisher: inFileOnly(oneOf(["BEIS", "DESNZ"], "Who published it.")),
    source: text("The workbook and its row."),
    source_sha256: inFileOnly(column("varchar", sha256, "The sha-256 of the file it was read from.")),
    held_as: inFileOnly(oneOf(["workbook", "republication"], "What it was read from.")),
    confirmation: oneOf(["official", "provisional"], "Whether it is the government's own."),
    stand_in: optional(text("The set whose figure stands here because this one's is not in hand.")),
    note: inFileOnly(optional(text("What to know of it.")))
  }
});

export const factorSchema = emissionFactors.schema;

export type Factor = RowOf<typeof emissionFactors.columns>;

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
  ofProduct ??= readFile(productTable, "utf8").then(table => factorsIn(table, emissionFactors.file));
  return ofProduct;
}

/** The factors of the council's own table; none where there is no such file. */
export async function readCouncilFactors(dataFolder: string): Promise<Factor[]> {
  const table = await readFile(councilTable(dataFolder), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return emissionFactors.header;
    throw error;
  });
  return factorsIn(table, `council/${emissionFactors.file}`);
}

/**
 * Rows of a table of factors. A CheckError names file, row and what is wrong: another scope than canopy's own, one factor twice, gases that do not sum, more CO2
 * than CO2e, losses of electricity that cannot be.
 */
async function factorsIn(table: string, file: string): Promise<Factor[]> {
  const limits = await readLimits();
  const factors = rowsOf(emissionFactors, table, file).map(({fileRow, ...factor}) => {
    if (!isUsed(factor))
      throw new CheckError(`${file}, row ${fileRow}: no factor that canopy uses: ${keyOf(factor)}, ${factor.scope}`);
    const [breach] = breachesOf(factor, limits);
    if (breach !== undefined) throw new CheckError(`${file}, row ${fileRow}: ${keyOf(factor)}: not so: ${breach}`);
    return factor;
  });
  const [losses] = implausibleLosses(factors, limits);
  if (losses !== undefined) throw new CheckError(`${file}: ${losses}`);
  return factors;
}

const isUsed = ({activity, unit, line, scope}: Factor) =>
  factorsUsed.some(
    used => used.activity === activity && used.unit === unit && used.line === line && used.scope === scope
  );

/** Puts the factors into the schema `reference` of the connection's scratch database. */
export async function loadFactors(connection: Connection, factors: readonly Factor[]): Promise<void> {
  await loadRegister(connection, emissionFactors, factors);
}
