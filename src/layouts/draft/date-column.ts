import {type DatesRead, datesIn, formatWords, stampIn} from "./dates.ts";
import {isNamed, type NoDraft, type TableColumn, valuesOf} from "./table.ts";

/** A column of dates and how they are written. */
export interface DatedColumn {
  readonly column: TableColumn;
  readonly read: DatesRead;
}

const likely = /date|day|time|stamp|period|interval|start|from|read/i;
const unlikely = /issue|creat|load|generat|receiv|modif|invoice|upload|export|print|due/i;

/** Columns of dates, the likeliest to date the readings first. */
export function dateColumns(columns: readonly TableColumn[]): DatedColumn[] {
  const dated = columns.flatMap(column => {
    const read = datesIn(column.cells);
    return read === null ? [] : [{column, read}];
  });
  const score = ({column}: DatedColumn) =>
    (isNamed(column, likely) ? 2 : 0) - (isNamed(column, unlikely) ? 4 : 0) + (valuesOf(column).length > 1 ? 1 : 0);
  return dated.sort((a, b) => score(b) - score(a));
}

/** Why no column of a table holds dates, in words. */
export function noDates(columns: readonly TableColumn[]): NoDraft {
  const numbered = columns.find(
    column => isNamed(column, /date|day/i) && valuesOf(column).every(text => /^[34]\d{4}(\.\d+)?$/.test(text))
  );
  return {
    reason:
      numbered === undefined
        ? "no column holds dates in a form that canopy knows"
        : `the dates in "${numbered.name}" are a spreadsheet's day numbers (${valuesOf(numbered)[0]}): format the column as dates and save it again`
  };
}

/** How the dates of a column were read, and what of it a person must decide. */
export function dateWords({column, read}: DatedColumn): {found: string; undecided: string[]; evidence: string} {
  const [format = ""] = read.formats;
  const [example = ""] = valuesOf(column);
  const ways = read.formats.map(formatWords).join(" or ");
  const settled = read.settledBy === null ? "" : `; ${read.settledBy} can be read in no other way`;
  const found = `in the column "${column.name}", written ${ways}${settled}`;
  if (read.orElse === null) return {found, undecided: [], evidence: `Dates are written ${ways}${settled}.`};
  const other = formatWords(read.orElse);
  const as = (form: string) => stampIn(form, example)?.date ?? "";
  const both = `Dates may be ${formatWords(format)} or ${other}: no value shows which`;
  return {
    found: `${found}; could also be ${other}`,
    undecided: [
      `Day and month. Every date can be read both as ${formatWords(format)} (${example} is ${as(format)}) and as ${other} (${as(read.orElse)}), because no number is above 12. The draft takes ${formatWords(format)}. For the other, put "${read.orElse}" for "formats".`
    ],
    evidence: `${both}; the draft takes ${formatWords(format)} ("${format}", else "${read.orElse}").`
  };
}
