import {toCsv} from "../domain/csv.ts";
import {readFigures} from "../figures/index.ts";
import {type ColumnKind, toArrow} from "../warehouse/arrow.ts";
import type {Connection} from "../warehouse/connection.ts";
import {makeViews, tableQueryOf} from "./figure-rows.ts";
import type {PublishedFile} from "./files.ts";

/** One table of the page's data folder. */
export interface SiteTable {
  /** The name of its files. */
  readonly name: string;
  readonly files: readonly PublishedFile[];
}

/**
 * Each table that a figure gives to the page, in the order of the figures, as Arrow for drawing and CSV for readers; one without rows is a file
 * without rows.
 */
export async function siteData(connection: Connection): Promise<SiteTable[]> {
  const tables = [];
  for (const figure of await readFigures()) {
    const names = figure.definition.page ?? [];
    if (names.length > 0) await makeViews(connection, figure);
    for (const name of names)
      tables.push({name, files: await tableFiles(connection, name, tableQueryOf(figure, name))});
  }
  return tables;
}

async function tableFiles(connection: Connection, name: string, sql: string): Promise<PublishedFile[]> {
  const columns = await connection.rows<{column_name: string; column_type: string}>(
    `select column_name, column_type from (describe ${sql})`
  );
  const rows = await connection.rows(sql);
  const csv = toCsv(
    columns.map(({column_name}) => column_name),
    rows.map(row => columns.map(({column_name}) => row[column_name]))
  );
  const arrow = toArrow(
    columns.map(({column_name, column_type}) => ({
      name: column_name,
      kind: kindOf(column_type),
      values: rows.map(row => row[column_name])
    }))
  );
  return [
    {path: `site/data/${name}.csv`, bytes: new TextEncoder().encode(csv)},
    {path: `site/data/${name}.arrow`, bytes: arrow}
  ];
}

const kinds: Readonly<Record<string, ColumnKind>> = {
  VARCHAR: "text",
  DOUBLE: "number",
  INTEGER: "integer",
  TIMESTAMP_MS: "instant",
  BOOLEAN: "boolean"
};

function kindOf(type: string): ColumnKind {
  const kind = kinds[type];
  if (kind === undefined) throw new Error(`no kind of Arrow column for: ${type}`);
  return kind;
}
