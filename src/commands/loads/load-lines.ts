import {inert} from "../../effects.ts";
import type {LoadRecord} from "../../ingest/ledger.ts";
import type {Reject} from "../../models/marts/rejects.ts";
import {dateText, daysText, instantText} from "../../wording/dates.ts";
import {andMore} from "../../wording/lists.ts";
import {plain, several} from "../../wording/numbers.ts";
import {textTable} from "../../wording/table.ts";

type Listed = Pick<
  LoadRecord,
  | "load_id"
  | "file_name"
  | "layout"
  | "outcome"
  | "reason"
  | "difference"
  | "received_at"
  | "issued_at"
  | "rows_read"
  | "rows_landed"
  | "rows_duplicate"
  | "rows_empty"
  | "rows_dropped"
  | "rows_rejected"
  | "rows_mended"
  | "cells_rejected"
  | "first_date"
  | "last_date"
  | "superseded_by"
  | "withdrawn_because"
  | "also_came_as"
>;

/** Loads as a table, newest last. */
export function loadsTable(loads: readonly Listed[]): string[] {
  return textTable(
    ["load", "file", "layout", "from", "to", "rows", "landed", "rejected", "state"],
    loads.map(load => [
      load.load_id,
      load.file_name,
      load.layout ?? "",
      dateText(load.first_date),
      dateText(load.last_date),
      load.rows_read,
      load.rows_landed,
      load.rows_rejected,
      stateOf(load)
    ])
  );
}

/** The state of a load, in a word or two. */
function stateOf(load: Listed): string {
  if (load.superseded_by !== null) return `read again as load ${load.superseded_by}`;
  if (load.withdrawn_because !== null) return `withdrawn: ${load.withdrawn_because}`;
  if (load.outcome === "refused") return `refused: ${load.reason}`;
  return load.also_came_as === null ? "in view" : `in view; came also as ${load.also_came_as}`;
}

/** One load in full, with what was set aside and why. */
export function loadInFull(load: Listed, rejects: readonly Reject[], most = 20): string[] {
  return [
    `Load ${load.load_id}: ${inert(load.file_name)}`,
    `  state      ${inert(stateOf(load))}`,
    ...(load.difference === null
      ? []
      : [`  ${load.outcome === "refused" ? "difference" : "note      "} ${inert(load.difference)}`]),
    ...(load.also_came_as === null ? [] : [`  also in    ${inert(load.also_came_as)}`]),
    `  layout     ${load.layout ?? "not known"}`,
    `  received   ${instantText(load.received_at)}${load.issued_at === null ? "" : `, issued ${instantText(load.issued_at)}`}`,
    `  rows       ${rowsText(load)}`,
    ...rejects.slice(0, most).map(rejectText),
    ...(rejects.length > most
      ? [
          `  ${andMore(rejects.length - most)}: canopy query "select * from marts.rejects where load_id = ${load.load_id}"`
        ]
      : [])
  ];
}

/** What became of the rows of a file. */
function rowsText(load: Listed): string {
  const parts = [
    [load.rows_landed, "landed"],
    [load.rows_rejected, "rejected"],
    [load.rows_duplicate, "repeated"],
    [load.rows_empty, "without a reading"],
    [load.rows_dropped, "not energy"]
  ] as const;
  const said = parts.filter(([rows]) => rows > 0).map(([rows, what]) => `${plain(rows)} ${what}`);
  const notes = [
    load.rows_mended > 0 ? `${plain(load.rows_mended)} mended` : "",
    load.cells_rejected > 0 ? `${several(load.cells_rejected, "cell")} set aside` : ""
  ].filter(note => note !== "");
  return `${plain(load.rows_read)} read: ${said.join(", ")}${notes.length > 0 ? ` (${notes.join(", ")})` : ""}`;
}

/** One reject: row, rule, value. */
export function rejectText({
  row_number,
  rule,
  value,
  outcome
}: Pick<Reject, "row_number" | "rule" | "value" | "outcome">): string {
  return `  ${row_number === null ? "file" : `row ${row_number}`}, ${outcome === "mended" ? "mended: " : ""}${ruleText(rule, value)}`;
}

/** The rule that a value broke, or the cell that holds it: `cell 10:00: #REF!`. */
export const ruleText = (rule: string, value: string | null) =>
  `${rule}${rule === "cell" ? "" : ":"} ${inert(value ?? "")}`;

/** One line for a file that was just read. */
export function loadLine(load: Listed): string[] {
  if (load.outcome === "refused")
    return [
      `refused ${inert(load.file_name)}: ${inert(load.reason ?? "")}`,
      ...(load.difference === null ? [] : [`        ${inert(load.difference)}`])
    ];
  return [
    `load ${load.load_id}, ${inert(load.file_name)} as ${load.layout}: ${rowsText(load)}, ${daysText(load.first_date, load.last_date)}`,
    ...(load.difference === null ? [] : [`        ${inert(load.difference)}`])
  ];
}
