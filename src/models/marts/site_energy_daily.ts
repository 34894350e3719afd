import {z} from "zod";
import {energy} from "../../domain/energy.ts";
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
    /** Sum of the reads held; missing half-hours add nothing and are counted beside. Null on a day of which export alone is held. */
    consumption_kwh: z.number().nullable(),
    export_kwh: z.number().nullable(),
    estimated_kwh: z.number(),
    /** Use while the site is closed by its own opening hours; null where those are not known. */
    closed_kwh: z.number().nullable(),
    /** Twice the mean of the eight lowest half-hours; null on a day that is not complete. */
    base_load_kw: z.number().nullable(),
    expected_half_hours: z.int(),
    present_half_hours: z.int(),
    estimated_half_hours: z.int()
  })
});
export type SiteEnergyDaily = Row<typeof siteEnergyDaily>;
