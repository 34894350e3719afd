import type {MeterDay} from "../reads.ts";
import type {SupplierFile} from "../supplier-files.ts";
import {keepEstimates, reissueEstimates} from "./estimates.ts";
import type {Fault, Plant, Planted} from "./fault.ts";
import {blankDays, dropDays, splitDay} from "./gaps.ts";
import {addUnregistered, damageCell, duplicateFile} from "./oddities.ts";
import {tellHeatingLeftOn, tellLostPasses} from "./standing.ts";

const CIVIC_ELECTRICITY = "1600201801016";
const LIBRARY_ELECTRICITY = "1600201802029";
const LEISURE_ELECTRICITY = "1600201803031";
const LEISURE_GAS = "9100000033";

/** Days in the files on which the unregistered meter reports. */
export const UNREGISTERED_STAY = {
  from: "2026-03-01",
  to: "2026-03-31"
} as const;

/** Faults of life, small but real, one after another. */
const PLAN: readonly Plant[] = [
  reissueEstimates({
    meterPointId: CIVIC_ELECTRICITY,
    from: "2025-02-10",
    to: "2025-02-14",
    issuedAt: "2025-03-19 10:02"
  }),
  keepEstimates({
    meterPointId: LEISURE_ELECTRICITY,
    from: "2026-02-03",
    to: "2026-02-04",
    firstPeriod: 15,
    lastPeriod: 34
  }),
  splitDay({
    meterPointId: CIVIC_ELECTRICITY,
    date: "2025-09-30",
    lastPeriod: 24
  }),
  dropDays({meterPointId: LEISURE_GAS, from: "2025-06-09", to: "2025-06-13"}),
  blankDays({
    meterPointId: CIVIC_ELECTRICITY,
    from: "2026-05-19",
    to: "2026-05-19"
  }),
  duplicateFile({meterPointId: LIBRARY_ELECTRICITY, date: "2025-08-01"}),
  damageCell({
    meterPointId: LEISURE_ELECTRICITY,
    date: "2025-12-03",
    period: 21,
    text: "#REF!"
  })
];

/** The files as they really arrive, with what is wrong in them. */
export function plantFaults(files: readonly SupplierFile[], unregistered: readonly MeterDay[]): Planted {
  const plan = [...PLAN, addUnregistered({host: CIVIC_ELECTRICITY, days: unregistered})];
  const planted = plan.reduce<Planted>(plantNext, {files, faults: []});
  const standing: Fault[] = [...tellHeatingLeftOn(planted.files), ...tellLostPasses(planted.files)];
  return {files: planted.files, faults: [...planted.faults, ...standing]};
}

function plantNext({files, faults}: Planted, plant: Plant): Planted {
  const next = plant(files);
  return {files: next.files, faults: [...faults, ...next.faults]};
}
