import {inert} from "../../effects.ts";
import type {LoadRecord} from "../../ingest/ledger.ts";
import {recordFormats} from "../../sources/formats.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {andMore} from "../../wording/lists.ts";
import {plain, several} from "../../wording/numbers.ts";
import {rejectText} from "../loads/load-lines.ts";
import {type Form, isLayout, needsFile, readingWords} from "./format-words.ts";
import {paragraph, saidLines} from "./said.ts";
import {type TrialRequest, tryFile} from "./trial.ts";
import {dayLines} from "./trial-days.ts";
import {recordLines} from "./trial-records.ts";

const shownRejects = 5;

/** Reads a file by one form without landing it, and shows what became of it. */
export async function testLines(
  request: Omit<TrialRequest, "form">,
  form: Form
): Promise<{lines: string[]; isRefused: boolean}> {
  const parts = await tryFile({...request, form}, async (connection, load) => ({
    lines: await partLines(connection, load, form),
    isRefused: load.outcome === "refused" || (load.rows_landed === 0 && load.rows_rejected > 0)
  }));
  return {
    lines: [...parts.flatMap(({lines}) => [...lines, ""]), "This was a trial: nothing was kept."],
    isRefused: parts.some(({isRefused}) => isRefused)
  };
}

async function partLines(connection: Connection, load: LoadRecord, form: Form): Promise<string[]> {
  if (load.outcome === "refused") return refusedLines(load, form);
  return [
    `${inert(load.file_name)} as ${form.name}${form.confirmation === "unconfirmed" ? ` (${needsFile})` : ""}`,
    `  rows        ${countWords(load)}`,
    ...(load.difference === null ? [] : saidLines([["note", load.difference]])),
    ...(await rejectLines(connection, load)),
    ...(isLayout(form) ? saidLines(readingWords(form).filter(([heading]) => ["unit", "clock"].includes(heading))) : []),
    ...(await landedLines(connection, load, form))
  ];
}

function refusedLines({file_name, reason, difference}: LoadRecord, form: Form): string[] {
  return [
    ...paragraph(`${file_name} cannot be read by ${form.name}: ${reason ?? ""}`),
    ...(difference === null ? [] : paragraph(difference, "  "))
  ];
}

async function landedLines(connection: Connection, load: LoadRecord, form: Form): Promise<string[]> {
  const format = recordFormats.get(form.name);
  if (isLayout(form) || format === undefined) return dayLines(connection, load);
  return recordLines(connection, load, format.kind);
}

/** What became of every row, in words. */
export function countWords(load: LoadRecord): string {
  const parts = [
    `${plain(load.rows_landed)} landed`,
    `${plain(load.rows_rejected)} rejected`,
    `${plain(load.rows_dropped)} skipped`,
    ...(load.rows_empty > 0 ? [`${plain(load.rows_empty)} without a reading`] : []),
    ...(load.rows_duplicate > 0 ? [`${plain(load.rows_duplicate)} repeated`] : []),
    ...(load.cells_rejected > 0 ? [`${several(load.cells_rejected, "single cell")} rejected`] : [])
  ];
  return `${plain(load.rows_read)} read: ${parts.join(", ")}`;
}

interface Rejected {
  readonly row_number: number | null;
  readonly rule: string;
  readonly value: string | null;
  readonly outcome: string;
}

/** The first rows that were rejected, in full, then single cells. */
export async function rejectLines(connection: Connection, load: LoadRecord): Promise<string[]> {
  const rejects = await connection.rows<Rejected>(
    "select row_number::double as row_number, rule, value, outcome from ops.rejects where load_id = $1 order by rule = 'cell', row_number, value",
    [load.load_id]
  );
  return [
    ...rejects
      .slice(0, shownRejects)
      .map(reject => `              ${rejectText(reject as Parameters<typeof rejectText>[0]).trim()}`),
    ...(rejects.length > shownRejects ? [`              ${andMore(rejects.length - shownRejects)}`] : [])
  ];
}
