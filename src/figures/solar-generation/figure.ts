import {z} from "zod";
import {renewableGeneration} from "../../models/marts/renewable_generation.ts";
import {defineFigure} from "../kit/define-figure.ts";
import {generation} from "./draw.ts";

export const figure = defineFigure({
  id: "solar-generation",
  summary: "what the panels made each month, and how much of it was used",
  order: 50,
  rows: renewableGeneration.row
    .pick({
      month: true,
      self_consumption_kwh: true,
      export_kwh: true,
      expected_half_hours: true,
      present_half_hours: true
    })
    .extend({generation_kwh: z.number(), unmetered_kwh: z.number()}),
  isLeftOutEmpty: true,
  draw: generation,
  examples: () => import("./examples.ts")
});
