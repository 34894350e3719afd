import {z} from "zod";
import {ModelError} from "../errors.ts";
import type {Connection} from "../warehouse/connection.ts";
import type {Model} from "./graph.ts";
import type {Mart} from "./mart.ts";
import {marts} from "./marts/index.ts";

/** Proves a model's grain and checks and, for a mart, its contract; the error names the first row that breaks one. */
export async function proveModel(connection: Connection, model: Model): Promise<void> {
  const name = `${model.layer}.${model.name}`;
  if (model.grain.length > 0) {
    const columns = model.grain.join(", ");
    const [repeated] = await connection.rows(
      `select ${columns}, count(*)::integer as times from ${name} group by ${columns} having count(*) > 1 limit 1`
    );
    if (repeated) throw new ModelError(`${name} has more than one row for its grain (${columns}): ${asText(repeated)}`);
  }
  for (const check of model.checks) {
    const [broken] = await connection.rows(`select * from ${name} where (${check}) is not true limit 1`);
    if (broken) throw new ModelError(`${name} breaks its check (${check}): ${asText(broken)}`);
  }
  if (model.layer === "marts") await proveContract(connection, model.name);
}

async function proveContract(connection: Connection, name: string): Promise<void> {
  const mart = marts.get(name);
  if (mart === undefined) throw new ModelError(`marts.${name} has no contract`);
  const found = await connection.rows<{column_name: string; column_type: string}>(
    `select column_name, column_type from (describe marts.${name})`
  );
  const promised = Object.entries(mart.row.shape).map(([column, type]) => `${column} ${sqlTypeOf(type)}`);
  const actual = found.map(({column_name, column_type}) => `${column_name} ${column_type}`);
  const differing = promised.find((column, index) => column !== actual[index]) ?? actual[promised.length];
  if (differing !== undefined)
    throw new ModelError(`marts.${name} is not what its contract says at: ${differing} (it has: ${actual.join(", ")})`);
  const required = Object.entries(mart.row.shape)
    .filter(([, type]) => !(type instanceof z.ZodNullable))
    .map(([column]) => column);
  const [empty] = await connection.rows(
    `select * from marts.${name} where ${required.map(column => `${column} is null`).join(" or ")} limit 1`
  );
  if (empty) throw new ModelError(`marts.${name} has nothing where its contract promises a value: ${asText(empty)}`);
}

/** What a mart promises of its columns, as text: rows of an earlier build fit where it is the same. */
export function contractOf(mart: Mart): string {
  return JSON.stringify(Object.entries(mart.row.shape).map(([column, type]) => [column, wordsOf(type)]));
}

function wordsOf(type: z.core.$ZodType): string {
  if (type instanceof z.ZodNullable) return `${wordsOf(type.def.innerType)} or null`;
  return type instanceof z.ZodEnum ? `one of ${type.options.join(", ")}` : sqlTypeOf(type);
}

const asText = (row: object) => JSON.stringify(row, (_, value) => (typeof value === "bigint" ? Number(value) : value));

/** The SQL type that a column of a contract has. */
function sqlTypeOf(type: z.core.$ZodType): string {
  if (type instanceof z.ZodNullable) return sqlTypeOf(type.def.innerType);
  if (type instanceof z.ZodString || type instanceof z.ZodEnum) return "VARCHAR";
  if (type instanceof z.ZodDate) return "TIMESTAMP_MS";
  if (type instanceof z.ZodBoolean) return "BOOLEAN";
  if (type instanceof z.ZodBigInt) return "UBIGINT";
  if (type instanceof z.ZodArray) return `${sqlTypeOf(type.def.element)}[${lengthOf(type)}]`;
  if (type instanceof z.ZodNumber) return type.format === "safeint" ? "INTEGER" : "DOUBLE";
  throw new ModelError("a contract holds a type that no column has");
}

/** How many elements an array of a contract has; nothing where it does not say. */
function lengthOf({def}: z.ZodArray): string {
  const lengths = (def.checks ?? []).map(check => (check._zod.def as {readonly length?: number}).length);
  return String(lengths[0] ?? "");
}
