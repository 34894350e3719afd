import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per vehicle of the register, by its fleet number: registrations are not published. */
export const vehicles = defineMart({
  name: "vehicles",
  isOpenData: false,
  row: z.strictObject({
    vehicle_id: z.string(),
    service: z.string(),
    vehicle_kind: z.string(),
    /** As vehicles.csv says. */
    fuel: z.string(),
    valid_from: z.date().nullable(),
    valid_to: z.date().nullable(),
    /** What the licensing authority calls it; null where it has not been asked or does not say. */
    dvla_fuel: z.string().nullable(),
    co2_g_per_km: z.number().nullable(),
    euro_status: z.string().nullable(),
    made_in_year: z.int().nullable(),
    /** False is an error in one of the two. Null where the authority's word for the fuel is none or says too little. */
    is_fuel_agreed: z.boolean().nullable()
  })
});
export type Vehicle = Row<typeof vehicles>;
