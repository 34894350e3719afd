import {emissionsBySource as mart} from "../../models/marts/emissions_by_source.ts";
import {defineFigure} from "../kit/define-figure.ts";
import {years, yearViews} from "../kit/year-queries.ts";
import {emissionsBySource} from "./draw.ts";

export const figure = defineFigure({
  id: "emissions-by-source",
  summary: "own emissions by source and year",
  order: 20,
  rows: mart.row.pick({
    reporting_year: true,
    emission_source: true,
    scope: true,
    emissions_t_co2e: true,
    is_provisional: true,
    is_whole_year: true
  }),
  more: years,
  views: yearViews,
  draw: emissionsBySource,
  examples: () => import("./examples.ts")
});
