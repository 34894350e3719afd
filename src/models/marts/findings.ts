import {z} from "zod";
import {metered} from "../../domain/energy.ts";
import {defineMart, type Row} from "../mart.ts";

/** What may be found. */
export const findingKinds = [
  "base load up",
  "on at night",
  "heating while shut",
  "heating at night",
  "hot water while shut",
  "heating early",
  "gas day and night",
  "heat day and night",
  "solar array out",
  "solar array weak",
  "solar at night",
  "panels not registered",
  "water at night",
  "demand above capacity",
  "capacity not needed",
  "no readings",
  "readings in doubt",
  "due"
] as const;

/** What somebody should look at, the most avoidable £ first. */
export const findings = defineMart({
  name: "findings",
  isOpenData: false,
  row: z.strictObject({
    finding_id: z.string(),
    kind: z.enum(findingKinds),
    site_id: z.string().nullable(),
    site_name: z.string().nullable(),
    site_kind: z.string().nullable(),
    energy: metered.nullable(),
    /** The site, array, meter point or thing that it is of. */
    subject: z.string(),
    since: z.date().nullable(),
    /**
     * kW above what is usual, of unregistered panels below; of an array its share of what is usual; of water litres an hour above what is usual at night; of a capacity the highest kW of the
     * year, and as usual the kVA agreed; of early heating hours before opening.
     */
    measured: z.number().nullable(),
    usual: z.number().nullable(),
    days_counted: z.int().nullable(),
    confidence: z.enum(["high", "medium", "low"]),
    /** Since it began, and in a year if it goes on. */
    kwh_so_far: z.number().nullable(),
    kwh_a_year: z.number().nullable(),
    /** The same of water, m³. */
    m3_so_far: z.number().nullable(),
    m3_a_year: z.number().nullable(),
    /** Avoidable £ and t CO₂e of that, each with a range by how far its days stray; that it holds nine in ten is not tested. */
    gbp_a_year: z.number().nullable(),
    gbp_a_year_low: z.number().nullable(),
    gbp_a_year_high: z.number().nullable(),
    t_co2e_a_year: z.number().nullable(),
    t_co2e_a_year_low: z.number().nullable(),
    t_co2e_a_year_high: z.number().nullable(),
    t_co2e_missing: z.number().nullable(),
    due_on: z.date().nullable(),
    /** What is doubted, what is due, or by what an array is judged (its area as PV_Live names it, the other arrays, its own clear days), or how many half-hours were above. */
    detail: z.string().nullable(),
    owner_role: z.string(),
    state: z.enum(["open", "acknowledged", "snoozed", "explained", "wrong", "watched", "returned"]),
    decided_on: z.date().nullable(),
    snoozed_until: z.date().nullable(),
    decided_why: z.string().nullable(),
    decided_by: z.string().nullable(),
    cost_centre: z.string().nullable(),
    service: z.string().nullable(),
    ward: z.string().nullable(),
    recharged_to: z.string().nullable()
  })
});
export type Finding = Row<typeof findings>;
