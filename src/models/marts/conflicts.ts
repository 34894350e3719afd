import {z} from "zod";
import {energy} from "../../domain/energy.ts";
import {defineMart, type Row} from "../mart.ts";

/** One row per meter point, channel and two loads that disagree about days of it, for a person to decide: `canopy accept` or `canopy withdraw`. */
export const conflicts = defineMart({
  name: "conflicts",
  isOpenData: false,
  row: z.strictObject({
    meter_point_id: z.string(),
    site_id: z.string(),
    energy,
    channel: z.enum(["import", "export", "generation"]),
    /** The load that came later; the same as the other where one file contradicts itself. */
    load_id: z.int(),
    file_name: z.string(),
    other_load_id: z.int(),
    other_file_name: z.string(),
    /** Whether what the other load says counts until somebody decides. Neither does where both first came in one run. */
    counts: z.enum(["other", "neither"]),
    days: z.int(),
    first_date: z.date(),
    last_date: z.date(),
    kwh: z.number(),
    other_kwh: z.number()
  })
});
export type Conflict = Row<typeof conflicts>;
