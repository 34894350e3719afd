import {z} from "zod";
import {energyOrHeat, quantity} from "../../domain/energy.ts";
import {defineMart, type Row} from "../mart.ts";

/** One row per site, energy, day type and half-hour of the wall clock: the spread of the last 365 days to the as-of date. */
export const siteLoadProfile = defineMart({
  name: "site_load_profile",
  isOpenData: true,
  row: z.strictObject({
    site_id: z.string(),
    site_name: z.string(),
    energy: energyOrHeat,
    /** The same for every row of a site and energy. */
    quantity,
    day_type: z.enum(["Monday to Friday", "Saturday", "Sunday"]),
    clock_half_hour: z.int(),
    p10_kw: z.number(),
    median_kw: z.number(),
    p90_kw: z.number(),
    days: z.int(),
    /** Median of the daily base load (site_energy_daily); null where no night is. */
    base_load_kw: z.number().nullable(),
    from_date: z.date(),
    to_date: z.date()
  })
});
export type SiteLoadProfile = Row<typeof siteLoadProfile>;
