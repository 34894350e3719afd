import type {LayoutName} from "./accounts.ts";
import {type IsoDate, isSecondPass} from "./calendar.ts";
import type {SupplierFile} from "./supplier-files.ts";
import {printD0036} from "./writers/d0036-flow.ts";
import {GAS_HEADER_LINES, printGasDays} from "./writers/gas-days.ts";
import {GENERATION_HEADER_LINES, printGenerationDays} from "./writers/generation-days.ts";
import {PERIOD_ROWS_HEADER_LINES, printPeriodRows} from "./writers/period-rows.ts";
import {PORTAL_HEADER_LINES, printPortalDays} from "./writers/portal-days.ts";
import {printSettlementColumns, SETTLEMENT_HEADER_LINES} from "./writers/settlement-columns.ts";

/** How a supplier lays out a file. */
export interface Layout {
  /** Lines before the first row. */
  readonly headerLines: number;
  /** Whether the layout has a place for both passes of the hour that autumn repeats. */
  readonly keepsSecondPass: boolean;
  readonly print: (file: SupplierFile) => string;
}

export const LAYOUTS: Readonly<Record<LayoutName, Layout>> = {
  "portal-days": {headerLines: PORTAL_HEADER_LINES, keepsSecondPass: false, print: printPortalDays},
  "settlement-columns": {
    headerLines: SETTLEMENT_HEADER_LINES,
    keepsSecondPass: true,
    print: printSettlementColumns
  },
  "gas-days": {headerLines: GAS_HEADER_LINES, keepsSecondPass: false, print: printGasDays},
  "period-rows": {headerLines: PERIOD_ROWS_HEADER_LINES, keepsSecondPass: true, print: printPeriodRows},
  "d0036-flow": {headerLines: 1, keepsSecondPass: true, print: printD0036},
  "generation-days": {headerLines: GENERATION_HEADER_LINES, keepsSecondPass: false, print: printGenerationDays}
};

/** Whether a file of this layout can say what was used in a settlement period. */
export function hasPlaceFor(layout: LayoutName, date: IsoDate, period: number): boolean {
  return LAYOUTS[layout].keepsSecondPass || !isSecondPass(date, period);
}
