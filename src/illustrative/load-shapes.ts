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

export type LoadKind = "office" | "library" | "leisure-centre";

export const ELECTRICITY_SHAPES: Readonly<Record<LoadKind, ElectricityShape>> = {
  office: {base: 4.4, occupied: 15.5, lighting: 3.2, coolingPerDegree: 0.7},
  library: {base: 2.3, occupied: 11, lighting: 5, coolingPerDegree: 0.35},
  "leisure-centre": {
    base: 14.5,
    occupied: 12,
    lighting: 4.5,
    coolingPerDegree: 0.3
  }
};

export const GAS_SHAPES: Readonly<Record<LoadKind, GasShape>> = {
  office: {pool: 0, hotWater: 0.12, heatingPerDegree: 0.52},
  library: {pool: 0, hotWater: 0.1, heatingPerDegree: 0.58},
  "leisure-centre": {pool: 3.1, hotWater: 1.5, heatingPerDegree: 0.6}
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
  frostShare: 0.15
} as const;

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
  augustShare: 0.84
} as const;

/** Daylight: hours are in minutes of the wall clock, near enough for a load. */
export const DAYLIGHT = {
  noon: 755,
  meanHalfDay: 365,
  seasonSwing: 135,
  shortestDayOfYear: 355,
  twilight: 60,
  daysInYear: 365.25
} as const;

/** How far a day, and a half-hour within it, may stray from its shape, as shares of the load. */
export const WOBBLE = {day: 0.09, halfHour: 0.07} as const;
