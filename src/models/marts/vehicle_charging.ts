import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per month, place, site, service and kind of vehicle. No vehicle, card or driver is named; a row may be one vehicle's, so it does not leave the house. */
export const vehicleCharging = defineMart({
  name: "vehicle_charging",
  isOpenData: false,
  row: z.strictObject({
    month: z.date(),
    /** 2025 is April 2025 to March 2026. */
    reporting_year: z.int(),
    /** As charging-places.csv says, else as the file does. */
    place: z.enum(["depot", "public", "home", "resold", "unknown"]),
    /** Of a depot, where the list says it. */
    site_id: z.string().nullable(),
    /** `unallocated` where what began the session is no vehicle of the registers. */
    service: z.string(),
    vehicle_kind: z.string(),
    /** Charged less credited. */
    energy_kwh: z.number(),
    /** What credits took off, as a positive quantity. */
    credited_kwh: z.number(),
    /** Credits are none. */
    sessions: z.int(),
    /** Null where unallocated. */
    vehicles: z.int().nullable(),
    /** Whether it is in the inventory, as `fleet charging away from depots`. */
    is_counted: z.boolean(),
    why_not_counted: z.string().nullable()
  })
});
export type VehicleCharging = Row<typeof vehicleCharging>;
