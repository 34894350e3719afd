import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per month and vehicle that drove, drew or charged. Nothing of it is in the inventory but what was drawn and charged, by other ways. */
export const vehicleDistance = defineMart({
  name: "vehicle_distance",
  isOpenData: false,
  row: z.strictObject({
    month: z.date(),
    /** 2025 is April 2025 to March 2026. */
    reporting_year: z.int(),
    /** The council's fleet number; null for journeys of devices that no register names. */
    vehicle_id: z.string().nullable(),
    service: z.string(),
    vehicle_kind: z.string(),
    /** By telematics; null where it says none. */
    distance_km: z.number().nullable(),
    journeys: z.int().nullable(),
    /** From cards and tanks, credits taken off; null where nothing was drawn. */
    drawn_l: z.number().nullable(),
    l_per_100_km: z.number().nullable(),
    /** What telematics makes of it: a check, never added. */
    telematics_fuel_l: z.number().nullable(),
    /** Wherever it was charged. */
    charged_kwh: z.number().nullable(),
    telematics_energy_kwh: z.number().nullable()
  })
});
export type VehicleDistance = Row<typeof vehicleDistance>;
