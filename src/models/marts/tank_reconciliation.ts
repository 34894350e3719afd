import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per tank and month: a check on the dispenses, of which alone the inventory is made. No vehicle is named. */
export const tankReconciliation = defineMart({
  name: "tank_reconciliation",
  isOpenData: false,
  row: z.strictObject({
    provider: z.string(),
    tank: z.string(),
    month: z.date(),
    products: z.string(),
    /** In the month. */
    delivered_l: z.number(),
    /** In the month. */
    dispensed_l: z.number(),
    /** The last dip before the month, else its first; null where there is none. */
    opened_on: z.date().nullable(),
    opening_dip_l: z.number().nullable(),
    /** The last dip in the month; null where there is none. */
    closed_on: z.date().nullable(),
    closing_dip_l: z.number().nullable(),
    /** Null without two dips. */
    delivered_between_dips_l: z.number().nullable(),
    dispensed_between_dips_l: z.number().nullable(),
    /** What should be there less what is: above nought is fuel that is missing, below nought fuel that came from nowhere. */
    difference_l: z.number().nullable(),
    /** Of what was dispensed between the dips; null where nothing was. */
    difference_share: z.number().nullable(),
    /** Beyond 0.5 % of what was dispensed. Null is not known. */
    is_beyond_tolerance: z.boolean().nullable()
  })
});
export type TankReconciliation = Row<typeof tankReconciliation>;
