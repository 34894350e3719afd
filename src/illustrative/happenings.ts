import type {IsoDate} from "./calendar.ts";
import {ESTATE_PERIOD} from "./estate.ts";
import type {Weather} from "./weather.ts";

/** Days of a site, both included. */
export interface Stay {
  readonly siteId: string;
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/** What went wrong at sites, and not in files. What is of electricity is at the site's main meter. */
export interface Mishaps {
  /** Heating ran although nobody was there. */
  readonly heatingLeftOn: readonly Stay[];
  /** Hot water was kept hot day and night. */
  readonly hotWaterLeftOn: readonly Stay[];
  /** Some of the lamps burnt in the dark although the building was closed. */
  readonly lightsLeftOn: readonly Stay[];
  /** Something more drew power day and night. */
  readonly baseLoadRaised: readonly (Stay & {readonly kilowatts: number})[];
  /** An array gave nothing. */
  readonly arraysFailed: readonly Stay[];
}

/** What goes on around a meter. */
export interface Surroundings {
  readonly weather: Weather;
  readonly mishaps: Mishaps;
}

/** The school at which a heat pump took over half of the heating, and when. */
export const HEAT_PUMP_SCHOOL = {siteId: "secondary-school-04", from: "2024-08-12"} as const;

/**
 * The office whose lamps were changed to LED, when, and the share of their power that is left. Of what people and their equipment draw, so much is lamps
 * that burn by day too.
 */
export const LED_OFFICE = {siteId: "office-02", from: "2025-09-01", left: 0.5, byDay: 0.25} as const;

/** Nobody has mended it by the last day of the files. */
const STILL = ESTATE_PERIOD.to;

export const MISHAPS: Mishaps = {
  /** Through a weekend in January at the civic office, through all of January at a school, and in nights and at weekends at another now. */
  heatingLeftOn: [
    {siteId: "civic-office", from: "2026-01-17", to: "2026-01-18"},
    {siteId: "primary-school-07", from: "2026-01-01", to: "2026-01-31"},
    {siteId: "primary-school-11", from: "2026-10-05", to: STILL}
  ],
  /** Through August, at a school. */
  hotWaterLeftOn: [{siteId: "primary-school-13", from: "2026-08-01", to: "2026-08-31"}],
  /** Six weeks at a library, until somebody saw it; at a school now. */
  lightsLeftOn: [
    {siteId: "library-03", from: "2026-02-02", to: "2026-03-15"},
    {siteId: "secondary-school-05", from: "2026-09-21", to: STILL}
  ],
  baseLoadRaised: [{siteId: "civic-office", from: "2026-09-07", to: STILL, kilowatts: 6}],
  /** Three weeks at a leisure centre; at an office now. */
  arraysFailed: [
    {siteId: "leisure-centre-02", from: "2025-06-04", to: "2025-06-24"},
    {siteId: "office-03", from: "2026-10-12", to: STILL}
  ]
};
export const NO_MISHAPS: Mishaps = {
  heatingLeftOn: [],
  hotWaterLeftOn: [],
  lightsLeftOn: [],
  baseLoadRaised: [],
  arraysFailed: []
};

export function isWithin(stays: readonly Stay[], siteId: string, date: IsoDate): boolean {
  return stays.some(stay => stay.siteId === siteId && date >= stay.from && date <= stay.to);
}

/** The day from which another gas meter, its dial at nothing, stands at a site. */
export const METER_EXCHANGED = {siteId: "secondary-school-02", on: "2025-04-15", serial: "G250X0977"} as const;

/** Days of which the weather service has no temperature. */
export const WEATHER_GAP = {from: "2025-11-18", to: "2025-11-20"} as const;

/** Days in the files on which the unregistered meter reports. */
export const UNREGISTERED_STAY = {from: "2026-03-01", to: "2026-03-31"} as const;
