import {z} from "zod";
import {energy} from "../../domain/energy.ts";
import {defineMart, type Row} from "../mart.ts";

/** What each measure saved, or could be shown to save. */
export const savings = defineMart({
  name: "savings",
  isOpenData: true,
  row: z.strictObject({
    measure_id: z.string(),
    site_id: z.string(),
    site_name: z.string(),
    energy,
    what: z.string(),
    started_on: z.date().nullable(),
    completed_on: z.date().nullable(),
    /** `saves` and `takes more` where the range does not reach zero. */
    outcome: z.enum(["planned", "under way", "no claim", "saves", "takes more", "not shown"]),
    /** Why nothing can be claimed. */
    no_claim: z.string().nullable(),
    cautions: z.string().nullable(),
    confidence: z.enum(["high", "medium", "low"]).nullable(),
    baseline_from: z.date(),
    baseline_to: z.date(),
    /** Days whose use and weather are both known; others are in no sum. */
    baseline_days: z.int(),
    reporting_from: z.date().nullable(),
    reporting_days: z.int().nullable(),
    missing_days: z.int().nullable(),
    estimated_days: z.int().nullable(),
    days_beyond_baseline: z.int().nullable(),
    /** The signature of the baseline on days that it was not fitted to. */
    is_parted: z.boolean().nullable(),
    cv_rmse: z.number().nullable(),
    bias: z.number().nullable(),
    /** How many years before the baseline it was tried on, and the share of use by which it moved by itself from one year to the next, which is in the range. */
    years_before: z.int().nullable(),
    moves_share: z.number().nullable(),
    /** Since the measure was done, of the counted days. */
    expected_kwh: z.number().nullable(),
    actual_kwh: z.number().nullable(),
    avoided_kwh: z.number().nullable(),
    avoided_kwh_low: z.number().nullable(),
    avoided_kwh_high: z.number().nullable(),
    avoided_share: z.number().nullable(),
    avoided_gbp: z.number().nullable(),
    avoided_t_co2e: z.number().nullable(),
    /** The same of the last 365 days, where enough of them are counted. */
    year_days: z.int().nullable(),
    year_kwh: z.number().nullable(),
    year_kwh_low: z.number().nullable(),
    year_kwh_high: z.number().nullable(),
    year_gbp: z.number().nullable(),
    year_gbp_low: z.number().nullable(),
    year_gbp_high: z.number().nullable(),
    year_t_co2e: z.number().nullable(),
    year_t_co2e_low: z.number().nullable(),
    year_t_co2e_high: z.number().nullable(),
    cost_gbp: z.number().nullable(),
    /** What the council expects of it in a year, and of the counted days since. */
    promised_kwh_a_year: z.number().nullable(),
    promised_kwh: z.number().nullable(),
    /** When the weekly sums first told that less, or more, is taken than the baseline expects. */
    less_since: z.date().nullable(),
    more_since: z.date().nullable(),
    /** Another energy of the site that changed since; below zero where more of it is taken. */
    other_energy: energy.nullable(),
    other_kwh: z.number().nullable(),
    other_kwh_low: z.number().nullable(),
    other_kwh_high: z.number().nullable(),
    other_gbp: z.number().nullable(),
    other_t_co2e: z.number().nullable(),
    /** The smallest saving that this meter shows eight times in ten, and its share of what is used. */
    smallest_kwh_13_weeks: z.number().nullable(),
    smallest_share_13_weeks: z.number().nullable(),
    smallest_kwh_26_weeks: z.number().nullable(),
    smallest_share_26_weeks: z.number().nullable(),
    smallest_kwh_52_weeks: z.number().nullable(),
    smallest_share_52_weeks: z.number().nullable(),
    /** In how many weeks what is expected would show, up to five years. */
    weeks_to_show: z.int().nullable()
  })
});
export type Saving = Row<typeof savings>;
