import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per meter that files name and the register does not. */
export const heldMeters = defineMart({
  name: "held_meters",
  isOpenData: false,
  row: z.strictObject({
    meter_key: z.string(),
    file_names: z.string(),
    days: z.int(),
    first_date: z.date(),
    last_date: z.date()
  })
});
export type HeldMeter = Row<typeof heldMeters>;
