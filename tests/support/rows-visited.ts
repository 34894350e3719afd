import type {Connection} from "../../src/warehouse/connection.ts";

interface Operator {
  readonly operator_cardinality?: number;
  readonly operator_rows_scanned?: number;
  readonly children?: readonly Operator[];
}

/** How many rows all steps of a statement handed on, by DuckDB's own count: what it costs, whatever the machine does meanwhile. */
export async function rowsVisited(connection: Connection, sql: string): Promise<number> {
  const [plan] = await connection.rows<{explain_value: string}>(`explain (analyze, format json) ${sql}`);
  const rowsOf = ({operator_cardinality = 0, children = []}: Operator): number =>
    children.reduce((sum, child) => sum + rowsOf(child), operator_cardinality);
  return rowsOf(JSON.parse(plan?.explain_value ?? "{}") as Operator);
}
