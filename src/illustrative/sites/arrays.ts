import {GENERATION} from "../accounts.ts";
import {ESTATE_PERIOD, MOST_BEGIN_ON, type SolarArray} from "../estate.ts";
import {siteOf, supplyOf} from "./sites.ts";

const SINCE_THE_START = MOST_BEGIN_ON;
const NUMBER_DIGITS = 4;
const FIRST_SERIAL = 3107;
const SERIAL_STEP = 13;

/** Where, kWp, and when it was commissioned. */
const ARRAY_ROWS: readonly (readonly [siteId: string, capacityKw: number, from: string])[] = [
  ["leisure-centre-02", 250, SINCE_THE_START],
  ["leisure-centre-03", 180, "2022-05-16"],
  ["secondary-school-01", 200, SINCE_THE_START],
  ["secondary-school-02", 150, "2023-03-06"],
  ["secondary-school-03", 120, SINCE_THE_START],
  ["depot-01", 160, SINCE_THE_START],
  ["depot-02", 90, "2024-06-10"],
  ["office-02", 75, SINCE_THE_START],
  ["office-03", 50, SINCE_THE_START],
  ["primary-school-01", 40, SINCE_THE_START],
  ["primary-school-02", 30, SINCE_THE_START],
  ["primary-school-03", 50, "2021-08-23"],
  ["primary-school-04", 36, SINCE_THE_START],
  ["special-school-01", 45, SINCE_THE_START]
];

/** Power flows out of these too, and nothing measures it. */
const WITHOUT_EXPORT_METER: ReadonlySet<string> = new Set(["office-03", "primary-school-04"]);

export const ARRAYS: readonly SolarArray[] = ARRAY_ROWS.map(([siteId, capacityKw, from], index) => ({
  assetId: `solar-${siteId}`,
  site: siteOf(siteId),
  capacityKw,
  from,
  meter: {
    meterPointId: `GEN-${String(index + 1).padStart(NUMBER_DIGITS, "0")}`,
    energy: "electricity",
    name: "Solar array",
    serial: `S21X${FIRST_SERIAL + SERIAL_STEP * index}`,
    scale: capacityKw,
    decimals: 2,
    account: GENERATION,
    lives: [{siteId, from, to: null}],
    toldTo: ESTATE_PERIOD.to,
    siteName: siteOf(siteId).name
  },
  supply: supplyOf(siteId, "electricity"),
  isExportMetered: !WITHOUT_EXPORT_METER.has(siteId)
}));
