import {z} from "zod";
import {ModelError} from "../errors.ts";
import type {Connection} from "../warehouse/connection.ts";
import type {Model} from "./graph.ts";
import type {Mart} from "./mart.ts";
import {marts} from "./marts/index.ts";

/** Proves a model's grain and checks and, for a mart, its contract; the error names the first row that breaks one. */
export async function proveModel(connection: Connection, model: Model): Promise<void> {
  if (model.layer === "marts") await proveContract(connection, model.name);
  const promises = promisesOf(model);
  if (promises.length === 0) return;
  const kept = await connection.row(`select ${promises.map(({holds}, i) => `(${holds}) as p${i}`).join(", ")}`);
  for (const [i, {broken, words}] of promises.entries()) {
    if (kept[`p${i}`] === true) continue;
    const [row = {}] = await connection.rows(broken);
    throw new ModelError(`${model.layer}.${model.name} ${words}: ${asText(row)}`);
  }
}

/** What a model promises of its rows: a condition that says whether it is kept, all of a model in one statement, and a query of the first row that breaks it. */
interface Promised {
  readonly holds: string;
  readonly broken: string;
  readonly words: string;
}

function promisesOf({layer, name, grain, checks}: Model): Promised[] {
  const table = `${layer}.${name}`;
  const rows = (condition: string) => `from ${table} where ${condition}`;
  const columns = grain.join(", ");
  const repeated = `from ${table} group by ${columns} having count(*) > 1`;
  const empty = layer === "marts" ? requiredOf(name).map(column => `${column} is null`) : [];
  return [
    ...(grain.length === 0
      ? []
      : [
          {
            holds: `not exists (select 1 ${repeated})`,
            broken: `select ${columns}, count(*)::integer as times ${repeated} limit 1`,
            words: `has more than one row for its grain (${columns})`
          }
        ]),
    ...checks.map(check => ({
      holds: `not exists (select 1 ${rows(`(${check}) is not true`)})`,
      broken: `select * ${rows(`(${check}) is not true`)} limit 1`,
      words: `breaks its check (${check})`
    })),
    ...(empty.length === 0
      ? []
      : [
          {
            holds: `not exists (select 1 ${rows(empty.join(" or "))})`,
            broken: `select * ${rows(empty.join(" or "))} limit 1`,
            words: "has nothing where its contract promises a value"
          }
        ])
  ];
}

/** The columns of a mart that always hold a value. */
const requiredOf = (name: string): string[] =>
  Object.entries(marts.get(name)?.row.shape ?? {})
    .filter(([, type]) => !(type instanceof z.ZodNullable))
    .map(([column]) => column);

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
