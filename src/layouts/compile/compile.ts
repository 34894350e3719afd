import type {Clock} from "../../domain/settlement.ts";
import type {Layout} from "../layout.ts";
import {judgedRows} from "./judged-rows.ts";
import {comesInParts, placedRows} from "./placed-rows.ts";
import {sourceRows} from "./source-rows.ts";

/** How a file is read in one pass: after how many lines, and whether the text that names a meter is its key. */
export interface OnePass {
  readonly skip: number;
  readonly isAsWritten: boolean;
}

/**
 * A layout as SQL. Rows of the file are source rows; with their meter and the kind of their day they are judged; the good ones are placed on
 * settlement periods. A file without rejects goes all that way in one statement; of any other each step is kept, with line numbers, as `source_rows`,
 * `judged_rows` and `placed_rows`.
 */
export interface CompiledLayout {
  /** The rows of the file named by $1, and $2 the meter point given by hand, if any. `numbered` files carry their line number first. */
  readonly sourceRows: (reader: {readonly skip: number; readonly isNumbered: boolean}) => string;
  /** Every row with its meter, kind of day, and `broken_rule`/`broken_value` where it breaks a rule. The variable `latest_date` is the last date that may be. */
  readonly judgedRows: string;
  /** One row per meter, channel, unit and settlement day (or part of one), its columns on their slots. */
  readonly placedRows: string;
  /** The placed rows of a file, straight from it; an error where a row breaks a rule. */
  readonly placedInOnePass: (pass: OnePass) => string;
  /** The judged rows of a file that is known to break no rule, straight from it. */
  readonly provedInOnePass: (pass: OnePass) => string;
  /** The texts that name meters in a file. */
  readonly meterTexts: (skip: number) => string;
  /** Whether a day may come in parts, which are to be made one. */
  readonly comesInParts: boolean;
  /** Whether the rules of this layout can only be judged with line numbers. */
  readonly needsLines: boolean;
}

/**
 * Compiles a layout. Pure: the same layout gives the same text. `migrated` are the clocks that some meters of the layout have moved to; the temporary
 * table `migrations` (meter_key, migrated_on, clock_after) then says which and when.
 */
export function compileLayout(layout: Layout, migrated: readonly Clock[] = []): CompiledLayout {
  const fromFile = (skip: number) => `(${sourceRows(layout, {skip, isNumbered: false})})`;
  const judgedFrom = ({skip, isAsWritten}: OnePass, judging: "guarded" | "proved") =>
    judgedRows(layout, {from: fromFile(skip), judging, migrated, isAsWritten});
  return {
    sourceRows: reader => sourceRows(layout, reader),
    judgedRows: judgedRows(layout, {from: "source_rows", judging: "named", migrated, isAsWritten: false}),
    placedRows: placedRows(layout, migrated, "judged_rows anti join set_aside using (line)"),
    placedInOnePass: pass => placedRows(layout, migrated, `(${judgedFrom(pass, "guarded")})`),
    provedInOnePass: pass => judgedFrom(pass, "proved"),
    meterTexts: skip => `select distinct meter_text from ${fromFile(skip)}`,
    comesInParts: comesInParts(layout, migrated),
    needsLines:
      layout.checks.daily_sequence !== undefined ||
      layout.number.thousands !== "" ||
      (layout.shape.rows === "reading" && layout.clock === "local-clock")
  };
}
