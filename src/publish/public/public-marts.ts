import {dirname} from "node:path";
import {z} from "zod";
import {readFromMarts} from "../../models/read-mart.ts";
import {type Connection, openDatabase, quoteText} from "../../warehouse/connection.ts";
import {warehousePaths} from "../../warehouse/warehouse.ts";
import type {HeldBack} from "./held-back.ts";
import {noMeters, readShownMeters, type ShownMeters, shownText} from "./meter-numbers.ts";

/** Whether a mart has rows of single buildings that are finer than a month, by its columns. */
export const isFinerThanMonths = (columns: readonly string[]): boolean =>
  columns.includes("site_id") && ["settlement_date", "clock_half_hour"].some(name => columns.includes(name));

/** The marts of what somebody should look at. */
const ofFindings: readonly string[] = ["findings", "finding_days"];

/**
 * Runs work on the published marts as the public may see them: marts of the same names and columns, over those of the house, in which what is held back
 * is not there and meter numbers are as they are shown. Files may be written into these further folders.
 */
export async function withPublicMarts<T>(
  dataFolder: string,
  heldBack: HeldBack,
  work: (connection: Connection, meters: ShownMeters) => Promise<T>,
  {folders = []}: {readonly folders?: readonly string[]} = {}
): Promise<T> {
  const {published} = warehousePaths(dataFolder);
  const database = await openDatabase(":memory:", {folders: [dirname(published), ...folders]});
  const connection = await database.connect();
  try {
    await connection.run(`attach ${quoteText(published)} as house (read_only)`);
    await connection.run("use house.main");
    const meters = heldBack.meterNumbers ? await readShownMeters(connection) : noMeters;
    await connection.run("use memory.main");
    await connection.run("create schema marts");
    await connection.run("create schema house_words");
    await connection.run("create table house_words.shown (whole varchar primary key, shown varchar not null)");
    for (const table of await readTables(connection))
      await connection.run(
        `create view ${table.schema}.${table.name} as ${await shownRows(connection, table, heldBack, meters)}`
      );
    return await work(connection, meters);
  } finally {
    connection.close();
    database.close();
  }
}

const tableSchema = z.object({
  schema: z.string(),
  name: z.string(),
  columns: z.array(z.string()),
  /** Those of its columns that hold text. */
  texts: z.array(z.string())
});
type Table = z.infer<typeof tableSchema>;

const readTables = (connection: Connection): Promise<Table[]> =>
  readFromMarts(
    connection,
    tableSchema,
    `select
       schema_name as schema, table_name as name, list(column_name order by column_index) as columns,
       coalesce(list(column_name order by column_index) filter (data_type = 'VARCHAR'), []) as texts
     from duckdb_columns() where database_name = 'house' and schema_name in ('marts', 'main') group by all order by all`
  );

/** What stands in a mart's place: its rows that may be shown, with its texts as they may be shown. */
async function shownRows(
  connection: Connection,
  {schema, name, columns, texts}: Table,
  {monthsOnly, findings}: HeldBack,
  meters: ShownMeters
): Promise<string> {
  const whole = `house.${schema}.${name}`;
  const changed = [];
  for (const column of meters.shown.size === 0 ? [] : texts)
    if (await keepShown(connection, whole, column, meters)) changed.push(column);
  const held = `[${[...monthsOnly].map(quoteText).join(", ")}]::varchar[]`;
  const replaced = [
    ...changed.map(
      column => `coalesce((select shown from house_words.shown where whole = m.${column}), m.${column}) as ${column}`
    ),
    ...(columns.includes("picture") && monthsOnly.size > 0
      ? ["picture", "is_doubted_in_picture"].map(column => `if(${isOfHeld(held)}, [], m.${column}) as ${column}`)
      : [])
  ];
  const conditions = [
    ...(findings && ofFindings.includes(name) ? ["false"] : []),
    ...(isFinerThanMonths(columns) && monthsOnly.size > 0
      ? [`(m.site_id is null or not list_contains(${held}, m.site_id))`]
      : [])
  ];
  return `select * ${replaced.length === 0 ? "" : `replace (${replaced.join(", ")})`} from ${whole} m
    ${conditions.length === 0 ? "" : `where ${conditions.join(" and ")}`}`;
}

/** Whether a row is of a meter of a building that is shown by months. */
const isOfHeld = (held: string) =>
  `m.meter_point_id in (select meter_point_id from house.marts.meter_points where list_contains(${held}, site_id))`;

const textSchema = z.object({whole: z.string()});

/** Writes down how each text of a column in which a meter number stands is shown; whether there is one. */
async function keepShown(connection: Connection, table: string, column: string, meters: ShownMeters): Promise<boolean> {
  const sql = `select distinct ${column} as whole from ${table} where regexp_matches(${column}, '[0-9]{6}')`;
  const differing = (await readFromMarts(connection, textSchema, sql))
    .map(({whole}) => [whole, shownText(whole, meters)] as const)
    .filter(([whole, shown]) => whole !== shown);
  for (const [whole, shown] of differing)
    await connection.run("insert or ignore into house_words.shown values ($1, $2)", [whole, shown]);
  return differing.length > 0;
}
