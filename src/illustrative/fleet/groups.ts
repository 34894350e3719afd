import type {IsoDate} from "../calendar.ts";

export type Fuel = "diesel" | "petrol" | "gas_oil" | "hvo" | "electric";
export type Season = "even" | "growing" | "terms";

/** Vehicles of a kind that serve alike. */
export interface FleetGroup {
  readonly kind: string;
  readonly service: string;
  readonly fuel: Fuel;
  readonly count: number;
  /** Litres a year of each, as in 2020. */
  readonly litresAYear: number;
  /** Litres of an ordinary fill. */
  readonly fill: number;
  readonly milesPerLitre: number;
  readonly season: Season;
  readonly from?: IsoDate;
  readonly to?: IsoDate;
  /** Months from one vehicle's first day to the next one's. */
  readonly monthsBetween?: number;
}

const REFUSE = {
  kind: "refuse-collection-vehicle",
  service: "waste",
  fill: 136,
  milesPerLitre: 0.8,
  season: "even"
} as const;
const VAN = {kind: "van", fuel: "diesel", fill: 39, milesPerLitre: 7, season: "even"} as const;
const TIPPER = {kind: "tipper", fuel: "diesel", fill: 55, milesPerLitre: 4.5, season: "even"} as const;
const CAR = {kind: "car", fuel: "petrol", fill: 30, milesPerLitre: 9, season: "even"} as const;
const MINIBUS = {kind: "minibus", fuel: "diesel", fill: 46, milesPerLitre: 5.5, season: "terms"} as const;
const PLANT = {fuel: "gas_oil", fill: 40, milesPerLitre: 0} as const;
const ELECTRIC = {fuel: "electric", litresAYear: 0, fill: 0, milesPerLitre: 0, season: "even"} as const;
const HVO_FROM = "2023-04-01";
const BEFORE_HVO = "2023-03-31";

/** 250 vehicles and machines, those that have gone among them. */
export const FLEET_GROUPS: readonly FleetGroup[] = [
  {...REFUSE, fuel: "diesel", count: 22, litresAYear: 12_850},
  {...REFUSE, fuel: "diesel", count: 8, litresAYear: 8060, to: BEFORE_HVO},
  {...REFUSE, fuel: "hvo", count: 8, litresAYear: 8060, from: HVO_FROM},
  {
    kind: "sweeper",
    service: "highways",
    fuel: "diesel",
    count: 12,
    litresAYear: 9790,
    fill: 84,
    milesPerLitre: 1.5,
    season: "even"
  },
  {...TIPPER, service: "highways", count: 20, litresAYear: 4690},
  {...TIPPER, service: "parks", count: 14, litresAYear: 3670, season: "growing"},
  {...VAN, service: "housing-repairs", count: 40, litresAYear: 2750},
  {...VAN, service: "facilities", count: 18, litresAYear: 2240},
  {...VAN, service: "parks", count: 12, litresAYear: 2350},
  {...VAN, service: "highways", count: 10, litresAYear: 2650},
  {...MINIBUS, service: "passenger-transport", count: 22, litresAYear: 4180},
  {...CAR, service: "care", count: 14, litresAYear: 1380},
  {...CAR, service: "facilities", count: 6, litresAYear: 1280},
  {...PLANT, kind: "mower", service: "parks", count: 14, litresAYear: 2140, season: "growing"},
  {...PLANT, kind: "digger", service: "highways", count: 6, litresAYear: 2350, season: "even"},
  {...ELECTRIC, kind: "van", service: "housing-repairs", count: 10, from: "2021-06-01", monthsBetween: 5},
  {...ELECTRIC, kind: "van", service: "facilities", count: 6, from: "2022-04-01", monthsBetween: 6},
  {...ELECTRIC, kind: "car", service: "care", count: 8, from: "2021-04-01", monthsBetween: 6}
];
