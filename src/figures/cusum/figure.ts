import {z} from "zod";
import {buildingEvents} from "../../models/marts/building_events.ts";
import {energySignatures} from "../../models/marts/energy_signatures.ts";
import {signaturePoints} from "../../models/marts/signature_points.ts";
import {defineFigure} from "../kit/define-figure.ts";
import {cusum} from "./draw.ts";

export const figure = defineFigure({
  id: "cusum",
  summary: "what a building took beyond its signature, summed, with what happened",
  order: 86,
  rows: signaturePoints.row
    .pick({site_id: true, site_name: true, energy: true, quantity: true, settlement_date: true, is_fitted: true})
    .extend({summed_kwh: z.number()}),
  more: {signatures: energySignatures.row, events: buildingEvents.row},
  building: {mart: "signature_points", energy: "gas"},
  shows: ["gas day and night", "heat day and night"],
  isLeftOutEmpty: true,
  draw: cusum,
  examples: () => import("./examples.ts")
});
