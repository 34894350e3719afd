import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per site and day of the lives of its water meters. */
export const siteWaterDaily = defineMart({
  name: "site_water_daily",
  isOpenData: true,
  row: z.strictObject({
    site_id: z.string(),
    site_name: z.string(),
    settlement_date: z.date(),
    /** m³; null where nothing is known of the day. */
    m3: z.number().nullable(),
    estimated_m3: z.number().nullable(),
    expected_half_hours: z.int(),
    /** Read, or inside a period that reads, bills or files state. */
    known_half_hours: z.int(),
    /** Read by the half-hour. */
    present_half_hours: z.int(),
    /** What bills charge for the day, whatever is counted. */
    billed_m3: z.number().nullable(),
    /** In the quietest half-hour from 02:00 to 04:00, litres an hour; null where the night was not read whole. */
    night_l_per_h: z.number().nullable()
  })
});
export type SiteWaterDaily = Row<typeof siteWaterDaily>;
