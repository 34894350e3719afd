import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** The weather that a site is judged by: a row for each site that has a station in reach. */
export const siteWeather = defineMart({
  name: "site_weather",
  isOpenData: false,
  row: z.strictObject({
    site_id: z.string(),
    station_id: z.string(),
    station_name: z.string(),
    /** By the great circle; null where the site or the station says no place. */
    distance_km: z.number().nullable(),
    /** Above the sea. */
    height_m: z.number().nullable(),
    /** Of the last 365 days: those with a temperature, and the longest run without. */
    known_days: z.int(),
    longest_gap_days: z.int(),
    last_day: z.date().nullable(),
    base_c: z.number(),
    /** Degree days of the known days: by each day's mean (as CalTRACK), and by the hour where each of them has hours. */
    mean_degree_days: z.number().nullable(),
    hourly_degree_days: z.number().nullable(),
    /** Of the 365 days before. */
    known_days_before: z.int(),
    mean_degree_days_before: z.number().nullable()
  })
});
export type SiteWeather = Row<typeof siteWeather>;
