import {FLOWS, GAS, GENERATION, PORTAL, READINGS, SETTLEMENT} from "../accounts.ts";
import type {MeterDay} from "../reads.ts";
import {supplyOf} from "../sites/sites.ts";
import type {SupplierFile} from "../supplier-files.ts";
import {keepEstimates, reissueEstimates} from "./estimates.ts";
import type {Plant, Planted} from "./fault.ts";
import {blankDays, dropDays, splitDay} from "./gaps.ts";
import {addUnregistered, damageCell, delayFile, duplicateFile, spike} from "./oddities.ts";
import {tellLostPasses, tellMeterExchanged, tellMishaps} from "./standing.ts";

const CIVIC_ELECTRICITY = supplyOf("civic-office", "electricity").meterPointId;
const LIBRARY_ELECTRICITY = supplyOf("library", "electricity").meterPointId;
const LEISURE_ELECTRICITY = supplyOf("leisure-centre", "electricity").meterPointId;
const LEISURE_GAS = supplyOf("leisure-centre", "gas").meterPointId;
const SPIKED_SCHOOL = supplyOf("primary-school-09", "electricity").meterPointId;
const SILENT_SCHOOL = supplyOf("secondary-school-01", "electricity").meterPointId;
const ESTIMATED_LAMPS = supplyOf("street-lighting-north", "electricity").meterPointId;

/** Faults of life, small but real, one after another in the files of each account. */
const PLANS: Readonly<Record<string, readonly Plant[]>> = {
  [PORTAL]: [
    reissueEstimates({
      meterPointId: CIVIC_ELECTRICITY,
      from: "2025-02-10",
      to: "2025-02-14",
      issuedAt: "2025-03-19 10:02"
    }),
    splitDay({meterPointId: CIVIC_ELECTRICITY, date: "2025-09-30", lastPeriod: 24}),
    blankDays({meterPointId: CIVIC_ELECTRICITY, from: "2026-05-19", to: "2026-05-19"}),
    spike({meterPointId: SPIKED_SCHOOL, date: "2025-11-13", period: 22, times: 40}),
    delayFile({meterPointId: CIVIC_ELECTRICITY, date: "2024-08-15", issuedAt: "2024-11-05 16:40"}),
    tellMishaps,
    tellLostPasses
  ],
  [SETTLEMENT]: [
    keepEstimates({
      meterPointId: LEISURE_ELECTRICITY,
      from: "2026-02-03",
      to: "2026-02-04",
      firstPeriod: 15,
      lastPeriod: 34
    }),
    damageCell({meterPointId: LEISURE_ELECTRICITY, date: "2025-12-03", period: 21, text: "#REF!"}),
    tellMishaps
  ],
  [GAS]: [
    dropDays({meterPointId: LEISURE_GAS, from: "2025-06-09", to: "2025-06-13"}),
    tellMishaps,
    tellMeterExchanged,
    tellLostPasses
  ],
  [READINGS]: [duplicateFile({meterPointId: LIBRARY_ELECTRICITY, date: "2025-08-01"})],
  [FLOWS]: [
    dropDays({meterPointId: SILENT_SCHOOL, from: "2025-07-08", to: "2025-07-10"}),
    keepEstimates({
      meterPointId: ESTIMATED_LAMPS,
      from: "2026-01-12",
      to: "2026-01-14",
      firstPeriod: 1,
      lastPeriod: 48
    })
  ],
  [GENERATION]: [tellMishaps, tellLostPasses]
};

/** Whether files hold faults. */
export type Faults = "planted" | "none";

/** Files that the plans add to those of the accounts: one revised, one downloaded twice. */
export const FILES_ADDED: Readonly<Record<Faults, number>> = {planted: 2, none: 0};

/** The files of an account without a fault; only what their layout has no place for is told. */
export function plantNothing(files: readonly SupplierFile[]): Planted {
  return tellLostPasses(files);
}

/** The files of an account as they really arrive, with what is wrong in them. */
export function plantFaults(
  fileStem: string,
  files: readonly SupplierFile[],
  unregistered: readonly MeterDay[]
): Planted {
  const stranger = fileStem === PORTAL ? [addUnregistered({host: CIVIC_ELECTRICITY, days: unregistered})] : [];
  return [...stranger, ...(PLANS[fileStem] ?? [])].reduce<Planted>(plantNext, {files, faults: []});
}

function plantNext({files, faults}: Planted, plant: Plant): Planted {
  const next = plant(files);
  return {files: next.files, faults: [...faults, ...next.faults]};
}
