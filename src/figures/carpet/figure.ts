import {z} from "zod";
import {siteEnergyDaily} from "../../models/marts/site_energy_daily.ts";
import {siteHalfHourly} from "../../models/marts/site_half_hourly.ts";
import {defineFigure} from "../kit/define-figure.ts";
import {carpet} from "./draw.ts";

export const figure = defineFigure({
  id: "carpet",
  summary: "every half-hour of a building's year, a column a day",
  order: 70,
  rows: siteHalfHourly.row.omit({clock_half_hour: true, power_kw: true, is_estimated: true}).extend({
    half_hours: z.array(z.int()),
    power_kw: z.array(z.number().nullable()),
    is_estimated: z.array(z.boolean())
  }),
  more: {days: siteEnergyDaily.row},
  numbers: null,
  building: {mart: "site_half_hourly", energy: "electricity"},
  shows: ["on at night", "panels not registered"],
  draw: (rows, options, {days}) => carpet(rows, days, options),
  examples: () => import("./examples.ts")
});
