import type {Month} from "./calendar.ts";

export type LayoutName =
  | "portal-days"
  | "settlement-columns"
  | "gas-days"
  | "period-rows"
  | "d0036-flow"
  | "generation-days";

/** Folder of the inbox in which files of a kind are put. */
export type FeedFolder = "estate-energy" | "renewable-generation" | "fleet-fuel";

/** A run of files from one supplier. Their names begin with the stem. */
export interface Account {
  readonly fileStem: string;
  readonly layout: LayoutName;
  readonly folder: FeedFolder;
  readonly extension: "csv" | "usr";
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

export const ACCOUNTS: readonly Account[] = [
  {fileStem: PORTAL, layout: "portal-days", folder: "estate-energy", extension: "csv", monthsPerFile: 1},
  {fileStem: SETTLEMENT, layout: "settlement-columns", folder: "estate-energy", extension: "csv", monthsPerFile: 3},
  {fileStem: GAS, layout: "gas-days", folder: "estate-energy", extension: "csv", monthsPerFile: 1},
  {fileStem: READINGS, layout: "period-rows", folder: "estate-energy", extension: "csv", monthsPerFile: 6},
  {fileStem: FLOWS, layout: "d0036-flow", folder: "estate-energy", extension: "usr", monthsPerFile: 3},
  {fileStem: GENERATION, layout: "generation-days", folder: "renewable-generation", extension: "csv", monthsPerFile: 3}
];
