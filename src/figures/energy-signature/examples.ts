import type {EnergySignature} from "../../models/marts/energy_signatures.ts";
import type {SignaturePoint} from "../../models/marts/signature_points.ts";
import type {Example} from "../kit/define-figure.ts";
import {schoolDays, schoolLines} from "../kit/examples/school-days.ts";

export const examples: readonly Example<SignaturePoint, {readonly lines: EnergySignature}>[] = [
  {name: "energy-signature", rows: schoolDays, more: {lines: schoolLines}, options: {isIllustrative: true}},
  {
    name: "energy-signature-unclear",
    rows: schoolDays.slice(0, 200).map(day => ({...day, signature_kw: null, excess_kwh: null})),
    more: {lines: schoolLines.map(each => ({...each, failed: "fewer than 330 days are known"}))},
    looks: [["light", 960]]
  }
];
