import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per reporting year and emission source: how much of what it should hold is held. */
export const sourceCompleteness = defineMart({
  name: "source_completeness",
  isOpenData: true,
  row: z.strictObject({
    /** 2025 is April 2025 to March 2026. */
    reporting_year: z.int(),
    emission_source: z.string(),
    expected_t_co2e: z.number(),
    /** The part of what is expected that is held: weighed, not emitted. */
    held_t_co2e: z.number(),
    /** Meters and months of which nothing says what to expect, and that are not held. */
    unknowns: z.int(),
    /** Whether it is known by an annual return. */
    is_returned: z.boolean(),
    /** Whether something is expected and nothing is held. */
    is_at_zero: z.boolean(),
    is_whole: z.boolean()
  })
});
export type SourceCompleteness = Row<typeof sourceCompleteness>;
