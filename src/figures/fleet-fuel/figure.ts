import {z} from "zod";
import {defineFigure} from "../kit/define-figure.ts";
import {fleetFuel} from "./draw.ts";

export const figure = defineFigure({
  id: "fleet-fuel",
  summary: "the fleet's fuel by year",
  order: 40,
  rows: z.strictObject({
    reporting_year: z.int(),
    activity: z.string(),
    quantity: z.number(),
    is_whole_year: z.boolean(),
    has_ended: z.boolean()
  }),
  isLeftOutEmpty: true,
  draw: fleetFuel,
  examples: () => import("./examples.ts")
});
