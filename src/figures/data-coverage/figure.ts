import {dataCoverage as mart} from "../../models/marts/data_coverage.ts";
import {defineFigure} from "../kit/define-figure.ts";
import {dataCoverage} from "./draw.ts";

export const figure = defineFigure({
  id: "data-coverage",
  summary: "which months of which meters are held",
  order: 90,
  rows: mart.row,
  numbers: "meters",
  draw: dataCoverage,
  examples: () => import("./examples.ts")
});
