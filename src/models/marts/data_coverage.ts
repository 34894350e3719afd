import {z} from "zod";
import {energy} from "../../domain/energy.ts";
import {defineMart, type Row} from "../mart.ts";

/** One row per meter point, site and calendar month of its life there in the register, up to the as-of date. */
export const dataCoverage = defineMart({
  name: "data_coverage",
  isOpenData: true,
  row: z.strictObject({
    meter_point_id: z.string(),
    site_id: z.string(),
    site_name: z.string(),
    energy,
    month: z.date(),
    expected_half_hours: z.int(),
    /** Actual and estimated together. */
    present_half_hours: z.int(),
    estimated_half_hours: z.int(),
    missing_half_hours: z.int(),
    /** Of the missing: the second pass of the hour that autumn repeats, on days whose first pass is held. Files of 48 columns have no place for it. */
    repeated_hour_half_hours: z.int(),
    /** Of the missing: those whose energy is known by a read or bill of a longer period. */
    period_half_hours: z.int()
  })
});
export type DataCoverage = Row<typeof dataCoverage>;
