import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per reading of a snapshot by a layout. */
export const loads = defineMart({
  name: "loads",
  isOpenData: false,
  row: z.strictObject({
    load_id: z.int(),
    file_name: z.string(),
    feed: z.string(),
    layout: z.string().nullable(),
    outcome: z.enum(["landed", "refused"]),
    reason: z.string().nullable(),
    difference: z.string().nullable(),
    received_at: z.date(),
    issued_at: z.date().nullable(),
    rows_read: z.int(),
    rows_landed: z.int(),
    rows_duplicate: z.int(),
    rows_empty: z.int(),
    rows_dropped: z.int(),
    rows_rejected: z.int(),
    rows_mended: z.int(),
    cells_rejected: z.int(),
    meter_days: z.int(),
    /** Counted anew at each build: the ledger and the warehouse must agree. */
    held_meter_days: z.int(),
    /** Records that are not half-hours: fuel, reads, bills and the like; counted anew like the meter-days. */
    transactions: z.int(),
    held_transactions: z.int(),
    first_date: z.date().nullable(),
    last_date: z.date().nullable(),
    superseded_by: z.int().nullable(),
    withdrawn_because: z.string().nullable(),
    /** The other files that brought the very same bytes. */
    also_came_as: z.string().nullable(),
    sha256: z.string()
  })
});
export type Load = Row<typeof loads>;
