import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per two providers whose files tell the same drawings of fuel. These count once, as the file that came first tells them. */
export const fuelToldTwice = defineMart({
  name: "fuel_told_twice",
  isOpenData: false,
  row: z.strictObject({
    /** The provider whose drawings are left out. */
    provider: z.string(),
    /** The one whose drawings count. */
    first_provider: z.string(),
    transactions: z.int(),
    quantity_l: z.number(),
    first_date: z.date(),
    last_date: z.date(),
    file_names: z.string(),
    first_file_names: z.string()
  })
});
export type FuelToldTwice = Row<typeof fuelToldTwice>;
