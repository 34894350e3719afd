import {z} from "zod";
import {defineMart, type Row} from "../mart.ts";

/** Dated happenings of each building, to explain where its line bends. */
export const buildingEvents = defineMart({
  name: "building_events",
  isOpenData: false,
  row: z.strictObject({
    site_id: z.string(),
    happened_on: z.date(),
    /** From events.csv, from measures.csv once it is done, or found: since when. */
    kind: z.enum(["event", "measure", "finding"]),
    /** What happened; of a finding its kind. */
    what: z.string()
  })
});
export type BuildingEvent = Row<typeof buildingEvents>;
