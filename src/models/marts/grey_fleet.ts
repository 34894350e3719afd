import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per month, factor and what was not understood. No employee is named, nor counted. */
export const greyFleet = defineMart({
  name: "grey_fleet",
  isOpenData: true,
  row: z.strictObject({
    month: z.date(),
    /** 2025 is April 2025 to March 2026. */
    reporting_year: z.int(),
    /** `car_petrol` and the like, as the factor table names it; `none` for a bicycle, which burns nothing. */
    activity: z.string(),
    distance_km: z.number(),
    journeys: z.int(),
    /** Which column held words that grey-fleet-kinds.csv does not have, so that an average car stands in; null where none did. */
    unknown_words: z.enum(["vehicle", "fuel", "vehicle and fuel"]).nullable()
  })
});
export type GreyFleet = Row<typeof greyFleet>;
