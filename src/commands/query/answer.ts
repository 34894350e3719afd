import {toCsv} from "../../domain/csv.ts";
import {CliError, messageOf} from "../../errors.ts";
import {withPublished} from "../../warehouse/published.ts";
import {several} from "../../wording/numbers.ts";
import {jsonValue, textTable} from "../../wording/table.ts";

/** How an answer is printed. */
export type QueryFormat = "table" | "csv" | "json";

/** Answers one statement from the published marts, read-only, while other processes write. Returns what to print, without a last line end. */
export async function answer(dataFolder: string, sql: string, format: QueryFormat): Promise<string> {
  const rows = await withPublished(dataFolder, async connection => {
    await connection.run("set search_path = 'marts,main'").catch(() => {});
    return connection.rows(sql).catch(error => {
      throw new CliError(messageOf(error), {cause: error});
    });
  });
  if (format === "json") return JSON.stringify(rows, jsonValue, 2);
  const header = Object.keys(rows[0] ?? {});
  const cells = rows.map(row => header.map(name => row[name]));
  if (format === "csv")
    return toCsv(
      header,
      cells.map(row => row.map(plain))
    ).trimEnd();
  return [...textTable(header, cells), "", several(rows.length, "row")].join("\n");
}

const plain = (value: unknown) =>
  typeof value === "object" && value !== null && !(value instanceof Date) ? JSON.stringify(value, jsonValue) : value;
