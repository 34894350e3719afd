import type {IsoDate} from "./calendar.ts";
import type {Weather} from "./weather.ts";

/** Days of a site, both included. */
export interface Stay {
  readonly siteId: string;
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/** What went wrong at sites, and not in files. */
export interface Mishaps {
  /** Heating ran although nobody was there. */
  readonly heatingLeftOn: readonly Stay[];
  /** An array gave nothing. */
  readonly arraysFailed: readonly Stay[];
}

/** What goes on around a meter. */
export interface Surroundings {
  readonly weather: Weather;
  readonly mishaps: Mishaps;
}

/** Heating ran through a weekend in January at the civic office, and through all of January at a school. */
export const HEATING_LEFT_ON: readonly Stay[] = [
  {siteId: "civic-office", from: "2026-01-17", to: "2026-01-18"},
  {siteId: "primary-school-07", from: "2026-01-01", to: "2026-01-31"}
];

/** The school at which a heat pump took over half of the heating, and when. */
export const HEAT_PUMP_SCHOOL = {siteId: "secondary-school-04", from: "2024-08-12"} as const;

/** Three weeks in which an array gave nothing. */
export const ARRAY_FAILED: Stay = {siteId: "leisure-centre-02", from: "2025-06-04", to: "2025-06-24"};

export const MISHAPS: Mishaps = {heatingLeftOn: HEATING_LEFT_ON, arraysFailed: [ARRAY_FAILED]};
export const NO_MISHAPS: Mishaps = {heatingLeftOn: [], arraysFailed: []};

export function isWithin(stays: readonly Stay[], siteId: string, date: IsoDate): boolean {
  return stays.some(stay => stay.siteId === siteId && date >= stay.from && date <= stay.to);
}

/** The day from which another gas meter, its dial at nothing, stands at a site. */
export const METER_EXCHANGED = {siteId: "secondary-school-02", on: "2025-04-15", serial: "G250X0977"} as const;

/** Days in the files on which the unregistered meter reports. */
export const UNREGISTERED_STAY = {from: "2026-03-01", to: "2026-03-31"} as const;
