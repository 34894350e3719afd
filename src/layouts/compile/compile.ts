import type {Clock} from "../../domain/settlement.ts";
import type {Layout} from "../layout.ts";
import {judgedRows} from "./judged-rows.ts";
import {placedRows} from "./placed-rows.ts";
import {sourceRows} from "./source-rows.ts";

/**
 * A layout as SQL, in the order the statements build on each other. Rows of the file become `source_rows`; with their meter and the kind of their
 * day they are judged (`judged_rows`, with the rule a row breaks, if any); the good ones are placed on settlement periods (`placed_rows`).
 */
export interface CompiledLayout {
  /** The rows of the file named by $1, and $2 the meter point given by hand, if any. `numbered` files carry their line number first. */
  readonly sourceRows: (reader: {readonly skip: number; readonly isNumbered: boolean}) => string;
  /** Every row with its meter, kind of day, and `broken_rule`/`broken_value` where it breaks a rule. The variable `latest_date` is the last date that may be. */
  readonly judgedRows: string;
  /** The same for rows that are known to break none. */
  readonly provedRows: string;
  /** One row per meter, channel, unit and settlement day (or part of one), its columns on their slots. */
  readonly placedRows: string;
  /** Whether the rules of this layout can only be judged with line numbers. */
  readonly needsLines: boolean;
}

/**
 * Compiles a layout. Pure: the same layout gives the same text. `migrated` are the clocks that some meters of the layout have moved to; the temporary
 * table `migrations` (meter_key, migrated_on, clock_after) then says which and when.
 */
export function compileLayout(layout: Layout, migrated: readonly Clock[] = []): CompiledLayout {
  return {
    sourceRows: reader => sourceRows(layout, reader),
    judgedRows: judgedRows(layout, {isProved: false, migrated}),
    provedRows: judgedRows(layout, {isProved: true, migrated}),
    placedRows: placedRows(layout, migrated),
    needsLines:
      layout.checks.daily_sequence !== undefined ||
      layout.number.thousands !== "" ||
      (layout.shape.rows === "reading" && layout.clock === "local-clock")
  };
}
