import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per site and month of the lives of its water meters. */
export const siteWaterMonthly = defineMart({
  name: "site_water_monthly",
  isOpenData: true,
  row: z.strictObject({
    site_id: z.string(),
    site_name: z.string(),
    month: z.date(),
    /** 2025 is April 2025 to March 2026. */
    reporting_year: z.int(),
    /** m³; null where nothing is known of the month. */
    m3: z.number().nullable(),
    estimated_m3: z.number().nullable(),
    billed_m3: z.number().nullable(),
    /** Days of the month in the lives of its meters up to the as-of date, those that are known whole, and those that bills charge for. */
    days: z.int(),
    whole_days: z.int(),
    billed_days: z.int(),
    expected_half_hours: z.int(),
    known_half_hours: z.int(),
    /** The middle of its nights. */
    night_l_per_h: z.number().nullable()
  })
});
export type SiteWaterMonthly = Row<typeof siteWaterMonthly>;
