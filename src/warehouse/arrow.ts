import {
  Bool,
  Dictionary,
  Float64,
  Int32,
  Table,
  TimestampMillisecond,
  tableToIPC,
  Utf8,
  type Vector,
  vectorFromArray
} from "apache-arrow";

/** What a column holds, in the words of a mart's contract. */
export type ColumnKind = "text" | "number" | "integer" | "instant" | "boolean";

/** One column of a table, its values in row order; an unknown value is null. */
export interface ArrowColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly values: readonly unknown[];
}

/** An Arrow IPC file of these columns: types that Plot reads rightly, the same bytes for the same values. */
export function toArrow(columns: readonly ArrowColumn[]): Uint8Array {
  const vectors = columns.map((column, index) => [column.name, vectorOf(column, index)] as const);
  return tableToIPC(new Table(Object.fromEntries(vectors)), "file");
}

function vectorOf({kind, values}: ArrowColumn, index: number): Vector {
  switch (kind) {
    case "text":
      return vectorFromArray(values as (string | null)[], new Dictionary(new Utf8(), new Int32(), index));
    case "number":
      return vectorFromArray(values as (number | null)[], new Float64());
    case "integer":
      return vectorFromArray(values as (number | null)[], new Int32());
    case "instant":
      return vectorFromArray(values as (Date | null)[], new TimestampMillisecond());
    case "boolean":
      return vectorFromArray(values as (boolean | null)[], new Bool());
  }
}
