import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per site whose gas, or else whose heat, is read half-hourly and month: when heating starts on its open days, in hours of the wall clock (6.5 is 06:30). */
export const heatingStarts = defineMart({
  name: "heating_starts",
  isOpenData: false,
  row: z.strictObject({
    month: z.date(),
    site_id: z.string(),
    site_name: z.string(),
    days: z.int(),
    start_hour: z.number(),
    opening_hour: z.number(),
    hours_before: z.number(),
    /** Null where no weather is held. */
    mean_celsius: z.number().nullable(),
    /** Of days that are not cold; null where there was none. */
    hours_before_on_mild_days: z.number().nullable(),
    mild_days: z.int()
  })
});
export type HeatingStart = Row<typeof heatingStarts>;
