import {GAS, PORTAL, READINGS} from "../accounts.ts";
import {ESTATE_PERIOD, type MeterPoint} from "../estate.ts";
import {METER_EXCHANGED} from "../happenings.ts";
import {inventMpan, inventMprn} from "./identifiers.ts";
import {OPENED_LATER, SITES_WITHOUT_GAS, type SiteRow} from "./rows.ts";

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
  from: ESTATE_PERIOD.from
};

/** The meters of the site in the row numbered `index`: electricity, and gas if it has any. */
export function metersOf(row: SiteRow, index: number): MeterPoint[] {
  const [siteId, , kind] = row;
  const hasGas = kind !== "street-lighting" && !SITES_WITHOUT_GAS.has(siteId);
  return hasGas ? [electricityMeter(row, index), gasMeter(row, index)] : [electricityMeter(row, index)];
}

function electricityMeter([siteId, , kind, scale, , account]: SiteRow, index: number): MeterPoint {
  return {
    meterPointId: inventMpan(FIRST_MPAN + STEP * index),
    energy: "electricity",
    name: kind === "street-lighting" ? "Unmetered supply" : "Main incomer",
    serial: `E20X0${serialNumber(index)}`,
    scale,
    decimals: account === READINGS ? 2 : 1,
    account,
    from: openedOn(siteId),
    ...NAMED[siteId]?.electricity
  };
}

function gasMeter([siteId, , , scale]: SiteRow, index: number): MeterPoint {
  const {on, serial} = METER_EXCHANGED;
  return {
    meterPointId: inventMprn(FIRST_MPRN + STEP * index),
    energy: "gas",
    name: "Boiler room",
    serial: `G160X${serialNumber(index)}`,
    ...(siteId === METER_EXCHANGED.siteId ? {exchange: {on, serial}} : {}),
    scale,
    decimals: 1,
    account: GAS,
    from: openedOn(siteId),
    ...NAMED[siteId]?.gas
  };
}

function openedOn(siteId: string): string {
  return OPENED_LATER.get(siteId) ?? ESTATE_PERIOD.from;
}

function serialNumber(index: number): string {
  return String(FIRST_MPAN + STEP * index).padStart(SERIAL_DIGITS, "0");
}
