import {readFile} from "node:fs/promises";
import {fileURLToPath} from "node:url";
import {z} from "zod";
import {parseRegister} from "../../src/csv.ts";

export const referenceFolder = fileURLToPath(new URL("../../data/reference/", import.meta.url));

const kg = z.coerce.number().nonnegative().nullable();
const factorSchema = z.strictObject({
  factor_set: z.coerce.number().int().min(2018).max(2026),
  set_version: z.string().nullable(),
  activity: z.string(),
  unit: z.enum(["kWh", "l", "m3", "t"]),
  lifecycle_stage: z.enum(["combustion", "generation", "transmission_distribution", "well_to_tank"]).nullable(),
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
  stand_in: z.string().nullable(),
  note: z.string().nullable()
});

const changeSchema = z.strictObject({
  activity: z.string(),
  line: z.string(),
  unit: z.string(),
  from_set: z.coerce.number().int(),
  to_set: z.coerce.number().int(),
  change_percent: z.coerce.number(),
  reason: z.string().min(20),
  kind: z.enum(["grid or fuel", "method or lag", "GWP set"]).nullable(),
  source: z.string().min(1),
  who_could_explain: z.string().nullable()
});

export type FactorRow = z.infer<typeof factorSchema>;
export type ChangeRow = z.infer<typeof changeSchema>;

export const readFactorTable = () => readRows("emission-factors.csv", factorSchema);
export const readChanges = () => readRows("factor-changes.csv", changeSchema);

async function readRows<T>(file: string, schema: z.ZodType<T>): Promise<T[]> {
  const text = await readFile(`${referenceFolder}${file}`, "utf8");
  return parseRegister(text).map(({line, cells}) => {
    const result = schema.safeParse(cells);
    if (!result.success) throw new Error(`${file}, row ${line}: ${z.prettifyError(result.error)}`);
    return result.data;
  });
}

/** What names a factor within its set. */
export const keyOf = ({activity, line, unit}: {activity: string; line: string; unit: string}) =>
  `${activity} ${line} ${unit}`;

/** The figure a change is measured on: CO2e, and outside of scopes CO2. */
export function figureOf({kg_co2e_per_unit, kg_co2_per_unit}: FactorRow): number {
  const figure = kg_co2e_per_unit ?? kg_co2_per_unit;
  if (figure === null) throw new Error("a row without a figure");
  return figure;
}

/** The figures of a row by gas, as the reader names them. */
export const kgOf = (row: FactorRow) => ({
  co2e: row.kg_co2e_per_unit,
  co2: row.kg_co2_per_unit,
  ch4: row.kg_ch4_co2e_per_unit,
  n2o: row.kg_n2o_co2e_per_unit
});
