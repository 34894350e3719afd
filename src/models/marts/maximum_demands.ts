import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/**
 * One row per electricity meter for which a capacity is agreed: its highest half-hour of the last 365 days, in kW, beside that capacity, in kVA. The power factor
 * is not known; kVA are never fewer than kW.
 */
export const maximumDemands = defineMart({
  name: "maximum_demands",
  isOpenData: false,
  row: z.strictObject({
    meter_point_id: z.string(),
    site_id: z.string(),
    site_name: z.string(),
    agreed_capacity_kva: z.number(),
    /** Days of the last 365 that were read whole. */
    whole_days: z.int(),
    /** Null where nothing was read. */
    max_kw: z.number().nullable(),
    /** When that half-hour began, on the wall clock. */
    max_at: z.date().nullable(),
    /** Half-hours in which the kW alone were more than the kVA agreed, and the first and last day of them. */
    half_hours_above: z.int(),
    first_above_on: z.date().nullable(),
    last_above_on: z.date().nullable(),
    /** What a kVA costs a year, by the capacity line of the meter's tariff; null without one. */
    gbp_per_kva_a_year: z.number().nullable(),
    /** How many kVA fewer would have done; null where the year is not known or hardly any would be spared. */
    spare_kva_low: z.number().nullable(),
    spare_kva_high: z.number().nullable()
  })
});
export type MaximumDemand = Row<typeof maximumDemands>;
