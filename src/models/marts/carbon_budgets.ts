import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per target, pathway and year from the base year to the target year: what the pathway allows, what was emitted, and what is left of the whole. */
export const carbonBudgets = defineMart({
  name: "carbon_budgets",
  isOpenData: true,
  row: z.strictObject({
    target_id: z.string(),
    boundary: z.enum(["own operations", "area-wide"]),
    pathway: z.enum(["linear", "constant percentage"]),
    gases: z.enum(["CO2", "CO2e"]),
    year: z.int(),
    allowed_t: z.number(),
    emitted_t: z.number().nullable(),
    /** From the base year to this one. */
    allowed_so_far_t: z.number(),
    /** Null from the first year on that has no figure. */
    emitted_so_far_t: z.number().nullable(),
    /** Of the budget from base year to target year; null like `emitted_so_far_t`. */
    remaining_t: z.number().nullable(),
    used_share: z.number().nullable()
  })
});
export type CarbonBudget = Row<typeof carbonBudgets>;
