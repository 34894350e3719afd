import type {IsoDate} from "../calendar.ts";

/** Water that runs all day and night from a day on, until it is mended; null: still. */
interface Leak {
  readonly from: IsoDate;
  readonly to: IsoDate | null;
  readonly litresPerHour: number;
}

/** A water meter with a logger. */
export interface WaterMeter {
  readonly spid: string;
  readonly serial: string;
  readonly siteId: string;
  /** What a day on which it is open takes, litres. */
  readonly litresPerOpenDay: number;
  /** What runs at every hour of the night by the nature of the building, litres an hour, in winter and from May to September. */
  readonly nightLitresPerHour: readonly [winter: number, summer: number];
  readonly leaks: readonly Leak[];
}

/** What loggers and the heat meter tell of begins here. */
export const WATER_FROM: IsoDate = "2024-01-01";

const quiet = {nightLitresPerHour: [0, 0], leaks: []} as const;

/** Six of the council's sites have a logger: a school with a leak that nobody has found, one whose leak was mended, and pools, which run at night by their nature. */
export const WATER_METERS: readonly WaterMeter[] = [
  {
    ...{spid: "3099000011W12", serial: "24W000118", siteId: "primary-school-03", litresPerOpenDay: 3900, ...quiet},
    leaks: [{from: "2026-08-14", to: null, litresPerHour: 85}]
  },
  {...{spid: "3099000024W15", serial: "24W000231", siteId: "primary-school-07", litresPerOpenDay: 3200, ...quiet}},
  {
    ...{spid: "3099000037W11", serial: "24W000344", siteId: "secondary-school-02", litresPerOpenDay: 14_500, ...quiet},
    leaks: [{from: "2025-02-08", to: "2025-03-19", litresPerHour: 240}]
  },
  {...{spid: "3099000040W18", serial: "24W000457", siteId: "civic-office", litresPerOpenDay: 5200, ...quiet}},
  {
    ...{spid: "3099000053W14", serial: "24W000560", siteId: "leisure-centre-03", litresPerOpenDay: 58_000, ...quiet},
    nightLitresPerHour: [150, 210]
  },
  {
    ...{spid: "3099000066W17", serial: "24W000673", siteId: "care-home-02", litresPerOpenDay: 9800, ...quiet},
    nightLitresPerHour: [40, 40]
  }
];

/** The heat meter of a boiler that burns pellets. */
export const HEAT_METER = {
  name: "HEAT-0001",
  siteId: "depot-03",
  /** What it stood at as it begins to tell, MWh. */
  startsAtMwh: 212.4,
  /** kWh of heat for each degree of a day's mean below the balance point, while it is open and while it is shut. */
  kwhPerDegreeDay: {open: 34, shut: 13},
  balanceCelsius: 15.5
} as const;
