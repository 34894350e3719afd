import {toCsv} from "../domain/csv.ts";
import {readFigures} from "../figures/index.ts";
import {type ColumnKind, toArrow} from "../warehouse/arrow.ts";
import type {Connection} from "../warehouse/connection.ts";
import {ofOneBuild} from "../warehouse/published.ts";
import {chooseBuilding, makeViews, tableQueryOf} from "./figure-rows.ts";
import type {PublishedFile} from "./files.ts";
import {type Notice, noticesOf, noticeWords} from "./notices.ts";

/** One table of the page's data folder. */
export interface SiteTable {
  /** The name of its files. */
  readonly name: string;
  readonly files: readonly PublishedFile[];
  /** Whether it would mix two builds: its files then hold no rows, and say so. */
  readonly isWithheld: boolean;
  readonly notices: readonly Notice[];
}

/**
 * Each table that a figure gives to the page, in the order of the figures, as Arrow for drawing and CSV for readers; one without rows is a file
 * without rows.
 */
export async function siteData(connection: Connection): Promise<SiteTable[]> {
  const tables = [];
  for (const figure of await readFigures()) {
    for (const name of figure.definition.page ?? []) {
      const chosen = await chooseBuilding(connection, figure);
      const told = await ofOneBuild(connection, async each => {
        await makeViews(each, figure, chosen);
        return tableFiles(each, name, tableQueryOf(figure, name));
      });
      const notices = noticesOf(name, told);
      const files = told.value ?? withheldFiles(name, notices.map(noticeWords));
      tables.push({name, files, isWithheld: told.value === null, notices});
    }
  }
  return tables;
}

function withheldFiles(name: string, why: readonly string[]): PublishedFile[] {
  const csv = toCsv(
    ["withheld"],
    why.map(words => [words])
  );
  return filesOf(name, csv, toArrow([]));
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
  return filesOf(name, csv, arrow);
}

function filesOf(name: string, csv: string, arrow: Uint8Array): PublishedFile[] {
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
