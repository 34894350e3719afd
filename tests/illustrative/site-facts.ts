import type {MeterPoint, Site, SiteKind} from "../../src/illustrative/estate.ts";
import {ELECTRICITY_SHAPES} from "../../src/illustrative/load-shapes.ts";
import {randomFor} from "../../src/illustrative/random.ts";
import {STATION} from "../../src/illustrative/sites/station.ts";
import {SEED} from "./written.ts";

/** What registers say of the illustrative sites and no supplier's file does. All of it is invented. */

/** No place in Great Britain is called so. */
const WARDS = ["Quernsallow", "Duskwater and Fen", "Upper Tansywell", "Thrushquill", "Larkmere", "Yaffleton Moor"];

/** Who answers for a kind of site, and whose budget pays. */
const SERVICES: Readonly<Record<SiteKind, readonly [service: string, costCentre: string]>> = {
  office: ["Corporate property", "CP-100"],
  library: ["Libraries", "LB-210"],
  museum: ["Libraries", "LB-240"],
  "leisure-centre": ["Leisure", "LS-300"],
  depot: ["Highways and waste", "HW-410"],
  "street-lighting": ["Highways and waste", "HW-450"],
  "primary-school": ["Schools", "SC-510"],
  "secondary-school": ["Schools", "SC-520"],
  "special-school": ["Schools", "SC-530"],
  "care-home": ["Adult care", "AC-600"],
  crematorium: ["Bereavement", "BV-700"],
  "community-centre": ["Communities", "CM-800"]
};

/** Who pays the council back for a site, or for one meter of it. */
const RECHARGED: Readonly<Record<string, string>> = {
  "leisure-centre-03": "Leisure operator",
  "leisure-centre-04": "Leisure operator",
  "secondary-school-01": "School building contract",
  "community-centre-01": "Village hall trust"
};
const METERS_RECHARGED: Readonly<Record<string, string>> = {"Assembly rooms": "Catering contractor"};

/** Steps from the station, in hundredths of a degree: about 1.1 km north and 0.7 km east, which no single building can be found by. */
const STEPS = {north: [-6, -3, -1, 2, 4, 7], east: [-8, -5, -2, 1, 4, 6, 9], perDegree: 100} as const;

/** Where a site is, by its place in the register. */
export function placeOf(index: number): {readonly latitude: string; readonly longitude: string; readonly ward: string} {
  const row = index % STEPS.north.length;
  const north = STEPS.north[row] ?? 0;
  const east = STEPS.east[index % STEPS.east.length] ?? 0;
  return {
    latitude: (STATION.latitude + north / STEPS.perDegree).toFixed(2),
    longitude: (STATION.longitude + east / STEPS.perDegree).toFixed(2),
    ward: WARDS[row] ?? ""
  };
}

export function serviceOf({kind}: Site): {readonly service: string; readonly costCentre: string} {
  const [service, costCentre] = SERVICES[kind];
  return {service, costCentre};
}

export function rechargedTo({siteId}: Site): string {
  return RECHARGED[siteId] ?? "";
}

export function meterRechargedTo({name}: MeterPoint): string {
  return METERS_RECHARGED[name] ?? "";
}

/** Kinds of which a site is bought for by the half-hour, with an agreed capacity, from this floor on. */
const LARGE = {kinds: ["office", "leisure-centre", "secondary-school", "depot", "community-centre"], fromM2: 3000};
const TARIFFS = {large: "electricity-by-time", small: "electricity-flat", gas: "gas-flat"} as const;
/** kVA: above what a full building takes in the dark, rounded up. One was agreed for a building that needs far less by now. */
const CAPACITY = {margin: 1.2, powerFactor: 0.95, step: 10} as const;
const AGREED_LONG_AGO: Readonly<Record<string, number>> = {"office-02": 600};

/** A meter's tariff, and the capacity that is agreed for it, kVA. What generates is not bought. */
export function boughtAt(site: Site, meter: MeterPoint): {readonly tariff: string; readonly capacityKva: string} {
  if (meter.energy === "gas") return {tariff: TARIFFS.gas, capacityKva: ""};
  const {kind} = site;
  const isMain = site.meterPoints[0] === meter;
  if (!isMain || kind === "street-lighting" || !LARGE.kinds.includes(kind) || meter.scale < LARGE.fromM2)
    return {tariff: TARIFFS.small, capacityKva: ""};
  const {base, occupied, lighting} = ELECTRICITY_SHAPES[kind];
  const kilowatts = ((base + occupied + lighting) * meter.scale) / 1000;
  const needed = (kilowatts * CAPACITY.margin) / CAPACITY.powerFactor;
  const capacity = AGREED_LONG_AGO[site.siteId] ?? Math.ceil(needed / CAPACITY.step) * CAPACITY.step;
  return {tariff: TARIFFS.large, capacityKva: String(capacity)};
}

/** Days of the school census, the third Thursday in January. */
const CENSUSES = ["2020-01-16", "2021-01-21", "2022-01-20", "2023-01-19", "2024-01-18", "2025-01-16", "2026-01-15"];
/** Floor of a pupil. */
const M2_PER_PUPIL: Partial<Record<SiteKind, number>> = {
  "primary-school": 6.2,
  "secondary-school": 9.6,
  "special-school": 24
};
/** How far schools of a kind differ, and one census from another. */
const ROLL = {spread: 0.24, drift: 0.03} as const;

/** The censuses of a school while the council answers for it: when, and how many pupils. */
export function censusesOf({siteId, kind, floorAreaM2, life}: Site): (readonly [on: string, pupils: number])[] {
  const each = M2_PER_PUPIL[kind];
  if (each === undefined || floorAreaM2 === null) return [];
  const random = randomFor(SEED, `pupils ${siteId}`);
  const usual = (floorAreaM2 / each) * (1 + ROLL.spread * (random() - 0.5));
  return CENSUSES.map(on => [on, Math.round(usual * (1 + ROLL.drift * (random() - 0.5)))] as const).filter(
    ([on]) => life.to === undefined || life.to === null || on <= life.to
  );
}
