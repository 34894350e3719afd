import {siteLoadProfile} from "../../models/marts/site_load_profile.ts";
import {defineFigure} from "../kit/define-figure.ts";
import {loadProfile} from "./draw.ts";

export const figure = defineFigure({
  id: "load-profile",
  summary: "the usual day of a building: weekdays, Saturdays, Sundays",
  order: 80,
  rows: siteLoadProfile.row,
  building: {mart: "site_load_profile", energy: "electricity"},
  draw: loadProfile,
  examples: () => import("./examples.ts")
});
