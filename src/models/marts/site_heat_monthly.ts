import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per site and month of the lives of its heat meters. */
export const siteHeatMonthly = defineMart({
  name: "site_heat_monthly",
  isOpenData: true,
  row: z.strictObject({
    site_id: z.string(),
    site_name: z.string(),
    month: z.date(),
    /** 2025 is April 2025 to March 2026. */
    reporting_year: z.int(),
    /** kWh of heat; null where nothing is known of the month. */
    heat_kwh: z.number().nullable(),
    estimated_heat_kwh: z.number().nullable(),
    billed_heat_kwh: z.number().nullable(),
    /** Days of the month in the lives of its meters up to the as-of date, those that are known whole, and those that bills charge for. */
    days: z.int(),
    whole_days: z.int(),
    billed_days: z.int(),
    expected_half_hours: z.int(),
    known_half_hours: z.int()
  })
});
export type SiteHeatMonthly = Row<typeof siteHeatMonthly>;
