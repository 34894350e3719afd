import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per reporting year: the council's number and what it is read against. Scopes 1 and 2, location-based; scope 3 beside, never added. */
export const reportingYears = defineMart({
  name: "reporting_years",
  isOpenData: true,
  row: z.strictObject({
    boundary: z.enum(["own operations"]),
    basis: z.enum(["location"]),
    /** 2025 is April 2025 to March 2026. */
    reporting_year: z.int(),
    /** This and the totals below: null where the factors of the year are not all published. */
    scope_1_and_2_t_co2e: z.number().nullable(),
    scope_1_t_co2e: z.number().nullable(),
    scope_2_t_co2e: z.number().nullable(),
    /** Upstream of the energy and fuel, and what else the council returns. */
    scope_3_t_co2e: z.number().nullable(),
    base_year: z.int().nullable(),
    base_year_t_co2e: z.number().nullable(),
    /** Of scopes 1 and 2, as a share of the base year's: −0.25 is a quarter less. Null unless both years are whole. */
    change_since_base_share: z.number().nullable(),
    /** Scopes 1 and 2 at the factors of the set before: what would have been reported had the factors not moved. Null where that set lacks one. */
    at_factors_before_t_co2e: z.number().nullable(),
    /** What the change of factors alone adds, or takes off. */
    factor_effect_t_co2e: z.number().nullable(),
    /** Factors of scopes 1 and 2 in this year's sets that moved by more than a quarter for a reason of method or lag; null where none did. */
    factor_breaks: z.string().nullable(),
    /** Months with activity that is known by month. */
    months: z.int(),
    /** The sets that the year takes, published or not. */
    factor_sets: z.string(),
    is_provisional: z.boolean(),
    /** Scopes 1 and 2 that the year is expected to come to, of everything that should be read; null where nothing says what to expect. */
    expected_t_co2e: z.number().nullable(),
    /** The part of what is expected that is held: weighed, not emitted. */
    held_t_co2e: z.number().nullable(),
    missing_t_co2e: z.number().nullable(),
    held_share: z.number().nullable(),
    /** Sources of which something is expected and nothing is held, separated by commas; null where there is none. */
    sources_at_zero: z.string().nullable(),
    /** Whether its 31 March had passed by the as-of date. */
    has_ended: z.boolean(),
    /** Whether it has ended and is read as far as a year must be to be called whole: see `thresholds.csv`. */
    is_whole_year: z.boolean(),
    /** Meters that suppliers list or bill in the year and meter-points.csv does not have: in no total, and expected by nobody until they are added. */
    unregistered_meters: z.int(),
    /** About how much those come to in the year; null where there is none, or of one of them nothing says how much. */
    unregistered_t_co2e: z.number().nullable()
  })
});
export type ReportingYear = Row<typeof reportingYears>;
