import {recordsText} from "../domain/csv.ts";

/** Whether a text may be JSON that holds a list of rows. */
export const mayBeList = (head: string) => /^\ufeff?\s*(\[\s*\{|\{\s*")/.test(head);

type Entry = Readonly<Record<string, unknown>>;

/**
 * A list of rows in JSON as a table: a header of every name in the order in which they come first, and a line for each row. Null where the text is
 * anything else. An open data store answers so, where it gives CSV as well: with the list alone, with the list as the records of an answer, or with
 * features whose properties are the rows.
 */
export function tableOfJson(text: string): string | null {
  const rows = rowsIn(parsed(text));
  if (rows === null || rows.length === 0 || !rows.every(isRow)) return null;
  const names = [...new Set(rows.flatMap(row => Object.keys(row)))];
  return recordsText([names, ...rows.map(row => names.map(name => cellOf(row[name])))], ",");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    return null;
  }
}

const isEntry = (value: unknown): value is Entry =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const entriesIn = (value: unknown): readonly Entry[] | null =>
  Array.isArray(value) && value.every(isEntry) ? value : null;

/** The rows of a document; null where it is no list of rows, and no answer that holds one where open data stores put it. */
function rowsIn(value: unknown): readonly Entry[] | null {
  if (!isEntry(value)) return entriesIn(value);
  const {result, records, results, features, meta, data} = value;
  if (features !== undefined) return entriesIn(features)?.map(featureRow) ?? null;
  if (isEntry(meta) && isEntry(meta.view)) return namedCells(entriesIn(meta.view.columns), data);
  return entriesIn(isEntry(result) ? result.records : undefined) ?? entriesIn(records) ?? entriesIn(results);
}

/** A feature of a map is its properties; where it lies is left out. */
const featureRow = ({properties, attributes}: Entry): Entry =>
  isEntry(properties) ? properties : isEntry(attributes) ? attributes : {};

/** Rows that are lists of cells, of which a description of the columns says the names. */
const namedCells = (columns: readonly Entry[] | null, rows: unknown): readonly Entry[] | null =>
  columns === null || !Array.isArray(rows) || !rows.every(Array.isArray)
    ? null
    : rows.map(cells => Object.fromEntries(columns.map(({name}, at) => [String(name), cells[at]])));

/** A row has cells; one of them may be a place, which stays the text it is. */
const isRow = (row: Entry) => {
  const cells = Object.values(row).filter(value => value !== null && !isPlace(value));
  return cells.length > 0 && cells.every(value => typeof value !== "object");
};

/** Where something is on a map: {"lon": -2.24, "lat": 53.48}, or a type and its coordinates. */
const isPlace = (value: unknown) =>
  isEntry(value) && Object.keys(value).every(name => /^(lon|lat|lng|longitude|latitude|type|coordinates)$/i.test(name));

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return (typeof value === "object" ? JSON.stringify(value) : String(value)).replaceAll(/[\r\n]+/g, " ");
}
