import {z} from "zod";
import {comparisons} from "../../models/marts/comparisons.ts";

/** The shapes of what a figure of years reads besides its rows. They stay out of what a page loads: see `finding.ts` for their words. */
export const years = {
  compared: comparisons.row,
  incomplete: z.strictObject({
    reporting_year: z.int(),
    at_least_t_co2e: z.number(),
    missing_source: z.string().nullable(),
    is_source_at_zero: z.boolean()
  })
};

/** The views of this folder that those queries read. */
export const yearViews = ["whole_years_compared", "incomplete_year"] as const;
