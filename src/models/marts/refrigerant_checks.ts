import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per piece of equipment that due-dates.csv names in a refrigerant check. */
export const refrigerantChecks = defineMart({
  name: "refrigerant_checks",
  isOpenData: false,
  row: z.strictObject({
    subject: z.string(),
    site_id: z.string().nullable(),
    owner_role: z.string(),
    refrigerant: z.string().nullable(),
    charge_kg: z.number().nullable(),
    /** By the F-gas regulation, not by the inventory; null of a refrigerant that refrigerants.csv lacks. */
    f_gas_gwp: z.number().nullable(),
    f_gas_t_co2e: z.number().nullable(),
    has_leak_detection: z.boolean(),
    /** Null below 5 t CO₂e, or where the charge is not known. */
    check_every_months: z.int().nullable(),
    last_done_on: z.date().nullable(),
    /** The next that due-dates.csv says, and the latest that the regulation allows after the last. */
    given_due_on: z.date().nullable(),
    rule_due_on: z.date().nullable()
  })
});
export type RefrigerantCheck = Row<typeof refrigerantChecks>;
