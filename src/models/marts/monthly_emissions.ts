import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per boundary, month, site, scope, basis, line and emission source. */
export const monthlyEmissions = defineMart({
  name: "monthly_emissions",
  isOpenData: true,
  row: z.strictObject({
    boundary: z.enum(["own operations"]),
    /** 2025 is April 2025 to March 2026. */
    reporting_year: z.int(),
    month: z.date(),
    site_id: z.string(),
    site_name: z.string(),
    scope: z.enum(["1", "2", "3", "outside"]),
    basis: z.enum(["location"]),
    lifecycle_stage: z.string().nullable(),
    /** Parts the well-to-tank of generation from that of transmission and distribution, and what is biogenic. */
    line: z.string(),
    emission_source: z.string(),
    activity: z.string(),
    quantity: z.number(),
    unit: z.string(),
    /** Null outside of scopes, which is never added to a total. */
    emissions_t_co2e: z.number().nullable(),
    /** By gas, where the set publishes it. */
    emissions_t_co2: z.number().nullable(),
    emissions_ch4_t_co2e: z.number().nullable(),
    emissions_n2o_t_co2e: z.number().nullable(),
    factor_set: z.int(),
    gwp_basis: z.enum(["AR4", "AR5"]),
    /** Whether the factor is second-hand or stands in for one that is not in hand. */
    is_provisional: z.boolean(),
    /** The part of the quantity that rests on estimated reads. */
    estimated_quantity: z.number()
  })
});
export type MonthlyEmissions = Row<typeof monthlyEmissions>;
