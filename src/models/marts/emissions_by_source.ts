import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per boundary, basis, reporting year, emission source and scope: the inventory as figures show it. Outside of scopes is not in it, nor a year whose factors are not all published. */
export const emissionsBySource = defineMart({
  name: "emissions_by_source",
  isOpenData: true,
  row: z.strictObject({
    boundary: z.enum(["own operations"]),
    basis: z.enum(["location"]),
    /** 2025 is April 2025 to March 2026. */
    reporting_year: z.int(),
    /** `building gas`, `building electricity`, `street lighting`, `fleet`, `plant`, `fleet charging away from depots`, `grey fleet` and the sources of the council's annual returns. */
    emission_source: z.string(),
    scope: z.enum(["1", "2", "3"]),
    emissions_t_co2e: z.number(),
    /** Whether a factor used is second-hand or stands in for one that is not in hand. */
    is_provisional: z.boolean(),
    /** Whether the year had ended by the as-of date. */
    /** Whether its 31 March had passed by the as-of date. */
    has_ended: z.boolean(),
    /** Whether the year is whole: over, and read as far as a year must be. What is not whole is at least so much. */
    is_whole_year: z.boolean()
  })
});
export type EmissionsBySource = Row<typeof emissionsBySource>;
