import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per unmetered supply and reporting year in which items of its inventory stood, up to the as-of date. */
export const unmeteredCheck = defineMart({
  name: "unmetered_check",
  isOpenData: true,
  row: z.strictObject({
    meter_point_id: z.string(),
    reporting_year: z.int(),
    /** Half-hourly data of the meter administrator, else bills, on the days of the inventory; null where neither is held. */
    counted_kwh: z.number().nullable(),
    /** Items × circuit watts ÷ 1000 × burning hours a year, for the share of the year's days in life and up to the as-of date. */
    inventory_kwh: z.number(),
    /** What is counted above (or below) the inventory, as a share of it. Half-hours that are missing make it low. */
    difference_share: z.number().nullable(),
    missing_half_hours: z.int()
  })
});
export type UnmeteredCheck = Row<typeof unmeteredCheck>;
