import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";
import {missingData} from "./missing_data.ts";

const {reporting_year, emission_source, activity, kind, first_month, last_month, is_all_missing} =
  missingData.row.shape;

/** One row per reporting year, source and run of months of which something is missing, the most first within a year. */
export const missingBySource = defineMart({
  name: "missing_by_source",
  isOpenData: true,
  row: z.strictObject({
    reporting_year,
    emission_source,
    activity,
    kind,
    first_month,
    last_month,
    /** Meters, accounts or returns. */
    things: z.int(),
    /** The only one of them; null where there are more. */
    name: z.string().nullable(),
    /** The only site of them; null where there are more, or none. */
    site_name: z.string().nullable(),
    is_all_missing,
    /** Of how many nothing says what to expect. */
    unknowns: z.int(),
    /** Scopes 1 and 2, as expected, of those of which something does; null where nothing does of any. */
    missing_t_co2e: z.number().nullable()
  })
});
export type MissingBySource = Row<typeof missingBySource>;
