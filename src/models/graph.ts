import {readdir, readFile} from "node:fs/promises";
import {ModelError} from "../errors.ts";
import type {Connection} from "../warehouse/connection.ts";

/** Where a model stands decides what it becomes: staging a view, intermediate a table, marts a table that is published. */
export type Layer = "staging" | "intermediate" | "marts";

/** One model: a select in plain SQL, its first comment line what it is, and what its header promises. */
export interface Model {
  readonly layer: Layer;
  readonly name: string;
  readonly sql: string;
  readonly description: string;
  /** Columns that name one row; empty where rows may repeat. */
  readonly grain: readonly string[];
  /** Conditions that every row meets. */
  readonly checks: readonly string[];
}

const layers: readonly Layer[] = ["staging", "intermediate", "marts"];

/** Reads every model of the project. */
export async function readModels(): Promise<Model[]> {
  const read = await Promise.all(layers.map(readLayer));
  return read.flat();
}

async function readLayer(layer: Layer): Promise<Model[]> {
  const folder = new URL(`./${layer}/`, import.meta.url);
  const names = (await readdir(folder)).filter(name => name.endsWith(".sql")).sort();
  return Promise.all(
    names.map(async name =>
      parseModel(layer, name.replace(/\.sql$/, ""), await readFile(new URL(name, folder), "utf8"))
    )
  );
}

/** Reads the header of a model: `-- description`, `-- grain: a, b`, `-- check: condition`. */
export function parseModel(layer: Layer, name: string, sql: string): Model {
  const header = sql
    .split("\n")
    .filter(line => line.startsWith("-- "))
    .map(line => line.slice(3).trim());
  const after = (label: string) =>
    header.filter(line => line.startsWith(`${label}: `)).map(line => line.slice(label.length + 2));
  const [description = ""] = header;
  if (description === "" || /^(grain|check): /.test(description))
    throw new ModelError(`${layer}.${name}: the first line does not say what it is`);
  return {
    layer,
    name,
    sql,
    description,
    grain: after("grain").flatMap(list => list.split(",").map(column => column.trim())),
    checks: after("check")
  };
}

/** The models a model reads, by DuckDB's own parser; a relation named in a call (query_table's way) counts too. */
export async function dependenciesOf(connection: Connection, model: Model): Promise<string[]> {
  const {tree} = await connection.row<{tree: string}>("select json_serialize_sql($1::varchar)::varchar as tree", [
    model.sql
  ]);
  const parsed = JSON.parse(tree) as {error?: boolean; error_message?: string};
  if (parsed.error) throw new ModelError(`${model.layer}.${model.name}: ${parsed.error_message}`);
  return [...new Set(relationsIn(parsed))].filter(name => name !== `${model.layer}.${model.name}`).sort();
}

function relationsIn(node: unknown): string[] {
  if (typeof node === "string") return /^(staging|intermediate|marts)\.\w+$/.test(node) ? [node] : [];
  if (Array.isArray(node)) return node.flatMap(relationsIn);
  if (typeof node !== "object" || node === null) return [];
  const {type, schema_name, table_name} = node as Record<string, unknown>;
  const own = type === "BASE_TABLE" && schema_name !== "" ? [`${schema_name}.${table_name}`] : [];
  return [...own, ...Object.values(node).flatMap(relationsIn)].filter(name =>
    /^(staging|intermediate|marts)\./.test(name)
  );
}

/** The models in an order in which each comes after all it reads. */
export async function inOrder(connection: Connection, models: readonly Model[]): Promise<Model[]> {
  const byName = new Map(models.map(model => [`${model.layer}.${model.name}`, model]));
  const ordered = new Set<Model>();
  const visit = async (model: Model, path: readonly Model[]): Promise<void> => {
    if (ordered.has(model)) return;
    if (path.includes(model))
      throw new ModelError(`models read each other in a circle: ${[...path, model].map(({name}) => name).join(" → ")}`);
    for (const name of await dependenciesOf(connection, model)) {
      const read = byName.get(name);
      if (read === undefined) throw new ModelError(`${model.layer}.${model.name} reads what is not there: ${name}`);
      if (layers.indexOf(read.layer) > layers.indexOf(model.layer))
        throw new ModelError(`${model.layer}.${model.name} reads a later layer: ${name}`);
      await visit(read, [...path, model]);
    }
    ordered.add(model);
  };
  for (const model of models) await visit(model, []);
  return [...ordered];
}
