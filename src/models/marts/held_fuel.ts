import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per product of a fuel card provider that the council's list does not name. */
export const heldFuel = defineMart({
  name: "held_fuel",
  isOpenData: false,
  row: z.strictObject({
    provider: z.string(),
    product_code: z.string(),
    transactions: z.int(),
    /** Drawn less credited, in the provider's litres. */
    quantity_l: z.number(),
    first_date: z.date(),
    last_date: z.date(),
    file_names: z.string()
  })
});
export type HeldFuel = Row<typeof heldFuel>;
