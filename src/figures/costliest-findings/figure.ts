import {z} from "zod";
import {findings} from "../../models/marts/findings.ts";
import {defineFigure} from "../kit/define-figure.ts";
import {findingsList} from "./draw.ts";

export const figure = defineFigure({
  id: "costliest-findings",
  summary: "what is found and costs most",
  order: 90,
  rows: findings.row
    .pick({finding_id: true, kind: true, energy: true, site_name: true, subject: true, since: true})
    .extend({
      gbp_a_year_low: z.number(),
      gbp_a_year_high: z.number(),
      found: z.int(),
      all_low: z.number(),
      all_high: z.number(),
      as_of: z.date()
    }),
  isLeftOutEmpty: true,
  draw: findingsList,
  examples: () => import("./examples.ts")
});
