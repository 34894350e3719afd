import {z} from "zod";
import {metered} from "../../domain/energy.ts";
import {defineMart, type Row} from "../mart.ts";

/** A line of the tariff of a site. */
export const tariffLines = defineMart({
  name: "tariff_lines",
  isOpenData: false,
  row: z.strictObject({
    site_id: z.string(),
    energy: metered,
    tariff: z.string(),
    line: z.string(),
    band: z.string(),
    rate: z.number(),
    unit: z.string(),
    is_avoidable: z.boolean(),
    /** Of sewerage: the share of the water that is charged as coming back; null: all. */
    return_to_sewer: z.number().nullable(),
    valid_from: z.date().nullable()
  })
});
export type TariffLine = Row<typeof tariffLines>;
