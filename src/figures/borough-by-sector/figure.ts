import {boroughEmissions} from "../../models/marts/borough_emissions.ts";
import {defineFigure} from "../kit/define-figure.ts";
import {boroughBySector} from "./draw.ts";

export const figure = defineFigure({
  id: "borough-by-sector",
  summary: "the borough's emissions by sector",
  order: 60,
  rows: boroughEmissions.row,
  isLeftOutEmpty: true,
  draw: boroughBySector,
  examples: () => import("./examples.ts")
});
