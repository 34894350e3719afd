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

/** From when to when something holds, both days included; null: still. */
export interface Life {
  readonly from: IsoDate;
  readonly to: IsoDate | null;
}

/** A time in which the council answers for a meter at a site: its row in the register of meters. */
export interface MeterLife extends Life {
  readonly siteId: string;
}

/** A building of the council, or the street lamps of one area, which have neither floor nor hours. */
export interface Site {
  readonly siteId: string;
  readonly name: string;
  readonly kind: SiteKind;
  readonly floorAreaM2: number | null;
  readonly hours: Hours | null;
  /** Its first and last day, where it was not there before the records or is not there now. */
  readonly life: Partial<Life>;
  /** Its meters; those that came with the building are with the site that had them first. */
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
  /** Where it measures, one time after another. */
  readonly lives: readonly MeterLife[];
  /** The last day that its supplier's files tell of: later than its last life where nobody told the supplier. */
  readonly toldTo: IsoDate;
  /** What its supplier's files call the site. */
  readonly siteName: string;
}

/** Solar panels on a roof. */
export interface SolarArray {
  readonly assetId: string;
  readonly site: Site;
  readonly capacityKw: number;
  /** The day on which it was commissioned. */
  readonly from: IsoDate;
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

/** Settlement dates that the files cover, both included. */
export const ESTATE_PERIOD = {from: "2020-01-13", to: "2026-10-31"} as const;

/** The first day of most accounts, of the fleet and of the oldest arrays; two accounts reach further back. */
export const MOST_BEGIN_ON: IsoDate = "2020-04-01";
