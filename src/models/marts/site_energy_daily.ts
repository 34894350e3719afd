import {z} from "zod";
import {energy, quantity} from "../../domain/energy.ts";
import {defineMart, type Row} from "../mart.ts";

/** One row per site, energy and local day on which at least one read is held. */
export const siteEnergyDaily = defineMart({
  name: "site_energy_daily",
  isOpenData: true,
  row: z.strictObject({
    site_id: z.string(),
    site_name: z.string(),
    energy,
    settlement_date: z.date(),
    /** Import: sum of the reads held; missing half-hours add nothing and are counted beside. Null on a day of which export alone is held. */
    consumption_kwh: z.number().nullable(),
    export_kwh: z.number().nullable(),
    estimated_kwh: z.number(),
    /** What the columns from here to the base loads are of; null where no half-hour is held of every meter. */
    quantity: quantity.nullable(),
    /** Sum of the half-hours that are held of every meter: what closed_kwh is a part of. */
    half_hourly_kwh: z.number().nullable(),
    /** While the site is closed by its hours and calendar, and not lent; null where its hours are not known. */
    closed_kwh: z.number().nullable(),
    /** While the site is lent outside its hours. */
    community_kwh: z.number().nullable(),
    /** Open, or why it is not: weekend is a day of the week on which it is usually closed. Null where its hours are not known. */
    day_class: z.enum(["open", "weekend", "bank holiday", "holiday", "closed"]).nullable(),
    /** Mean power from 00:00 to 04:00 on the wall clock; null where a half-hour of it is missing. */
    base_load_kw: z.number().nullable(),
    /** A check: twice the mean of the eight lowest half-hours; null on a day that is not complete. */
    base_load_eight_lowest_kw: z.number().nullable(),
    expected_half_hours: z.int(),
    present_half_hours: z.int(),
    estimated_half_hours: z.int()
  })
});
export type SiteEnergyDaily = Row<typeof siteEnergyDaily>;
