import {emissionsBySource} from "../../models/marts/emissions_by_source.ts";
import {defineFigure} from "../kit/define-figure.ts";
import {years, yearViews} from "../kit/year-queries.ts";
import {emissionsByScope} from "./draw.ts";

export const figure = defineFigure({
  id: "emissions-by-scope",
  summary: "own emissions by scope and year",
  order: 30,
  rows: emissionsBySource.row.pick({
    reporting_year: true,
    scope: true,
    emissions_t_co2e: true,
    is_provisional: true,
    is_whole_year: true
  }),
  more: years,
  views: yearViews,
  draw: emissionsByScope,
  examples: () => import("./examples.ts")
});
