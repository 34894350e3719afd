import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per site and day of the lives of its heat meters. */
export const siteHeatDaily = defineMart({
  name: "site_heat_daily",
  isOpenData: true,
  row: z.strictObject({
    site_id: z.string(),
    site_name: z.string(),
    settlement_date: z.date(),
    /** kWh of heat; null where nothing is known of the day. */
    heat_kwh: z.number().nullable(),
    estimated_heat_kwh: z.number().nullable(),
    expected_half_hours: z.int(),
    /** Read, or inside a period that reads, bills or files state. */
    known_half_hours: z.int(),
    /** Read by the half-hour. */
    present_half_hours: z.int(),
    /** Of these, estimated. */
    estimated_half_hours: z.int(),
    /** What bills charge for the day, whatever is counted. */
    billed_heat_kwh: z.number().nullable()
  })
});
export type SiteHeatDaily = Row<typeof siteHeatDaily>;
