import {z} from "zod";
import {energy, quantity} from "../../domain/energy.ts";
import {defineMart, type Row} from "../mart.ts";

/** The last 365 days of a site and energy, beside the year before and the council's own buildings of its kind. */
export const siteYears = defineMart({
  name: "site_years",
  isOpenData: false,
  row: z.strictObject({
    site_id: z.string(),
    site_name: z.string(),
    site_kind: z.string(),
    heated_by: z.string(),
    energy,
    /** What kwh, the closed share, the base load and what is compared are of. */
    quantity: quantity.nullable(),
    /** Whole days that are held, and their share of the year. */
    days: z.int(),
    held_share: z.number(),
    kwh: z.number().nullable(),
    import_kwh: z.number().nullable(),
    /** Of import, at the factors of the reporting year of the as-of date. */
    t_co2e: z.number().nullable(),
    /** Of import, at the rates of now that using less makes less. */
    avoidable_gbp: z.number().nullable(),
    closed_share: z.number().nullable(),
    /** Of the last four weeks, and of the same a year before. */
    base_load_kw: z.number().nullable(),
    base_load_before_kw: z.number().nullable(),
    /** Days that are held in both years, and what they used. */
    days_compared: z.int(),
    kwh_compared: z.number().nullable(),
    kwh_before: z.number().nullable(),
    kwh_per_m2: z.number().nullable(),
    /** Of the year before; null where too little of it is held, as is kwh_per_m2. */
    kwh_per_m2_before: z.number().nullable(),
    /** The middle of the council's own buildings of this kind that are heated alike, how many they are, and the place among them, the lowest use first; no middle of too few. */
    peers_kwh_per_m2: z.number().nullable(),
    /** The middle of their shares while closed. */
    peers_closed_share: z.number().nullable(),
    peers: z.int(),
    place: z.int().nullable(),
    kwh_per_pupil: z.number().nullable(),
    pupils: z.int().nullable()
  })
});
export type SiteYear = Row<typeof siteYears>;
