import {z} from "zod";
import {metered} from "../../domain/energy.ts";
import {defineMart, type Row} from "../mart.ts";

/** One row per meter point of the register. */
export const meterPoints = defineMart({
  name: "meter_points",
  isOpenData: false,
  row: z.strictObject({
    meter_point_id: z.string(),
    site_id: z.string(),
    site_name: z.string(),
    energy: metered,
    valid_from: z.date().nullable(),
    valid_to: z.date().nullable(),
    first_read_date: z.date().nullable(),
    last_read_date: z.date().nullable(),
    /** Days from the last read to the as-of date, or to the end of the meter's life; null where there is no read. */
    quiet_days: z.int().nullable()
  })
});
export type MeterPoint = Row<typeof meterPoints>;
