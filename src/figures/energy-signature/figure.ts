import {energySignatures} from "../../models/marts/energy_signatures.ts";
import {signaturePoints} from "../../models/marts/signature_points.ts";
import {defineFigure} from "../kit/define-figure.ts";
import {energySignature} from "./draw.ts";

export const figure = defineFigure({
  id: "energy-signature",
  order: 85,
  rows: signaturePoints.row,
  isLeftOutEmpty: true,
  building: {mart: "signature_points", energy: "gas"},
  more: {lines: energySignatures.row},
  draw: energySignature,
  examples: () => import("./examples.ts")
});
