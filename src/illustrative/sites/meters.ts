import {beginningOf, GAS, PORTAL, READINGS} from "../accounts.ts";
import {ESTATE_PERIOD, type MeterPoint, MOST_BEGIN_ON} from "../estate.ts";
import {METER_EXCHANGED} from "../happenings.ts";
import {inventMpan, inventMprn} from "./identifiers.ts";
import {livesOf, nameInFiles, toldToOf, tookOverMeters} from "./lives.ts";
import {SECOND_METERS, SITES_WITHOUT_GAS, type SiteRow} from "./rows.ts";

/** What the meters of three sites are called, which were there before the rest. */
const NAMED: Readonly<Record<string, {electricity: Partial<MeterPoint>; gas: Partial<MeterPoint>}>> = {
  "civic-office": {
    electricity: {meterPointId: "1600201801016", serial: "E24L00417", decimals: 2},
    gas: {meterPointId: "9100000011", name: "Boiler house", serial: "G160L0117", decimals: 2}
  },
  library: {
    electricity: {meterPointId: "1600201802029", serial: "E24Q00052", decimals: 3},
    gas: {meterPointId: "9100000022", serial: "G040Q0206", decimals: 2}
  },
  "leisure-centre": {
    electricity: {meterPointId: "1600201803031", serial: "E23T00908"},
    gas: {meterPointId: "9100000033", name: "Plant room", serial: "G250T0031"}
  }
};

const FIRST_MPAN = 1001;
const FIRST_MPRN = 101;
const FIRST_SECOND = 2001;
const STEP = 7;
const SERIAL_DIGITS = 4;

/** A meter that turns up in the portal's files and in no register. */
export const UNREGISTERED_METER_POINT: MeterPoint = {
  meterPointId: "1600201809098",
  energy: "electricity",
  name: "Annexe",
  serial: "E19L00003",
  scale: 340,
  decimals: 2,
  account: PORTAL,
  lives: [{siteId: "civic-office", from: MOST_BEGIN_ON, to: null}],
  toldTo: ESTATE_PERIOD.to,
  siteName: "Larkmere Civic Office"
};

/** The meters of the site in the row numbered `index`: electricity, gas if it has any, and second ones. None where they came with the building. */
export function metersOf(row: SiteRow, index: number): MeterPoint[] {
  const [siteId, , kind] = row;
  if (tookOverMeters(siteId)) return [];
  const hasGas = kind !== "street-lighting" && !SITES_WITHOUT_GAS.has(siteId);
  const main = hasGas ? [electricityMeter(row, index), gasMeter(row, index)] : [electricityMeter(row, index)];
  return [...main, ...secondMeters(row)];
}

function electricityMeter(row: SiteRow, index: number): MeterPoint {
  const [siteId, , kind, , , account] = row;
  return {
    meterPointId: inventMpan(FIRST_MPAN + STEP * index),
    energy: "electricity",
    name: kind === "street-lighting" ? "Unmetered supply" : "Main incomer",
    serial: `E20X0${serialNumber(FIRST_MPAN, index)}`,
    scale: mainScale(row, "electricity"),
    decimals: account === READINGS ? 2 : 1,
    ...toldOf(row, account),
    ...NAMED[siteId]?.electricity
  };
}

function gasMeter(row: SiteRow, index: number): MeterPoint {
  const [siteId] = row;
  const {on, serial} = METER_EXCHANGED;
  return {
    meterPointId: inventMprn(FIRST_MPRN + STEP * index),
    energy: "gas",
    name: "Boiler room",
    serial: `G160X${serialNumber(FIRST_MPAN, index)}`,
    ...(siteId === METER_EXCHANGED.siteId ? {exchange: {on, serial}} : {}),
    scale: mainScale(row, "gas"),
    decimals: 1,
    ...toldOf(row, GAS),
    ...NAMED[siteId]?.gas
  };
}

function secondMeters(row: SiteRow): MeterPoint[] {
  return SECOND_METERS.flatMap(([siteId, energy, name, scale, account], index) => {
    if (siteId !== row[0]) return [];
    const number = FIRST_SECOND + STEP * index;
    const [meterPointId, start] = energy === "gas" ? [inventMprn(number), "G160X"] : [inventMpan(number), "E20X0"];
    const serial = start + serialNumber(FIRST_SECOND, index);
    return [{meterPointId, energy, name, serial, scale, decimals: 1, ...toldOf(row, account)}];
  });
}

/** What the main meter serves: the site without what a second one serves. */
function mainScale([siteId, , , scale]: SiteRow, energy: MeterPoint["energy"]): number {
  const parts = SECOND_METERS.filter(([site, of]) => site === siteId && of === energy);
  return parts.reduce((rest, [, , , part]) => rest - part, scale);
}

/** Where a meter that began at a site measures, and how the files of its account tell of it. */
function toldOf(
  [siteId, name]: SiteRow,
  account: string
): Pick<MeterPoint, "account" | "lives" | "toldTo" | "siteName"> {
  const lives = livesOf(siteId, beginningOf(account));
  return {account, lives, toldTo: toldToOf(siteId), siteName: nameInFiles(siteId, name)};
}

function serialNumber(first: number, index: number): string {
  return String(first + STEP * index).padStart(SERIAL_DIGITS, "0");
}
