import {trajectories} from "../../models/marts/trajectories.ts";
import {defineFigure} from "../kit/define-figure.ts";
import {years, yearViews} from "../kit/year-queries.ts";
import {trajectory} from "./draw.ts";

export const figure = defineFigure({
  id: "trajectory",
  summary: "emissions against the path of each target",
  order: 10,
  rows: trajectories.row,
  each: "target_id",
  more: years,
  views: yearViews,
  part: "boundary",
  draw: trajectory,
  examples: () => import("./examples.ts")
});
