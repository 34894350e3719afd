import {z} from "zod";
import {siteRatings} from "../../models/marts/site_ratings.ts";
import {siteYears} from "../../models/marts/site_years.ts";
import {defineFigure} from "../kit/define-figure.ts";
import {league} from "./draw.ts";

export const figure = defineFigure({
  id: "league",
  summary: "buildings of one kind by kWh/m²: this year, the year before, what is typical",
  order: 84,
  rows: siteYears.row
    .pick({
      ...{site_id: true, site_name: true, site_kind: true, heated_by: true, energy: true, quantity: true},
      ...{held_share: true, kwh_per_m2: true, kwh_per_m2_before: true, peers_kwh_per_m2: true, peers: true}
    })
    .extend({
      is_chosen: z.boolean(),
      tm46_band: siteRatings.row.shape.tm46_band,
      typical_kwh_per_m2: z.number().nullable(),
      gbp_above_typical: z.number().nullable(),
      as_of: z.date()
    }),
  isLeftOutEmpty: true,
  building: {mart: "site_years", energy: "gas"},
  draw: league,
  examples: () => import("./examples.ts")
});
