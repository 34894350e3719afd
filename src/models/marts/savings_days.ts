import {z} from "zod";
import {energy} from "../../domain/energy.ts";
import {defineMart, type Row} from "../mart.ts";

/** A counted day of the building of a measure. */
export const savingsDays = defineMart({
  name: "savings_days",
  isOpenData: true,
  row: z.strictObject({
    measure_id: z.string(),
    site_id: z.string(),
    energy,
    settlement_date: z.date(),
    period: z.enum(["baseline", "reporting"]),
    /** By the signature of the baseline, in the weather of the day. */
    expected_kwh: z.number(),
    actual_kwh: z.number(),
    /** Expected less actual, summed from the first day of the period. */
    cumulative_kwh: z.number(),
    is_estimated: z.boolean(),
    /** On the last counted day of each week since the measure: how far less and more is taken, summed, in standard deviations of a week. */
    watched_less: z.number().nullable(),
    watched_more: z.number().nullable(),
    watched_limit: z.number().nullable(),
    /** On the day on which the one or the other passes the limit. */
    alarm: z.enum(["less", "more"]).nullable()
  })
});
export type SavingsDay = Row<typeof savingsDays>;
