import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per charge point that neither its file nor the council's list places. */
export const heldCharging = defineMart({
  name: "held_charging",
  isOpenData: false,
  row: z.strictObject({
    provider: z.string(),
    /** As sessions name it, to be listed in charging-places.csv; null where they name none. */
    location: z.string().nullable(),
    sessions: z.int(),
    /** Charged less credited. */
    energy_kwh: z.number(),
    first_date: z.date(),
    last_date: z.date(),
    file_names: z.string()
  })
});
export type HeldCharging = Row<typeof heldCharging>;
