import {z} from "zod";
import {energyOrHeat, quantity} from "../../domain/energy.ts";
import {defineMart, type Row} from "../mart.ts";

/**
 * One row per site, energy, local day and half-hour of the wall clock (0 is 00:00–00:30), for the last 365 days to the as-of date.
 * All of a site's rows are of one quantity, that of most of its days; power is null on days of the other.
 * The hour that does not happen in spring has no row with a read; the hour that happens twice in autumn shows its mean.
 * For shapes: totals come from site_energy_daily.
 */
export const siteHalfHourly = defineMart({
  name: "site_half_hourly",
  isOpenData: false,
  row: z.strictObject({
    site_id: z.string(),
    site_name: z.string(),
    energy: energyOrHeat,
    /** The same for every row of a site and energy. */
    quantity,
    settlement_date: z.date(),
    clock_half_hour: z.int(),
    power_kw: z.number().nullable(),
    is_estimated: z.boolean()
  })
});
export type SiteHalfHourly = Row<typeof siteHalfHourly>;
