import type {Clock} from "../../domain/settlement.ts";
import {isCounter, isLong, type Layout, minutesOf} from "../layout.ts";
import {judgedRows} from "./judged-rows.ts";
import {counterDays, type LongRows, longRows} from "./long-rows.ts";
import {comesInParts, placedRows} from "./placed-rows.ts";
import {type Outside, sourceRows} from "./source-rows.ts";
import {halfHourColumn} from "./sql.ts";

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
  /** One row per meter, channel, unit and settlement day (or part of one), its columns on their slots; null where all that lands is longer. */
  readonly placedRows: string | null;
  readonly longRows: LongRows;
  /** Readings of less than a half-hour of which others are missing, to be set aside; null where readings are no shorter. */
  readonly strayParts: string | null;
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
 * table `migrations` (meter_key, migrated_on, clock_after) then says which and when. `outside` is what stands outside the table of one file.
 */
export function compileLayout(layout: Layout, migrated: readonly Clock[] = [], outside: Outside = {}): CompiledLayout {
  const fromFile = (skip: number) => `(${sourceRows(layout, {skip, isNumbered: false}, outside)})`;
  const kept = "judged_rows anti join set_aside using (line)";
  const judgedFrom = ({skip, isAsWritten}: OnePass, judging: "guarded" | "proved") =>
    judgedRows(layout, {from: fromFile(skip), judging, migrated, isAsWritten});
  return {
    sourceRows: reader => sourceRows(layout, reader, outside),
    judgedRows: judgedRows(layout, {from: "source_rows", judging: "named", migrated, isAsWritten: false}),
    placedRows: placedIn(layout, migrated, kept),
    longRows: longRows(layout, migrated, `(select * from ${kept})`),
    strayParts: strayParts(layout),
    placedInOnePass: pass => placedRows(layout, migrated, `(${judgedFrom(pass, "guarded")})`),
    provedInOnePass: pass => judgedFrom(pass, "proved"),
    meterTexts: skip => `select distinct meter_text from ${fromFile(skip)}`,
    comesInParts: comesInParts(layout, migrated),
    needsLines: needsLines(layout)
  };
}

function placedIn(layout: Layout, migrated: readonly Clock[], kept: string): string | null {
  if (isCounter(layout))
    return minutesOf(layout) === null ? null : counterDays(layout, migrated, `(select * from ${kept})`);
  return isLong(layout) ? null : placedRows(layout, migrated, kept);
}

function strayParts(layout: Layout): string | null {
  const parts = 30 / (minutesOf(layout) ?? 30);
  if (parts <= 1 || isCounter(layout)) return null;
  return `
    select line, 'part of a half-hour', there || ' of the ${parts} readings of its half-hour are there', 'rejected'
    from (
      select line, count(*) over (partition by meter_key, channel, unit, source_date, ${halfHourColumn(layout)}) as there
      from judged_rows anti join set_aside using (line)
      where is_good
    )
    where there < ${parts}`;
}

/** Whether rows can only be judged one by one: where they are numbered, or say together what each of them means. */
function needsLines({checks, number, shape, clock, interval, measure, unfold}: Layout): boolean {
  const isStamped = shape.rows === "reading" && "stamp" in shape.placed_by;
  return (
    checks.daily_sequence !== undefined ||
    number.thousands !== "" ||
    interval !== 30 ||
    isCounter({measure}) ||
    (isStamped && (clock === "local-clock" || unfold === undefined))
  );
}
