import {readdir, readFile} from "node:fs/promises";
import {ModelError} from "../errors.ts";
import type {Connection} from "../warehouse/connection.ts";

/**
 * Where a model stands decides what it becomes: intermediate a table, marts a table that is published, staging a view; a table too where it has a grain,
 * by which many models look it up.
 */
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

/** A model as others name it: `marts.meter_days`. */
export const nameOf = ({layer, name}: Pick<Model, "layer" | "name">): string => `${layer}.${name}`;

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

/** What each text reads, or why DuckDB cannot parse it: the same text is parsed once in a process. */
const parsedTexts = new Map<string, {readonly relations: readonly string[]; readonly error: string | null}>();

/** The names of the models that a model reads. */
export type Reads = (model: Model) => readonly string[];

/**
 * What each of these models reads, by DuckDB's own parser; a relation named in a call (query_table's way) counts too.
 *
 * @throws ModelError when asked of a model that does not parse.
 */
export async function readReads(connection: Connection, models: readonly Model[]): Promise<Reads> {
  await parseAll(
    connection,
    models.map(({sql}) => sql)
  );
  return readsOf;
}

async function parseAll(connection: Connection, texts: readonly string[]): Promise<void> {
  const unknown = [...new Set(texts)].filter(text => !parsedTexts.has(text));
  if (unknown.length === 0) return;
  const trees = await connection.rows<{text: string; tree: string}>(
    "select text, json_serialize_sql(text)::varchar as tree from (select unnest(from_json($1::json, '[\"varchar\"]')) as text)",
    [JSON.stringify(unknown)]
  );
  for (const {text, tree} of trees) {
    const {error, error_message = "", ...parsed} = JSON.parse(tree) as {error?: boolean; error_message?: string};
    parsedTexts.set(text, {relations: [...new Set(relationsIn(parsed))].sort(), error: error ? error_message : null});
  }
}

function readsOf({layer, name, sql}: Model): string[] {
  const {relations, error} = parsedTexts.get(sql) ?? {relations: [], error: "not parsed"};
  if (error !== null) throw new ModelError(`${layer}.${name}: ${error}`);
  return relations.filter(relation => relation !== `${layer}.${name}`);
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

/** The models of these names (`marts.meter_days`) and all that they are made from. */
export async function withAncestors(
  connection: Connection,
  models: readonly Model[],
  names: readonly string[]
): Promise<Model[]> {
  const named = names.map(name => {
    const model = models.find(each => nameOf(each) === name);
    if (model === undefined) throw new ModelError(`no model is named ${name}`);
    return model;
  });
  return inOrder(connection, models, named);
}

/** Models in an order in which each comes after all it reads: all of them, or some with all that those are made from. */
export async function inOrder(
  connection: Connection,
  models: readonly Model[],
  some: readonly Model[] = models
): Promise<Model[]> {
  const reads = await readReads(connection, models);
  const byName = new Map(models.map(model => [nameOf(model), model]));
  const ordered = new Set<Model>();
  const visit = (model: Model, path: readonly Model[]): void => {
    if (ordered.has(model)) return;
    if (path.includes(model))
      throw new ModelError(`models read each other in a circle: ${[...path, model].map(({name}) => name).join(" → ")}`);
    for (const name of reads(model)) {
      const read = byName.get(name);
      if (read === undefined) throw new ModelError(`${nameOf(model)} reads what is not there: ${name}`);
      if (layers.indexOf(read.layer) > layers.indexOf(model.layer))
        throw new ModelError(`${nameOf(model)} reads a later layer: ${name}`);
      visit(read, [...path, model]);
    }
    ordered.add(model);
  };
  for (const model of some) visit(model, []);
  return [...ordered];
}
