import {z} from "zod";
import {metered} from "../../domain/energy.ts";
import {defineMart, type Row} from "../mart.ts";

/** What a finding of a building rests on, day by day: kW, and what its signature expects of the day; of water the flow of its nights. */
export const findingDays = defineMart({
  name: "finding_days",
  isOpenData: false,
  row: z.strictObject({
    site_id: z.string(),
    energy: metered,
    settlement_date: z.date(),
    opening: z.enum(["open", "weekend", "holiday"]).nullable(),
    celsius: z.number().nullable(),
    night_kw: z.number().nullable(),
    expected_night_kw: z.number().nullable(),
    day_kw: z.number().nullable(),
    expected_day_kw: z.number().nullable(),
    /** Of water alone: the quietest half-hour of the night, and what is usual. */
    night_l_per_h: z.number().nullable(),
    usual_night_l_per_h: z.number().nullable()
  })
});
export type FindingDay = Row<typeof findingDays>;
