import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per meter that files name and reason for which what they say of it is in no total. */
export const heldMeters = defineMart({
  name: "held_meters",
  isOpenData: false,
  row: z.strictObject({
    meter_key: z.string(),
    why: z.enum([
      "not in meter-points.csv",
      "its unit is not in meters.csv",
      "a volume, and not of gas",
      "energy, and of water",
      "a sewerage service: its m3 are those of the water",
      "virtual-meters.csv makes it of other meters",
      "the bill names no meter",
      "the bill is not in kWh",
      "the bill is not in m3",
      "a credit of no bill that is held"
    ]),
    file_names: z.string(),
    days: z.int(),
    first_date: z.date(),
    last_date: z.date()
  })
});
export type HeldMeter = Row<typeof heldMeters>;
