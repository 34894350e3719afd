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
      /** Null from the first year on that is not whole. */
      emitted_so_far_t: z.number().nullable(),
      /** What is held from then on, in years of which anything is: the truth is no less. */
      at_least_so_far_t: z.number().nullable(),
      used_share: z.number().nullable()
    }),
  each: "target_id",
  draw: allowance,
  examples: () => import("./examples.ts")
});
