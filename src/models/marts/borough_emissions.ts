import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/**
 * One row per area, year, sector, statistic and release of the borough's emissions: national statistics, area-wide, never own operations.
 * Rows of different statistic or release are never one series.
 */
export const boroughEmissions = defineMart({
  name: "borough_emissions",
  isOpenData: true,
  row: z.strictObject({
    area_code: z.string(),
    area_name: z.string(),
    /** The areas that it is shown beside, by what they are called together; null where none are named. */
    area_group: z.string().nullable(),
    /** Calendar year described. */
    year: z.int(),
    /** A sector in the words of its release, or `All sectors`. */
    sector: z.string(),
    statistic: z.string(),
    release: z.string(),
    /** What is measured, as a figure says it. */
    statistic_name: z.string(),
    boundary: z.enum(["within influence", "territorial"]),
    gases: z.enum(["CO2", "CO2 CH4 N2O"]),
    /** Year or year and month, where known. */
    published: z.string().nullable(),
    /** Whether no later release of the statistic is held. */
    is_newest_release: z.boolean(),
    /** The whole area: never added to rows of its sectors. */
    is_all_sectors: z.boolean(),
    /** Carbon dioxide alone; null where the statistic counts more gases. */
    emissions_kt_co2: z.number().nullable(),
    /** Several gases; null where the statistic is carbon dioxide alone. */
    emissions_kt_co2e: z.number().nullable(),
    /** False in every row that can be built today. */
    is_measure_of_target: z.boolean(),
    why_not_measure_of_target: z.string(),
    source: z.string(),
    licence: z.string()
  })
});
export type BoroughEmissions = Row<typeof boroughEmissions>;
