import {toCsv} from "../../domain/csv.ts";
import {CliError, messageOf} from "../../errors.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {type NotRenewed, readNotRenewed, withPublished} from "../../warehouse/published.ts";
import {dateText} from "../../wording/dates.ts";
import {several} from "../../wording/numbers.ts";
import {jsonValue, textTable} from "../../wording/table.ts";

/** How an answer is printed. */
export type QueryFormat = "table" | "csv" | "json";

/**
 * Answers one statement from the published marts, read-only, while other processes write. Returns what to print, without a last line end. Where its
 * marts are of an earlier build, `onOld` is told so first.
 *
 * @throws CliError where it reads marts of different builds, or does not run.
 */
export async function answer(
  dataFolder: string,
  sql: string,
  format: QueryFormat,
  onOld: (words: string) => void = () => {}
): Promise<string> {
  const rows = await withPublished(dataFolder, async connection => {
    await connection.run("set search_path = 'marts,main'").catch(() => {});
    const old = await ofEarlierBuild(connection, sql);
    if (old !== null) onOld(old);
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

/** Says of which earlier build the marts are that a statement reads; null where they are of the last. */
async function ofEarlierBuild(connection: Connection, sql: string): Promise<string | null> {
  const notRenewed = await readNotRenewed(connection);
  if (notRenewed.length === 0) return null;
  const read = await martsIn(connection, sql);
  const old = notRenewed.filter(({mart}) => read.includes(mart));
  const [first] = old;
  if (first === undefined) return null;
  const missing = old.filter(({as_of}) => as_of === null);
  if (missing.length > 0) throw new CliError(missing.map(oldText).join(", "));
  const isMixed = old.length < read.length || old.some(({build}) => build !== first.build);
  if (isMixed) throw new CliError(`this question reads marts of different builds: ${old.map(oldText).join(", ")}`);
  return `not renewed in the last build: ${old.map(oldText).join(", ")}`;
}

const oldText = ({mart, as_of, failed_model}: NotRenewed) =>
  `${mart} ${as_of === null ? "is withheld" : `is of ${dateText(as_of)}`}, because ${failed_model} failed`;

/** The marts that a statement names, by DuckDB's own parser; none in one that it cannot parse, which says so when it is run. */
async function martsIn(connection: Connection, sql: string): Promise<string[]> {
  const marts = await connection.rows<{mart: string}>(
    `select distinct mart from main.build_models
     join (select unnest(json_serialize_sql($1::varchar)->>'$..table_name') as name) on lower(name) = mart`,
    [sql]
  );
  return marts.map(({mart}) => mart);
}
