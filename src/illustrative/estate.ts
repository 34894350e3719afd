import type {IsoDate} from "./calendar.ts";
import type {LoadKind} from "./load-shapes.ts";

/** A building of the council. Times are `HH:MM` on the wall clock; days are a run such as `Mon-Fri`. */
export interface Site {
  readonly siteId: string;
  readonly name: string;
  readonly kind: LoadKind;
  readonly floorAreaM2: number;
  readonly opensAt: string;
  readonly closesAt: string;
  readonly openDays: string;
  readonly meterPoints: readonly MeterPoint[];
}

/** A place at which energy is measured, and how its supplier reports it. */
export interface MeterPoint {
  /** MPAN (13 digits) or MPRN (10 digits). */
  readonly meterPointId: string;
  readonly energy: "electricity" | "gas";
  readonly name: string;
  /** Serial number on the meter, which some files give beside the MPAN or MPRN. */
  readonly serial: string;
  readonly load: LoadKind;
  readonly servesM2: number;
  /** Decimal places that the meter reports, in kWh or m3. */
  readonly decimals: number;
  /** File stem of the account under which its reads arrive. */
  readonly account: string;
}

export type LayoutName = "portal-days" | "settlement-columns" | "gas-days" | "period-rows";

/** A run of files from one supplier. Their names begin with the stem. */
export interface Account {
  readonly fileStem: string;
  readonly layout: LayoutName;
  readonly monthsPerFile: number;
}

/** Days, both included, on which heating ran although the building was closed. */
export interface HeatingLeftOn {
  readonly meterPointId: string;
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/** The council and every site in it are invented. */
export const COUNCIL_NAME = "Illustrative Council";

/** Settlement dates that the files cover, both included; the registers begin with the first. */
export const ESTATE_PERIOD = {from: "2024-11-01", to: "2026-10-31"} as const;

export const ACCOUNTS: readonly Account[] = [
  {fileStem: "portal-civic-office", layout: "portal-days", monthsPerFile: 1},
  {
    fileStem: "settlement-leisure-centre",
    layout: "settlement-columns",
    monthsPerFile: 3
  },
  {fileStem: "gas-estate", layout: "gas-days", monthsPerFile: 1},
  {fileStem: "readings-library", layout: "period-rows", monthsPerFile: 3}
];

export const SITES: readonly Site[] = [
  {
    siteId: "civic-office",
    name: "Larkmere Civic Office",
    kind: "office",
    floorAreaM2: 5200,
    opensAt: "08:00",
    closesAt: "18:00",
    openDays: "Mon-Fri",
    meterPoints: [
      {
        meterPointId: "1600201801016",
        energy: "electricity",
        name: "Main incomer",
        serial: "E24L00417",
        load: "office",
        servesM2: 5200,
        decimals: 2,
        account: "portal-civic-office"
      },
      {
        meterPointId: "9100000011",
        energy: "gas",
        name: "Boiler house",
        serial: "G160L0117",
        load: "office",
        servesM2: 5200,
        decimals: 2,
        account: "gas-estate"
      }
    ]
  },
  {
    siteId: "library",
    name: "Quillbrook Library",
    kind: "library",
    floorAreaM2: 1350,
    opensAt: "09:00",
    closesAt: "18:30",
    openDays: "Mon-Sat",
    meterPoints: [
      {
        meterPointId: "1600201802029",
        energy: "electricity",
        name: "Main incomer",
        serial: "E24Q00052",
        load: "library",
        servesM2: 1350,
        decimals: 3,
        account: "readings-library"
      },
      {
        meterPointId: "9100000022",
        energy: "gas",
        name: "Boiler room",
        serial: "G040Q0206",
        load: "library",
        servesM2: 1350,
        decimals: 2,
        account: "gas-estate"
      }
    ]
  },
  {
    siteId: "leisure-centre",
    name: "Tansywell Leisure Centre",
    kind: "leisure-centre",
    floorAreaM2: 4100,
    opensAt: "06:30",
    closesAt: "22:00",
    openDays: "Mon-Sun",
    meterPoints: [
      {
        meterPointId: "1600201803031",
        energy: "electricity",
        name: "Main incomer",
        serial: "E23T00908",
        load: "leisure-centre",
        servesM2: 4100,
        decimals: 1,
        account: "settlement-leisure-centre"
      },
      {
        meterPointId: "9100000033",
        energy: "gas",
        name: "Plant room",
        serial: "G250T0031",
        load: "leisure-centre",
        servesM2: 4100,
        decimals: 1,
        account: "gas-estate"
      }
    ]
  }
];

/** A meter that turns up in the civic office's files and in no register. */
export const UNREGISTERED_METER_POINT: MeterPoint = {
  meterPointId: "1600201809098",
  energy: "electricity",
  name: "Annexe",
  serial: "E19L00003",
  load: "office",
  servesM2: 340,
  decimals: 2,
  account: "portal-civic-office"
};

/** A Saturday and Sunday in January at the civic office. */
export const HEATING_LEFT_ON: readonly HeatingLeftOn[] = [
  {meterPointId: "9100000011", from: "2026-01-17", to: "2026-01-18"}
];
