import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per reporting year and thing that should be read in it: a meter at a site or an account by month, or an annual return. Scopes 1 and 2. */
export const completeness = defineMart({
  name: "completeness",
  isOpenData: true,
  row: z.strictObject({
    /** 2025 is April 2025 to March 2026. */
    reporting_year: z.int(),
    kind: z.enum(["meter", "account", "annual return"]),
    /** The meter point, the provider, or the source and activity of the return. */
    name: z.string(),
    site_id: z.string().nullable(),
    site_name: z.string().nullable(),
    emission_source: z.string(),
    activity: z.string(),
    /** First day of the month; null for an annual return. */
    month: z.date().nullable(),
    /** Null where it is no meter. */
    expected_half_hours: z.int().nullable(),
    held_half_hours: z.int().nullable(),
    /** From 0, nothing is held, to 1. */
    held_share: z.number(),
    /** What the expectation is taken from. */
    basis: z.enum(["own year", "own twelve months", "annual return", "typical building", "nothing"]),
    /** Null where nothing says what to expect. */
    expected_t_co2e: z.number().nullable(),
    /** The part of what is expected that is held: weighed, not emitted. */
    held_t_co2e: z.number().nullable()
  })
});
export type Completeness = Row<typeof completeness>;
