import {z} from "zod";
import {energy} from "../../domain/energy.ts";
import {defineMart, type Row} from "../mart.ts";

/** One row per meter point, channel and local day on which at least one read is held. */
export const meterDays = defineMart({
  name: "meter_days",
  isOpenData: false,
  row: z.strictObject({
    meter_point_id: z.string(),
    site_id: z.string(),
    energy,
    channel: z.enum(["import", "export", "generation"]),
    settlement_date: z.date(),
    /** 46, 48 or 50. */
    periods: z.int(),
    /** Slot p is settlement period p. A slot whose bit in `present` is not set holds 0 and means nothing. */
    kwh: z.array(z.number()).length(50),
    /** Bit p − 1 is settlement period p. */
    present: z.bigint(),
    estimated: z.bigint(),
    total_kwh: z.number(),
    present_half_hours: z.int(),
    estimated_half_hours: z.int(),
    /** How many standing loads have said something of this day that counts. */
    revisions: z.int(),
    /** Whether loads disagree about this day and a person has to decide: what was held before stands until then. */
    is_disputed: z.boolean()
  })
});
export type MeterDay = Row<typeof meterDays>;
