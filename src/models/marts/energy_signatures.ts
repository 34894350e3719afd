import {z} from "zod";
import {energyOrHeat} from "../../domain/energy.ts";
import {defineMart, type Row} from "../mart.ts";

/** The energy signature of a site and energy: two rows where open and shut days have one each. */
export const energySignatures = defineMart({
  name: "energy_signatures",
  isOpenData: true,
  row: z.strictObject({
    site_id: z.string(),
    site_name: z.string(),
    energy: energyOrHeat,
    /** The days it is of. */
    opening: z.enum(["any", "open", "weekend", "holiday"]),
    shape: z.enum(["constant", "heating", "cooling", "heating and cooling"]),
    base_kw: z.number(),
    /** Balance points and slopes; a point is null where the shape has none. */
    heating_point_c: z.number().nullable(),
    heating_kw_per_degree: z.number(),
    cooling_point_c: z.number().nullable(),
    cooling_kw_per_degree: z.number(),
    adjusted_r2: z.number(),
    /** Days it was fitted to. */
    days: z.int(),
    is_parted: z.boolean(),
    /** Of days that it was not fitted to, of both rows together: how many, the spread about it and the sum of its errors as shares of use, and how alike neighbours are. */
    tried_days: z.int(),
    cv_rmse: z.number().nullable(),
    bias: z.number().nullable(),
    autocorrelation: z.number().nullable(),
    /** The gate that it does not pass, in words; null where it may be shown. */
    failed: z.string().nullable(),
    from_date: z.date(),
    to_date: z.date(),
    has_weather: z.boolean(),
    /** What the days since, of all rows together, took beyond their signature; null where it may not be shown. */
    excess_kwh: z.number().nullable(),
    /** How much more or less may be chance. */
    excess_chance_kwh: z.number().nullable()
  })
});
export type EnergySignature = Row<typeof energySignatures>;
