import type {IsoDate} from "./calendar.ts";

export type SiteKind =
  | "office"
  | "library"
  | "leisure-centre"
  | "depot"
  | "primary-school"
  | "secondary-school"
  | "special-school"
  | "care-home"
  | "crematorium"
  | "museum"
  | "community-centre"
  | "street-lighting";

/** When a building is open. Times are `HH:MM` on the wall clock; days are a run such as `Mon-Fri`. */
export interface Hours {
  readonly opensAt: string;
  readonly closesAt: string;
  readonly openDays: string;
}

/** A building of the council, or the street lamps of one area, which have neither floor nor hours. */
export interface Site {
  readonly siteId: string;
  readonly name: string;
  readonly kind: SiteKind;
  readonly floorAreaM2: number | null;
  readonly hours: Hours | null;
  readonly meterPoints: readonly MeterPoint[];
}

/** A place at which energy is measured, and how its supplier reports it. */
export interface MeterPoint {
  /** MPAN (13 digits), MPRN (10 digits), or the name of a generation meter. */
  readonly meterPointId: string;
  readonly energy: "electricity" | "gas";
  readonly name: string;
  /** Serial number on the meter, which some files give beside the MPAN or MPRN. */
  readonly serial: string;
  /** The serial number of the meter that took its place, and the first day of that one. */
  readonly exchange?: {readonly on: IsoDate; readonly serial: string};
  /** What it serves: m2 of floor, kW of street lamps as they were in 2020, or kWp of an array. */
  readonly scale: number;
  /** Decimal places that the meter reports, in kWh or m3. */
  readonly decimals: number;
  /** File stem of the account under which its reads arrive. */
  readonly account: string;
  /** Its first day. */
  readonly from: IsoDate;
}

/** Solar panels on a roof. */
export interface SolarArray {
  readonly assetId: string;
  readonly site: Site;
  readonly capacityKw: number;
  /** The generation meter. */
  readonly meter: MeterPoint;
  /** The site's own meter point. */
  readonly supply: MeterPoint;
  readonly isExportMetered: boolean;
}

/** Which way the energy of a series of reads flows. */
export type Channel = "import" | "export" | "generation";

/** The council and every site in it are invented. */
export const COUNCIL_NAME = "Illustrative Council";

/** Settlement dates that the files cover, both included; the registers begin with the first. */
export const ESTATE_PERIOD = {from: "2020-04-01", to: "2026-10-31"} as const;
