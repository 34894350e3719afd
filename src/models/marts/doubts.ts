import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per load, meter and run of days that is doubted or noted, with why. */
export const doubts = defineMart({
  name: "doubts",
  isOpenData: false,
  row: z.strictObject({
    load_id: z.int(),
    file_name: z.string(),
    meter_key: z.string(),
    meter_point_id: z.string().nullable(),
    site_name: z.string().nullable(),
    energy: z.string().nullable(),
    channel: z.string(),
    unit: z.string(),
    kind: z.string(),
    outcome: z.enum(["doubtful", "noted"]),
    /** Whether it is in no total now: doubtful, and accepted by nobody. */
    is_left_out: z.boolean(),
    first_date: z.date(),
    last_date: z.date(),
    days: z.int(),
    half_hours: z.int(),
    /** What stands there, kWh: of a day, or of a half-hour where half-hours are doubted; of a counter in its own unit. */
    found: z.number().nullable(),
    /** What is usual in its place. */
    usual: z.number().nullable(),
    /** What the picture shows: the half-hours of its first day, or totals of days, from 14 days before it. In the file's own unit. */
    picture_of: z.enum(["half-hours", "days"]),
    picture: z.array(z.number().nullable()),
    is_doubted_in_picture: z.array(z.boolean())
  })
});
export type Doubt = Row<typeof doubts>;
