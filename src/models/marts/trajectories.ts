import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/**
 * One row per target, pathway and year: what was emitted, what the pathway requires, and the gap between them. Own operations are reporting years
 * (2025 is April 2025 to March 2026), area-wide is calendar years. Each target has one series, of one set of gases, and is never set against another.
 */
export const trajectories = defineMart({
  name: "trajectories",
  isOpenData: true,
  row: z.strictObject({
    target_id: z.string(),
    boundary: z.enum(["own operations", "area-wide"]),
    /** As it is said: `net zero by 2030`. */
    target_name: z.string(),
    pathway: z.enum(["linear", "constant percentage"]),
    /** What is measured: scopes and basis, or the national statistic and its release. */
    series: z.string(),
    gases: z.enum(["CO2", "CO2e"]),
    year: z.int(),
    base_year: z.int(),
    target_year: z.int(),
    /** Share of the base year that the pathway still allows in the target year. */
    residual_share: z.number(),
    /** Null in years without a whole year of figures. */
    actual_t: z.number().nullable(),
    /** What is held of a year that is over and not whole: the truth is no less. Null in whole years and in those to come. */
    at_least_t: z.number().nullable(),
    /** The same activity at the factors of one set, where the series is ours; null for national statistics. */
    constant_factor_t: z.number().nullable(),
    /** The set of `constant_factor_t`. */
    constant_factor_set: z.int().nullable(),
    /** Null before the base year. */
    required_t: z.number().nullable(),
    /** Actual less required: above zero is too much. */
    gap_t: z.number().nullable(),
    /** Whether what is held of a year that is not whole already exceeds what is required, and enough is held to say so. */
    is_surely_above: z.boolean(),
    /** Whether a factor used is second-hand or stands in for another. */
    is_provisional: z.boolean(),
    /** Factors that moved by more than a quarter in this year's set for a reason of method or lag. */
    factor_breaks: z.string().nullable(),
    /** Whether every part of the target (base year, residual, scopes, deciding period) is confirmed. */
    is_confirmed: z.boolean(),
    /** Which parts are not, and who could confirm them. */
    unconfirmed: z.string().nullable(),
    /** Why the series is not the measure of the target; null where it is. */
    why_not_measure_of_target: z.string().nullable()
  })
});
export type Trajectory = Row<typeof trajectories>;
