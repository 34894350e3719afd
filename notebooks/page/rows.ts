import {DataType, tableFromIPC} from "apache-arrow";
import {dataFile} from "./facts.ts";

/** The rows of one published Arrow file, as the functions of src/figures take them: an instant is a `Date`, an unknown value null. */
export async function readRows<T extends object>(name: string): Promise<T[]> {
  const table = tableFromIPC(new Uint8Array(await (await dataFile(`${name}.arrow`)).arrayBuffer()));
  const columns = table.schema.fields.map((field, i) => {
    const [column, isInstant] = [table.getChildAt(i), DataType.isTimestamp(field.type)];
    const at = (row: number) => column?.get(row) ?? null;
    return [field.name, (row: number) => (isInstant && at(row) !== null ? new Date(at(row)) : at(row))] as const;
  });
  return Array.from({length: table.numRows}, (_, row) =>
    Object.fromEntries(columns.map(([column, at]) => [column, at(row)]))
  ) as T[];
}
