import {z} from "zod";
import {energy} from "../../domain/energy.ts";
import {defineMart, type Row} from "../mart.ts";

/** One row per meter point, site, month and source that speaks for some of its half-hours. */
export const energyBySource = defineMart({
  name: "energy_by_source",
  isOpenData: true,
  row: z.strictObject({
    meter_point_id: z.string(),
    site_id: z.string(),
    energy,
    month: z.date(),
    /** 1 is best; 9 is nothing. */
    rank: z.int(),
    /** As data/reference/energy-sources.csv names them, or `nothing`. */
    source: z.string(),
    half_hours: z.int(),
    /** Null where nothing is known. */
    kwh: z.number().nullable()
  })
});
export type EnergyBySource = Row<typeof energyBySource>;
