import {columnWords, headingWords, valueWords} from "../../wording/columns.ts";
import {plain, several} from "../../wording/numbers.ts";
import {type Html, html, named, tableOf} from "./html.ts";

type Row = Readonly<Record<string, unknown>>;

/** More rows than this are too many to read: of days then the last of each month stands for it. */
const mostRows = 150;

/** The rows of a figure as a table, closed at first. Columns that say the same in every row, and measure nothing, are left out, as are ids beside a name. */
export function numbersOf(caption: string, all: readonly object[]): Html {
  const rows = all as readonly Row[];
  const {shown, left} = readable(rows);
  const [first] = shown;
  if (first === undefined) return html``;
  const isOwnYear = first.boundary === "own operations" || first.is_own === true;
  const columns = columnsOf(shown).map(name => ({
    name: headingWords(name),
    isNumber: shown.some(row => typeof row[name] === "number"),
    of: (row: Row) =>
      typeof row[name] === "string" ? named(valueWords(name, row[name])) : valueWords(name, row[name], isOwnYear)
  }));
  return html`<details class="numbers"><summary>Show the numbers<span class="unseen">: ${caption}</span></summary>${tableOf(caption, shown, columns)}${
    left === null ? null : html`<p>${left}</p>`
  }</details>`;
}

function columnsOf(rows: readonly Row[]): string[] {
  const names = Object.keys(rows[0] ?? {}).filter(name => !rows.every(row => isBeyondATable(row[name])));
  const differing = names.filter(
    name => columnWords(name).unit !== null || rows.some(row => textOf(row[name]) !== textOf(rows[0]?.[name]))
  );
  const kept = rows.length > 1 && differing.length > 0 ? differing : names;
  return kept.filter(name => !(name === "site_id" && kept.includes("site_name")));
}

const isBeyondATable = (value: unknown) => value === null || (typeof value === "object" && !(value instanceof Date));
const textOf = (value: unknown) => (value instanceof Date ? value.getTime() : value);

function readable(rows: readonly Row[]): {readonly shown: readonly Row[]; readonly left: string | null} {
  if (rows.length <= mostRows) return {shown: rows, left: null};
  const day = Object.keys(rows[0] ?? {}).find(name => name.endsWith("_date"));
  if (day === undefined)
    return {shown: rows.slice(0, mostRows), left: `The first ${plain(mostRows)} of ${several(rows.length, "row")}.`};
  const monthOf = (row: Row | undefined) => (row?.[day] instanceof Date ? row[day].toISOString().slice(0, 7) : "");
  const shown = rows.filter((row, i) => monthOf(row) !== monthOf(rows[i + 1]));
  return {shown, left: `The last day of each month, of ${several(rows.length, "day")} that are drawn.`};
}
