import type {SiteKind} from "./estate.ts";

/** How a kind of building draws electricity: watts for each square metre served. */
export interface ElectricityShape {
  /** Day and night. */
  readonly base: number;
  /** People and their equipment, added when the building is full. */
  readonly occupied: number;
  /** Added when the building is full and the sky dark. */
  readonly lighting: number;
  /** Added when the building is full, for each °C above `COOLING.fromCelsius`. */
  readonly coolingPerDegree: number;
}

/** How a kind of building burns gas: litres an hour for each square metre served. */
export interface GasShape {
  /** Day and night: keeping a pool warm. */
  readonly pool: number;
  /** When the building is full: taps and showers. */
  readonly hotWater: number;
  /** When heating is on, for each °C below `HEATING.balanceCelsius`. */
  readonly heatingPerDegree: number;
}

export type BuildingKind = Exclude<SiteKind, "street-lighting">;

export const ELECTRICITY_SHAPES: Readonly<Record<BuildingKind, ElectricityShape>> = {
  office: {base: 4.4, occupied: 15.5, lighting: 3.2, coolingPerDegree: 0.7},
  library: {base: 2.3, occupied: 11, lighting: 5, coolingPerDegree: 0.35},
  "leisure-centre": {base: 20, occupied: 15, lighting: 4.5, coolingPerDegree: 0.3},
  depot: {base: 3.2, occupied: 9, lighting: 6, coolingPerDegree: 0.1},
  "primary-school": {base: 3, occupied: 18, lighting: 5, coolingPerDegree: 0.1},
  "secondary-school": {base: 4.2, occupied: 21, lighting: 5, coolingPerDegree: 0.2},
  "special-school": {base: 3.4, occupied: 19, lighting: 5, coolingPerDegree: 0.2},
  "care-home": {base: 6, occupied: 9, lighting: 3.5, coolingPerDegree: 0.1},
  crematorium: {base: 8, occupied: 34, lighting: 4, coolingPerDegree: 0.2},
  museum: {base: 6.5, occupied: 9, lighting: 5, coolingPerDegree: 0.6},
  "community-centre": {base: 2.8, occupied: 11, lighting: 5, coolingPerDegree: 0.2}
};

export const GAS_SHAPES: Readonly<Record<BuildingKind, GasShape>> = {
  office: {pool: 0, hotWater: 0.12, heatingPerDegree: 0.52},
  library: {pool: 0, hotWater: 0.1, heatingPerDegree: 0.58},
  "leisure-centre": {pool: 3.1, hotWater: 1.5, heatingPerDegree: 0.6},
  depot: {pool: 0, hotWater: 0.15, heatingPerDegree: 0.5},
  "primary-school": {pool: 0, hotWater: 0.3, heatingPerDegree: 0.8},
  "secondary-school": {pool: 0, hotWater: 0.3, heatingPerDegree: 0.72},
  "special-school": {pool: 0.4, hotWater: 0.5, heatingPerDegree: 0.66},
  "care-home": {pool: 0, hotWater: 1.1, heatingPerDegree: 0.34},
  crematorium: {pool: 0, hotWater: 18, heatingPerDegree: 0.5},
  museum: {pool: 0, hotWater: 0.1, heatingPerDegree: 0.5},
  "community-centre": {pool: 0, hotWater: 0.2, heatingPerDegree: 0.6}
};

export const COOLING = {fromCelsius: 19} as const;

/** Temperatures in °C, times in minutes, the rest shares of the heating that the weather asks for. */
export const HEATING = {
  balanceCelsius: 15.5,
  /** Boilers stand idle on days whose mean is at or above this. */
  idleFromCelsius: 13.5,
  warmUpMinutes: 150,
  offBeforeClosingMinutes: 30,
  /** Extra at the start of the warm-up, falling evenly to nothing over `peakMinutes`. */
  startUpPeak: 1.3,
  peakMinutes: 240,
  frostCelsius: 1,
  frostShare: 0.15,
  /** Where people live, by night. */
  residentNightShare: 0.7,
  /** What an empty building or pool takes of its ordinary warmth, in a spell of closure. */
  closedShare: 0.4
} as const;

/** Once a heat pump has taken over half of a school: the gas that stays, and watts a square metre for each °C of heating. */
export const HEAT_PUMP = {gasShare: 0.5, wattsPerDegree: 1} as const;

/** Where something is left on: the share of the lamps that burn, and of the hot water of a full building that is made day and night. */
export const LEFT_ON = {lamps: 0.4, hotWater: 0.5} as const;

/** How a building fills and empties. Times in minutes, the rest shares of a full building. */
export const OCCUPANCY = {
  fillsFromBeforeOpening: 90,
  fullAfterOpening: 60,
  thinsFromBeforeClosing: 60,
  emptyAfterClosing: 75,
  lunchFrom: 750,
  lunchTo: 810,
  lunchShare: 0.9,
  weekendShare: 0.82,
  augustShare: 0.84,
  holidayShare: 0.14,
  residentNightShare: 0.45,
  residentsWakeAt: 390,
  residentsSleepAt: 1350
} as const;

/** How far a day, and a half-hour within it, may stray from its shape, as shares of the load. */
export const WOBBLE = {day: 0.09, halfHour: 0.07} as const;
