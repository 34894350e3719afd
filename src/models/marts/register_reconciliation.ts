import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per difference between the council's registers and the lists that others keep, the most tonnes first. */
export const registerReconciliation = defineMart({
  name: "register_reconciliation",
  isOpenData: false,
  row: z.strictObject({
    kind: z.enum([
      "supplied but not registered",
      "billed but not registered",
      "registered but not supplied",
      "read but not billed",
      "meter at two sites",
      "listed at another site",
      "meter with two suppliers",
      "meter of two energies",
      "owned but without energy",
      "vehicle listed but not registered",
      "vehicle registered but not listed",
      "vehicle of two fuels"
    ]),
    /** `register`: others list it and the council does not; `list`: the other way round; null where both have it and disagree. */
    missing_from: z.enum(["register", "list"]).nullable(),
    /** The list or lists that it is found in, or missing from. */
    list: z.string(),
    /** The meter, property or vehicle; of a vehicle without a number in the fleet its row of the list. */
    name: z.string(),
    /** The site of the register; null where it has none. */
    site_id: z.string().nullable(),
    /** As the register calls it, else as the list does. */
    site_name: z.string().nullable(),
    /** Electricity, gas or the fuel of a vehicle, as the list says where the two differ; null of a property. */
    energy: z.string().nullable(),
    /** Null where the end is open. */
    from_date: z.date().nullable(),
    to_date: z.date().nullable(),
    /** What it is thought to use in a year; null where nothing can tell. */
    estimated_quantity: z.number().nullable(),
    unit: z.enum(["kWh", "l"]).nullable(),
    /** Scopes 1 and 2 of that: for the order of work, in no total. */
    estimated_t_co2e: z.number().nullable(),
    estimated_from: z
      .enum(["list", "bills", "own readings", "annual return", "fuel purchases", "benchmark", "mean of its kind"])
      .nullable(),
    /** Who lists it, and what the other side says. */
    detail: z.string().nullable()
  })
});
export type RegisterReconciliation = Row<typeof registerReconciliation>;
