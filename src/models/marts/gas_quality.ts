import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per meter point, month and source of calorific value that turned some of its cubic metres into energy. */
export const gasQuality = defineMart({
  name: "gas_quality",
  isOpenData: true,
  row: z.strictObject({
    meter_point_id: z.string(),
    site_id: z.string(),
    month: z.date(),
    /** By the publisher for the zone and gas day, measured or put in place of one that was not; or the usual value of data/reference/gas-conversion.csv. */
    source: z.enum(["published", "published, substituted", "usual"]),
    /** Gas days, from 05:00, that began in the month. */
    gas_days: z.int(),
    mean_calorific_value_mj_per_m3: z.number()
  })
});
export type GasQuality = Row<typeof gasQuality>;
