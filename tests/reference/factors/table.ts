import {readFile} from "node:fs/promises";
import {fileURLToPath} from "node:url";
import {z} from "zod";
import {parseRegister} from "../../../src/domain/csv.ts";
import {type Factor, factorSchema} from "../../../src/reference/factors/table.ts";

export const referenceFolder = fileURLToPath(new URL("../../../data/reference/", import.meta.url));

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

export type FactorRow = Factor;
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
