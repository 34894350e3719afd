import type {IsoDate, Month} from "./calendar.ts";
import {ESTATE_PERIOD, MOST_BEGIN_ON} from "./estate.ts";

export type LayoutName =
  | "portal-days"
  | "settlement-columns"
  | "gas-days"
  | "period-rows"
  | "d0036-flow"
  | "generation-days";

/** Folder of the inbox in which files of a kind are put. */
export type FeedFolder =
  | "estate-energy"
  | "renewable-generation"
  | "fleet-fuel"
  | "weather"
  | "register-reads"
  | "grid";

/** A run of files from one supplier. Their names begin with the stem. */
export interface Account {
  readonly fileStem: string;
  readonly layout: LayoutName;
  readonly folder: FeedFolder;
  readonly extension: "csv" | "usr";
  /** The first day that its files tell of. */
  readonly from: IsoDate;
  /** From `REGULAR_FROM` on; what was before came as a file for each financial year. */
  readonly monthsPerFile: number;
}

export const REGULAR_FROM: Month = "2024-04";

export const PORTAL = "portal-buildings";
export const SETTLEMENT = "settlement-centres";
export const GAS = "gas-estate";
export const READINGS = "readings-libraries";
export const FLOWS = "flows-estate";
export const GENERATION = "generation-arrays";

const ENERGY = {folder: "estate-energy", extension: "csv", from: MOST_BEGIN_ON} as const;

/** Two reach back into a year of which the rest is known by annual returns alone. */
export const ACCOUNTS: readonly Account[] = [
  {...ENERGY, fileStem: PORTAL, layout: "portal-days", monthsPerFile: 1},
  {...ENERGY, fileStem: SETTLEMENT, layout: "settlement-columns", monthsPerFile: 3, from: ESTATE_PERIOD.from},
  {...ENERGY, fileStem: GAS, layout: "gas-days", monthsPerFile: 1},
  {...ENERGY, fileStem: READINGS, layout: "period-rows", monthsPerFile: 6, from: ESTATE_PERIOD.from},
  {...ENERGY, fileStem: FLOWS, layout: "d0036-flow", monthsPerFile: 3, extension: "usr"},
  {...ENERGY, fileStem: GENERATION, layout: "generation-days", monthsPerFile: 3, folder: "renewable-generation"}
];

/** The first day that the files of an account tell of. Refuses an account that is none. */
export function beginningOf(fileStem: string): IsoDate {
  const account = ACCOUNTS.find(each => each.fileStem === fileStem);
  if (!account) throw new Error(`no such account: ${fileStem}`);
  return account.from;
}
