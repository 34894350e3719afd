import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/**
 * One row per generation asset and month. What was exported is never taken off what was imported; what was used on site is generation less export,
 * half-hour by half-hour, where both are held, and null where export is not metered.
 */
export const renewableGeneration = defineMart({
  name: "renewable_generation",
  isOpenData: true,
  row: z.strictObject({
    month: z.date(),
    /** 2025 is April 2025 to March 2026. */
    reporting_year: z.int(),
    asset_id: z.string(),
    site_id: z.string(),
    site_name: z.string(),
    technology: z.string(),
    capacity_kw: z.number(),
    /** Null in a month of which nothing is held. */
    generation_kwh: z.number().nullable(),
    self_consumption_kwh: z.number().nullable(),
    export_kwh: z.number().nullable(),
    expected_half_hours: z.int(),
    present_half_hours: z.int(),
    /** Half-hours in which generation and export are both held: those that own use speaks of. */
    matched_half_hours: z.int(),
    estimated_half_hours: z.int()
  })
});
export type RenewableGeneration = Row<typeof renewableGeneration>;
