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
    /** Null where a source is not of one site. */
    site_id: z.string().nullable(),
    site_name: z.string().nullable(),
    site_kind: z.string().nullable(),
    /** Null where the factors are not yet published. */
    scope: z.enum(["1", "2", "3", "outside"]).nullable(),
    basis: z.enum(["location"]),
    lifecycle_stage: z.string().nullable(),
    /** Parts the well-to-tank of generation from that of transmission and distribution, and what is biogenic; `factors not yet published` where there is a quantity alone. */
    line: z.string(),
    emission_source: z.string(),
    activity: z.string(),
    quantity: z.number(),
    unit: z.string(),
    /** Null outside of scopes, which is never added to a total, and where the factors are not yet published. */
    emissions_t_co2e: z.number().nullable(),
    /** By gas, where the set publishes it. */
    emissions_t_co2: z.number().nullable(),
    emissions_ch4_t_co2e: z.number().nullable(),
    emissions_n2o_t_co2e: z.number().nullable(),
    /** Null for what was generated and used on site, which has no factor: it is zero. */
    factor_set: z.int().nullable(),
    gwp_basis: z.enum(["AR4", "AR5"]).nullable(),
    /** Whether the factor is second-hand or stands in for one that is not in hand. */
    is_provisional: z.boolean(),
    /** The part of the quantity that rests on estimated reads. */
    estimated_quantity: z.number(),
    activity_data: z.enum([
      "half-hourly reads",
      "meter reads and bills",
      "fuel cards",
      "fuel tanks",
      "fuel cards and tanks",
      "charging sessions",
      "mileage claims",
      "annual return"
    ])
  })
});
export type MonthlyEmissions = Row<typeof monthlyEmissions>;
