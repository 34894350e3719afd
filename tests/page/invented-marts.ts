import {z} from "zod";
import type {Mart} from "../../src/models/mart.ts";
import {type BoroughEmissions, boroughEmissions} from "../../src/models/marts/borough_emissions.ts";
import {type Comparison, comparisons} from "../../src/models/marts/comparisons.ts";
import {type DataCoverage, dataCoverage} from "../../src/models/marts/data_coverage.ts";
import {type Doubt, doubts} from "../../src/models/marts/doubts.ts";
import {type EmissionsBySource, emissionsBySource} from "../../src/models/marts/emissions_by_source.ts";
import {type FleetActivity, fleetActivity} from "../../src/models/marts/fleet_activity.ts";
import {marts} from "../../src/models/marts/index.ts";
import {type RenewableGeneration, renewableGeneration} from "../../src/models/marts/renewable_generation.ts";
import {type ReportingYear, reportingYears} from "../../src/models/marts/reporting_years.ts";
import {type SourceCompleteness, sourceCompleteness} from "../../src/models/marts/source_completeness.ts";
import {type Trajectory, trajectories} from "../../src/models/marts/trajectories.ts";
import {type Connection, openDatabase} from "../../src/warehouse/connection.ts";

/** Rows of the marts that the page reads. */
export interface InventedMarts {
  readonly trajectories: readonly Trajectory[];
  readonly sources: readonly EmissionsBySource[];
  readonly fleet: readonly FleetActivity[];
  readonly generation: readonly RenewableGeneration[];
  readonly coverage: readonly DataCoverage[];
  readonly years: readonly ReportingYear[];
  readonly borough: readonly BoroughEmissions[];
  readonly compared: readonly Comparison[];
  readonly sourcesComplete: readonly SourceCompleteness[];
  readonly doubts: readonly Doubt[];
  /** Rows of further marts, by name; all others have none. */
  readonly more?: Readonly<Record<string, readonly object[]>>;
}

export const noRows: InventedMarts = {
  trajectories: [],
  sources: [],
  fleet: [],
  generation: [],
  coverage: [],
  years: [],
  borough: [],
  compared: [],
  sourcesComplete: [],
  doubts: []
};

/** Runs work on a real database that holds these rows as its published marts, as of 31 October 2026. */
export async function withInvented<T>(rows: InventedMarts, work: (connection: Connection) => Promise<T>): Promise<T> {
  const database = await openDatabase(":memory:", {folders: []});
  const connection = await database.connect();
  try {
    await connection.run("create schema marts");
    await connection.run("create table main.build as select date '2026-10-31' as as_of");
    await holdRows(connection, trajectories, rows.trajectories);
    await holdRows(connection, emissionsBySource, rows.sources);
    await holdRows(connection, fleetActivity, rows.fleet);
    await holdRows(connection, renewableGeneration, rows.generation);
    await holdRows(connection, dataCoverage, rows.coverage);
    await holdRows(connection, reportingYears, rows.years);
    await holdRows(connection, boroughEmissions, rows.borough);
    await holdRows(connection, comparisons, rows.compared);
    await holdRows(connection, sourceCompleteness, rows.sourcesComplete);
    await holdRows(connection, doubts, rows.doubts);
    const {tables} = await connection.row<{tables: string[]}>(
      "select list(table_name) as tables from duckdb_tables() where schema_name = 'marts'"
    );
    for (const mart of marts.values())
      if (!tables.includes(mart.name)) await holdRows(connection, mart, rows.more?.[mart.name] ?? []);
    return await work(connection);
  } finally {
    connection.close();
    database.close();
  }
}

/** A table of the types that the mart's contract promises. */
async function holdRows<Shape extends z.ZodRawShape>(
  connection: Connection,
  mart: Mart<Shape>,
  rows: readonly object[]
) {
  const types = Object.entries(mart.row.shape).map(([name, type]) => [name, sqlTypeOf(type as z.core.$ZodType)]);
  const structure = JSON.stringify([Object.fromEntries(types)]);
  await connection.run(
    `create table marts.${mart.name} as select unnest(from_json($1::json, '${structure}'), max_depth := 2)`,
    [JSON.stringify(rows)]
  );
}

function sqlTypeOf(type: z.core.$ZodType): string {
  if (type instanceof z.ZodNullable) return sqlTypeOf(type.def.innerType);
  if (type instanceof z.ZodDate) return "TIMESTAMP_MS";
  if (type instanceof z.ZodBoolean) return "BOOLEAN";
  if (type instanceof z.ZodArray) return `${sqlTypeOf(type.def.element)}[]`;
  if (type instanceof z.ZodNumber) return type.format === "safeint" ? "INTEGER" : "DOUBLE";
  return "VARCHAR";
}
