import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/**
 * One row per solar array and month: kWh for each kW of its capacity (kWp), beside what its area made for each kWp in the same half-hours. Their ratio is the relative
 * yield; a performance ratio it is not, since no irradiance is measured. Null below the share of half-hours from which a month is whole.
 */
export const solarYields = defineMart({
  name: "solar_yields",
  isOpenData: true,
  row: z.strictObject({
    month: z.date(),
    /** 2025 is April 2025 to March 2026. */
    reporting_year: z.int(),
    asset_id: z.string(),
    site_id: z.string(),
    site_name: z.string(),
    capacity_kw: z.number(),
    /** As PV_Live names it; null where none is held. */
    area: z.string().nullable(),
    expected_half_hours: z.int(),
    known_half_hours: z.int(),
    /** Days at zero that are doubted and not counted: what an array that is out looks like. */
    days_at_zero: z.int(),
    kwh_per_kwp: z.number().nullable(),
    area_kwh_per_kwp: z.number().nullable(),
    relative_yield: z.number().nullable(),
    /** The middle of the months of the year before; null of fewer than six. */
    usual_relative_yield: z.number().nullable(),
    /** What its area made times its usual share of that, where that is known; and whether it made clearly less. */
    expected_kwh_per_kwp: z.number().nullable(),
    is_low: z.boolean().nullable(),
    /** What was used on site of what was made, where export is metered. */
    self_consumption_share: z.number().nullable(),
    /** Upper decile of its days, and of the same month in all years before. A month without a clear day reads low. */
    clear_day_kwh_per_kwp: z.number().nullable(),
    usual_clear_day_kwh_per_kwp: z.number().nullable()
  })
});
export type SolarYield = Row<typeof solarYields>;
