import {z} from "zod";
import {trajectories} from "../../models/marts/trajectories.ts";
import {defineFigure} from "../kit/define-figure.ts";
import {allowance} from "./draw.ts";

export const figure = defineFigure({
  id: "allowance",
  summary: "own emissions since the base year against what the straight path allows",
  order: 15,
  rows: trajectories.row
    .pick({
      target_id: true,
      target_name: true,
      series: true,
      year: true,
      base_year: true,
      target_year: true,
      is_confirmed: true,
      unconfirmed: true,
      is_provisional: true
    })
    .extend({
      /** From the base year to this one; null where there is no path. */
      allowed_so_far_t: z.number().nullable(),
      allowed_in_all_t: z.number().nullable(),
      /** Null in a year of which nothing is held. */
      emitted_so_far_t: z.number().nullable(),
      /** Whether every year since the base year is whole: else the truth is no less. */
      is_whole_so_far: z.boolean(),
      used_share: z.number().nullable()
    }),
  each: "target_id",
  draw: allowance,
  examples: () => import("./examples.ts")
});
