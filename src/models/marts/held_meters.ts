import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per meter that files name and no total counts. */
export const heldMeters = defineMart({
  name: "held_meters",
  isOpenData: false,
  row: z.strictObject({
    meter_key: z.string(),
    why: z.enum(["not in meter-points.csv", "its unit is not in meters.csv"]),
    file_names: z.string(),
    days: z.int(),
    first_date: z.date(),
    last_date: z.date()
  })
});
export type HeldMeter = Row<typeof heldMeters>;
