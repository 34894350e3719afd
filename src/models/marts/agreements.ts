import {z} from "zod";
import {energy} from "../../domain/energy.ts";
import {defineMart, type Row} from "../mart.ts";

/** One row per quantity that two marts hold, and site, energy and month: a build in which the two differ fails. */
export const agreements = defineMart({
  name: "agreements",
  isOpenData: false,
  row: z.strictObject({
    quantity: z.enum(["consumption", "export", "export of assets"]),
    site_id: z.string(),
    energy,
    month: z.date(),
    one_kwh: z.number(),
    other_kwh: z.number()
  })
});
export type Agreement = Row<typeof agreements>;
