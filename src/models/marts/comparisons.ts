import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

const direction = z.enum(["less", "more"]).nullable();

/** One row per reporting year and year that it is set against: scopes 1 and 2 of what can be compared. */
export const comparisons = defineMart({
  name: "comparisons",
  isOpenData: true,
  row: z.strictObject({
    reporting_year: z.int(),
    against: z.enum(["base year", "year before", "first whole year"]),
    against_year: z.int(),
    /** Whether both years are whole, so that all of them is compared; else the same meters and accounts in the same months. */
    is_all: z.boolean(),
    /** Of the year, and of the year it is set against; null where nothing of them can be compared. */
    t_co2e: z.number().nullable(),
    before_t_co2e: z.number().nullable(),
    /** The earlier year's activity at the factors of this one: without the change of factors. */
    before_at_same_factors_t_co2e: z.number().nullable(),
    /** What is missing of both, of what is compared. */
    missing_t_co2e: z.number().nullable(),
    /** Null where the change is no larger than what is missing. */
    direction,
    direction_at_same_factors: direction,
    /** The same of the meters and accounts that both years have, month by month; null where years are not both whole, or have the same ones. */
    same_meters_t_co2e: z.number().nullable(),
    same_meters_before_t_co2e: z.number().nullable(),
    same_meters_before_at_same_factors_t_co2e: z.number().nullable(),
    same_meters_direction: direction,
    same_meters_direction_at_same_factors: direction,
    /** Whether a source that is compared is known by an annual return of the earlier year, and by meters now. */
    is_before_returned: z.boolean(),
    /** Sources of either year of which nothing is compared, separated by commas. */
    sources_left_out: z.string().nullable(),
    /** The first and last month of this year of which meters or accounts are compared; null where whole years are, or returns alone. */
    first_month: z.date().nullable(),
    last_month: z.date().nullable()
  })
});
export type Comparison = Row<typeof comparisons>;
