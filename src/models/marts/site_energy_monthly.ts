import {z} from "zod";
import {energy, quantity} from "../../domain/energy.ts";
import {defineMart, type Row} from "../mart.ts";

/** One row per site, energy and calendar month in which at least one read is held. consumption_kwh is null where export alone is. */
export const siteEnergyMonthly = defineMart({
  name: "site_energy_monthly",
  isOpenData: true,
  row: z.strictObject({
    site_id: z.string(),
    site_name: z.string(),
    energy,
    month: z.date(),
    /** 2025 is April 2025 to March 2026. */
    reporting_year: z.int(),
    /** Import. */
    consumption_kwh: z.number().nullable(),
    export_kwh: z.number().nullable(),
    estimated_kwh: z.number(),
    /** What half_hourly_kwh and closed_kwh are of: that of most days of the month; days of the other are in neither. */
    quantity: quantity.nullable(),
    half_hourly_kwh: z.number().nullable(),
    /** Null where the site's hours are not known. */
    closed_kwh: z.number().nullable(),
    expected_half_hours: z.int(),
    present_half_hours: z.int(),
    estimated_half_hours: z.int()
  })
});
export type SiteEnergyMonthly = Row<typeof siteEnergyMonthly>;
