import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per month, service, kind of vehicle and fuel: what was drawn, credits taken off. No vehicle, card or driver is named. */
export const fleetActivity = defineMart({
  name: "fleet_activity",
  isOpenData: true,
  row: z.strictObject({
    month: z.date(),
    /** 2025 is April 2025 to March 2026. */
    reporting_year: z.int(),
    /** The council's service; `unallocated` where the registration or fleet number is in no register. */
    service: z.string(),
    vehicle_kind: z.string(),
    /** `diesel`, `petrol`, `gas_oil`, `hvo`: the fuel, as the factor table names it. */
    activity: z.string(),
    unit: z.enum(["l"]),
    /** Drawn less credited. */
    quantity: z.number(),
    /** What credits took off, as a positive quantity. */
    credited_quantity: z.number(),
    transactions: z.int(),
    /** Vehicles that drew in the month; null where unallocated. */
    vehicles: z.int().nullable()
  })
});
export type FleetActivity = Row<typeof fleetActivity>;
