import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per figure that others publish, as it was last told; what it said before stays in raw. */
export const observations = defineMart({
  name: "observations",
  isOpenData: false,
  row: z.strictObject({
    series: z.string(),
    /** Which part of the series; "" where it has none. */
    item: z.string(),
    /** An ONS code, or the publisher's own name of the place; "" for the whole country. */
    area: z.string(),
    /** UTC, or the date itself where the period is a day or longer. */
    starts_at: z.date(),
    period: z.string(),
    /** Null where the publisher has none or suppresses it. */
    quantity: z.number().nullable(),
    unit: z.string(),
    status: z.string(),
    provider: z.string()
  })
});
export type Observed = Row<typeof observations>;
