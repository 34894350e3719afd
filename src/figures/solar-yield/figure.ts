import {solarYields} from "../../models/marts/solar_yields.ts";
import {defineFigure} from "../kit/define-figure.ts";
import {solarYield} from "./draw.ts";

export const figure = defineFigure({
  id: "solar-yield",
  summary: "what an array made each month for its size, and what its area's yield says of it",
  order: 55,
  rows: solarYields.row.pick({
    month: true,
    asset_id: true,
    site_name: true,
    capacity_kw: true,
    area: true,
    days_at_zero: true,
    kwh_per_kwp: true,
    area_kwh_per_kwp: true,
    expected_kwh_per_kwp: true,
    is_low: true
  }),
  isLeftOutEmpty: true,
  building: {mart: "solar_yields", energy: "electricity"},
  shows: ["solar array out", "solar array weak"],
  draw: solarYield,
  examples: () => import("./examples.ts")
});
