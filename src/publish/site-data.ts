import {toCsv} from "../domain/csv.ts";
import {type ColumnKind, toArrow} from "../warehouse/arrow.ts";
import type {Connection} from "../warehouse/connection.ts";
import {
  dataCoverageRows,
  emissionsBySourceRows,
  fleetFuelRows,
  meterRows,
  solarGenerationRows,
  trajectoryRows
} from "./figure-rows.ts";
import type {PublishedFile} from "./files.ts";

/** Each table of the page's data folder, by the name of its files. */
const queries = {
  "council-trajectory": trajectoryRows("own operations"),
  "borough-trajectory": trajectoryRows("area-wide"),
  "emissions-by-source": emissionsBySourceRows,
  "fleet-fuel": fleetFuelRows,
  "solar-generation": solarGenerationRows,
  "data-coverage": dataCoverageRows,
  meters: meterRows
} as const;

/** The names of the tables that the page reads. */
export const siteTables = Object.keys(queries);

/** Each table that the page reads, as Arrow for its figures and CSV for its readers; one without rows is a file without rows. */
export async function siteData(connection: Connection): Promise<PublishedFile[]> {
  const files = [];
  for (const [name, sql] of Object.entries(queries)) files.push(await tableFiles(connection, name, sql));
  return files.flat();
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
