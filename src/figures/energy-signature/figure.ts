import {energySignatures} from "../../models/marts/energy_signatures.ts";
import {signaturePoints} from "../../models/marts/signature_points.ts";
import {defineFigure} from "../kit/define-figure.ts";
import {energySignature} from "./draw.ts";

export const figure = defineFigure({
  id: "energy-signature",
  summary: "a building's days by outside temperature, with the line that they follow",
  order: 85,
  rows: signaturePoints.row,
  isLeftOutEmpty: true,
  building: {mart: "signature_points", energy: "gas"},
  shows: ["heating while shut", "heating at night", "hot water while shut"],
  more: {lines: energySignatures.row},
  draw: energySignature,
  examples: () => import("./examples.ts")
});
