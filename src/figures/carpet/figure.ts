import {siteEnergyDaily} from "../../models/marts/site_energy_daily.ts";
import {siteHalfHourly} from "../../models/marts/site_half_hourly.ts";
import {defineFigure} from "../kit/define-figure.ts";
import {carpet} from "./draw.ts";

export const figure = defineFigure({
  id: "carpet",
  order: 70,
  rows: siteHalfHourly.row,
  more: {days: siteEnergyDaily.row},
  building: {mart: "site_half_hourly", energy: "electricity"},
  draw: (rows, options, {days}) => carpet(rows, days, options),
  examples: () => import("./examples.ts")
});
