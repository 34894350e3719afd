import {siteEnergyDaily} from "../../models/marts/site_energy_daily.ts";
import {siteYears} from "../../models/marts/site_years.ts";
import {defineFigure} from "../kit/define-figure.ts";
import {baseLoadTrend} from "./draw.ts";

const {site_id, site_name, energy, settlement_date} = siteEnergyDaily.row.shape;
const {quantity, base_load_kw} = siteYears.row.shape;

export const figure = defineFigure({
  id: "base-load",
  summary: "the base load of a building, night by night over two years",
  order: 82,
  rows: siteEnergyDaily.row.pick({}).extend({
    ...{site_id, site_name, energy, settlement_date, quantity: quantity.unwrap(), base_load_kw: base_load_kw.unwrap()},
    /** The median of the four weeks to this night. */
    usual_kw: base_load_kw,
    now_kw: base_load_kw,
    before_kw: base_load_kw,
    /** What 1 kW costs that runs all year, at the avoidable rates of now. */
    gbp_a_kw_year: siteYears.row.shape.avoidable_gbp
  }),
  building: {mart: "site_energy_daily", energy: "electricity"},
  shows: ["base load up"],
  isLeftOutEmpty: true,
  draw: baseLoadTrend,
  examples: () => import("./examples.ts")
});
