import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";
import {completeness} from "./completeness.ts";

const {reporting_year, kind, name, site_id, site_name, emission_source, activity, basis} = completeness.row.shape;

/** One row per reporting year and thing of which something is missing, the most first within a year. */
export const missingData = defineMart({
  name: "missing_data",
  isOpenData: true,
  row: z.strictObject({
    reporting_year,
    kind,
    name,
    site_id,
    site_name,
    emission_source,
    activity,
    /** The first and the last month that is not whole, or where every month is, of which anything is missing; null for an annual return. */
    first_month: z.date().nullable(),
    last_month: z.date().nullable(),
    /** Months that are not whole. */
    short_months: z.int(),
    /** Whether nothing is held of those months at all. */
    is_all_missing: z.boolean(),
    /** Scopes 1 and 2, as expected; null where nothing says what to expect. */
    missing_t_co2e: z.number().nullable(),
    basis
  })
});
export type MissingData = Row<typeof missingData>;
