import {z} from "zod";
import {quantity} from "../../domain/energy.ts";
import {defineMart, type Row} from "../mart.ts";

/**
 * One row per site whose kind has a benchmark and whose floor area is known. The rating is a TM46-based estimate, not a certificate: no account is taken
 * of hours or region, and its carbon factors are those of 2008, which hide what a change from gas to electricity saves.
 */
export const siteRatings = defineMart({
  name: "site_ratings",
  isOpenData: true,
  row: z.strictObject({
    site_id: z.string(),
    site_name: z.string(),
    site_kind: z.string(),
    category: z.string(),
    floor_area_m2: z.number(),
    /** What electricity is of: import alone where too little of the site's own use is known, which makes it look better than it is. */
    quantity,
    /** Over the 365 days to the as-of date; null where the site has no such energy. */
    electricity_kwh_per_m2: z.number().nullable(),
    gas_kwh_per_m2: z.number().nullable(),
    typical_electricity_kwh_per_m2: z.number(),
    typical_fossil_thermal_kwh_per_m2: z.number(),
    /** 100 is typical, 200 twice that. Null where too little of the year is read, or the site was not there for all of it. */
    tm46_rating: z.number().nullable(),
    /** Share of the half-hours that should be held which are, read or inside a period known by reads or bills. */
    read_share: z.number().nullable(),
    /** The letter of that: A to 25, B to 50 … F to 150, G above. An estimate, not a certificate. */
    tm46_band: z.enum(["A", "B", "C", "D", "E", "F", "G"]).nullable()
  })
});
export type SiteRating = Row<typeof siteRatings>;
