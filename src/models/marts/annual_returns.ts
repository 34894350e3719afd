import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per annual return of the council. */
export const annualReturns = defineMart({
  name: "annual_returns",
  isOpenData: true,
  row: z.strictObject({
    reporting_year: z.int(),
    emission_source: z.string(),
    activity: z.string(),
    unit: z.enum(["kWh", "l", "m3", "t", "km"]),
    returned_quantity: z.number(),
    /** What readings come to; null where there are none. */
    metered_quantity: z.number().nullable(),
    /** In how many months of the year anything was read; null where nothing was. */
    metered_months: z.int().nullable(),
    /** How much more was returned than was metered, as a share of what was metered; null where a month of the year was not read. */
    difference_share: z.number().nullable(),
    /** `inventory`: it stands in the inventory instead of readings; `comparison`: it is in no total. */
    used_for: z.enum(["inventory", "comparison"]),
    source: z.string()
  })
});
export type AnnualReturnRow = Row<typeof annualReturns>;
