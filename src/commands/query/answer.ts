import {mkdtemp, rm} from "node:fs/promises";
import {join} from "node:path";
import {toCsv} from "../../domain/csv.ts";
import {CliError, isFatal, isTooMuch, messageOf} from "../../errors.ts";
import type {Connection, SqlRow} from "../../warehouse/connection.ts";
import {type NotRenewed, readNotRenewed, withPublished} from "../../warehouse/published.ts";
import {workPrefix} from "../../warehouse/sweep.ts";
import {warehousePaths} from "../../warehouse/warehouse.ts";
import {dateText} from "../../wording/dates.ts";
import {plain, several} from "../../wording/numbers.ts";
import {jsonValue, textTable} from "../../wording/table.ts";

/** How an answer is printed. */
export type QueryFormat = "table" | "csv" | "json";

/** How long an answer may take where nothing else is said. */
const usualSeconds = 60;

/** The most rows that an answer may have. */
const mostRows = 1_000_000;

/** Memory and disk of one question, in megabytes. */
const most = {megabytes: 1000, scratchMegabytes: 4000};

/** How a question is asked. */
export interface Asking {
  /** Where its marts are of an earlier build, it is told so first. */
  readonly onOld?: (words: string) => void;
  /** How long the answer may take. */
  readonly seconds?: number;
  /** Aborted where nobody waits for the answer any more. */
  readonly stop?: AbortSignal | undefined;
}

/**
 * Answers one statement from the published marts, read-only, while other processes write. Returns what to print, without a last line end.
 *
 * @throws CliError where it reads marts of different builds, does not run, takes too long or too much, or is stopped.
 */
export async function answer(
  dataFolder: string,
  sql: string,
  format: QueryFormat,
  {onOld = () => {}, seconds = usualSeconds, stop}: Asking = {}
): Promise<string> {
  const rows = await withScratch(dataFolder, scratch =>
    withPublished(
      dataFolder,
      async connection => {
        await connection.run("set search_path = 'marts,main'").catch(() => {});
        const old = await ofEarlierBuild(connection, sql);
        if (old !== null) onOld(old);
        return rowsInTime(connection, sql, {seconds, stop});
      },
      {...most, ...(scratch === null ? {} : {scratch})}
    )
  );
  if (rows.length > mostRows)
    throw new CliError(`the answer has more than ${plain(mostRows)} rows: ask for fewer, with "where" or "limit"`);
  if (format === "json") return JSON.stringify(rows, jsonValue, 2);
  const header = Object.keys(rows[0] ?? {});
  const cells = rows.map(row => header.map(name => row[name]));
  if (format === "csv")
    return toCsv(
      header,
      cells.map(row => row.map(cellText))
    ).trimEnd();
  return [...textTable(header, cells), "", several(rows.length, "row")].join("\n");
}

/** Works with a folder of its own for what does not fit into memory; none where the data folder may not be written to. */
async function withScratch<T>(dataFolder: string, work: (scratch: string | null) => Promise<T>): Promise<T> {
  const scratch = await mkdtemp(join(warehousePaths(dataFolder).folder, workPrefix("query"))).catch(() => null);
  try {
    return await work(scratch);
  } finally {
    if (scratch !== null) await rm(scratch, {recursive: true, force: true});
  }
}

/** The rows of an answer, one more than may be at the most. DuckDB is interrupted when time is up or nobody waits. */
async function rowsInTime(
  connection: Connection,
  sql: string,
  {seconds, stop}: {readonly seconds: number; readonly stop: AbortSignal | undefined}
): Promise<SqlRow[]> {
  const time = AbortSignal.timeout(1000 * seconds);
  const end = stop === undefined ? time : AbortSignal.any([stop, time]);
  const interrupt = () => connection.interrupt();
  end.addEventListener("abort", interrupt);
  try {
    end.throwIfAborted();
    return await connection.firstRows(sql, mostRows + 1);
  } catch (error) {
    if (stop?.aborted) throw new CliError("stopped before it was answered", {cause: error});
    if (time.aborted)
      throw new CliError(
        `not answered within ${several(seconds, "second")}: ask for less, or give it longer with --seconds`,
        {cause: error}
      );
    throw new CliError(wordsOf(error), {cause: error});
  } finally {
    end.removeEventListener("abort", interrupt);
  }
}

/** What DuckDB says of memory or disk is of its settings; a person is told what to do. */
function wordsOf(error: unknown): string {
  if (!isFatal(error) && !isTooMuch(error)) return messageOf(error);
  return `the answer needs more than ${plain(most.megabytes)} MB of memory and ${plain(most.scratchMegabytes)} MB of disk: ask for less at once`;
}

const cellText = (value: unknown) =>
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
