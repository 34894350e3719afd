import {z} from "zod";
import {energy} from "../../domain/energy.ts";
import {defineMart, type Row} from "../mart.ts";

/** The energy signature of a meter that is known by reads or bills alone. */
export const billingSignatures = defineMart({
  name: "billing_signatures",
  isOpenData: false,
  row: z.strictObject({
    meter_point_id: z.string(),
    site_id: z.string(),
    site_name: z.string(),
    energy,
    shape: z.enum(["constant", "heating", "cooling"]),
    base_kw: z.number(),
    /** The balance point and slope; the point is null where it is constant. */
    point_c: z.number().nullable(),
    kw_per_degree: z.number(),
    adjusted_r2: z.number(),
    /** How many periods it is fitted to, and their days. */
    periods: z.int(),
    days: z.int(),
    /** How far each period strays from the line through the others, as a share of use. */
    cv_rmse: z.number().nullable(),
    /** The gate that it does not pass, in words; null where it may be shown. */
    failed: z.string().nullable(),
    from_date: z.date(),
    to_date: z.date()
  })
});
export type BillingSignature = Row<typeof billingSignatures>;
