import {z} from "zod";
import {boroughEmissions} from "../../models/marts/borough_emissions.ts";
import {defineFigure} from "../kit/define-figure.ts";
import {boroughs} from "./draw.ts";

export const figure = defineFigure({
  id: "boroughs",
  summary: "the council's borough beside its neighbours, each against its own first year",
  order: 65,
  rows: boroughEmissions.row
    .pick({
      area_code: true,
      area_name: true,
      year: true,
      statistic_name: true,
      gases: true,
      release: true,
      published: true,
      source: true,
      licence: true,
      why_not_measure_of_target: true
    })
    .extend({
      area_group: z.string(),
      /** Whether it is the council's own. */
      is_own: z.boolean(),
      /** The first year held, of all areas. */
      first_year: z.int(),
      emissions_kt: z.number(),
      /** 1 is as much as in the first year. */
      share_of_first: z.number()
    }),
  isLeftOutEmpty: true,
  draw: boroughs,
  examples: () => import("./examples.ts")
});
