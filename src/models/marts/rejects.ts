import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** One row per rule that a row of a file broke. */
export const rejects = defineMart({
  name: "rejects",
  isOpenData: false,
  row: z.strictObject({
    load_id: z.int(),
    file_name: z.string(),
    row_number: z.int().nullable(),
    rule: z.string(),
    value: z.string().nullable(),
    outcome: z.enum(["rejected", "mended"])
  })
});
export type Reject = Row<typeof rejects>;
