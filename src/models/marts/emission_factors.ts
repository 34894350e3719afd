import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per factor set, activity, unit and line. */
export const emissionFactors = defineMart({
  name: "emission_factors",
  isOpenData: true,
  row: z.strictObject({
    /** The year in whose name it was published. */
    factor_set: z.int(),
    activity: z.string(),
    unit: z.string(),
    scope: z.enum(["1", "2", "3", "outside"]),
    lifecycle_stage: z.string().nullable(),
    line: z.string(),
    /** Null outside of scopes, and by gas where the set does not publish it. */
    kg_co2e_per_unit: z.number().nullable(),
    kg_co2_per_unit: z.number().nullable(),
    kg_ch4_co2e_per_unit: z.number().nullable(),
    kg_n2o_co2e_per_unit: z.number().nullable(),
    gwp_basis: z.enum(["AR4", "AR5"]),
    confirmation: z.enum(["official", "provisional"]),
    stand_in: z.string().nullable(),
    source: z.string()
  })
});
export type EmissionFactor = Row<typeof emissionFactors>;
