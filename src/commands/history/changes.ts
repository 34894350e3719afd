import {councilRegisters} from "../../council/registers.ts";
import {parseRegister, type RegisterRecord} from "../../domain/csv.ts";

/** What became of one row, or of one setting, between two versions of a file. */
export interface Change {
  /** What names the row: its key where the register has one, else the row itself. */
  readonly row: string;
  readonly what: "added" | "removed" | "changed";
  /** Of a row that changed: its columns that did. */
  readonly columns: readonly {readonly name: string; readonly before: string | null; readonly after: string | null}[];
}

type Rows = ReadonlyMap<string, Readonly<Record<string, string | null>>>;

/** The changes between two versions of a file, null being none. A file that cannot be read as what it is has changed as a whole. */
export function changesOf(file: string, before: string | null, after: string | null): Change[] {
  const [old, now] = [rowsOf(file, before), rowsOf(file, after)];
  const removed = [...old.keys()].filter(row => !now.has(row));
  const added = [...now.keys()].filter(row => !old.has(row));
  const both = [...now].flatMap(([row, cells]): Change[] => {
    const columns = columnsThatDiffer(old.get(row) ?? cells, cells);
    return columns.length === 0 ? [] : [{row, what: "changed", columns}];
  });
  return [
    ...removed.map((row): Change => ({row, what: "removed", columns: []})),
    ...added.map((row): Change => ({row, what: "added", columns: []})),
    ...both
  ];
}

function columnsThatDiffer(before: Readonly<Record<string, string | null>>, after: typeof before): Change["columns"] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap(name => {
    const [was, is] = [before[name] ?? null, after[name] ?? null];
    return was === is ? [] : [{name, before: was, after: is}];
  });
}

function rowsOf(file: string, text: string | null): Rows {
  if (text === null) return new Map();
  try {
    return file.endsWith(".json") ? settingsOf(text) : registerRows(file, parseRegister(text));
  } catch {
    return new Map(text.split(/\r?\n/).map(line => [line, {}]));
  }
}

/** The rows of a register by their key; several rows of one key, as a meter that moved has, are numbered. */
function registerRows(file: string, records: readonly RegisterRecord[]): Rows {
  const key = councilRegisters.find(register => file === `council/${register.file}`)?.key ?? [];
  const rows = new Map<string, Readonly<Record<string, string | null>>>();
  for (const {cells} of records) {
    const name = (
      key.length > 0 ? key.map(column => cells[column] ?? "") : Object.values(cells).map(cell => cell ?? "")
    ).join(", ");
    let [row, number] = [name, 1];
    while (rows.has(row)) {
      number += 1;
      row = `${name} (${number})`;
    }
    rows.set(row, cells);
  }
  return rows;
}

/** The settings of an object, each by its name: a row of one value. */
function settingsOf(text: string): Rows {
  const settings = JSON.parse(text) as Record<string, unknown>;
  return new Map(Object.entries(settings).map(([name, value]) => [name, {"": JSON.stringify(value)}]));
}
