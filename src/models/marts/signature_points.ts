import {z} from "zod";
import {energyOrHeat, quantity} from "../../domain/energy.ts";
import {defineMart, type Row} from "../mart.ts";

/** A day of a site and energy by its temperature. */
export const signaturePoints = defineMart({
  name: "signature_points",
  isOpenData: false,
  row: z.strictObject({
    site_id: z.string(),
    site_name: z.string(),
    energy: energyOrHeat,
    quantity,
    settlement_date: z.date(),
    opening: z.enum(["open", "weekend", "holiday"]),
    /** Mean of the day. */
    celsius: z.number(),
    kw: z.number(),
    /** Whether its signature is fitted to it; else it is newer. */
    is_fitted: z.boolean(),
    /** What its signature says of a day so warm; null where it may not be shown. */
    signature_kw: z.number().nullable(),
    /** What the day took beyond its signature: over the days that it is fitted to, these sum to zero. */
    excess_kwh: z.number().nullable()
  })
});
export type SignaturePoint = Row<typeof signaturePoints>;
