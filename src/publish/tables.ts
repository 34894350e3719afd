import {z} from "zod";
import {toCsv} from "../domain/csv.ts";
import type {Mart} from "../models/mart.ts";
import {readMart} from "../models/read-mart.ts";
import {type ColumnKind, toArrow} from "../warehouse/arrow.ts";
import type {Connection} from "../warehouse/connection.ts";
import type {PublishedFile} from "./files.ts";

/** A mart as open data: CSV for people, Arrow for programs, from the same rows. */
export async function publishTable(connection: Connection, mart: Mart): Promise<PublishedFile[]> {
  const columns = Object.entries(mart.row.shape);
  const rows = await readMart(connection, mart);
  const csv = toCsv(
    columns.map(([name]) => name),
    rows.map(row => columns.map(([name]) => row[name]))
  );
  const arrow = toArrow(
    columns.map(([name, type]) => ({name, kind: kindOf(type), values: rows.map(row => row[name])}))
  );
  return [
    {path: `tables/${mart.name}.csv`, bytes: new TextEncoder().encode(csv)},
    {path: `tables/${mart.name}.arrow`, bytes: arrow}
  ];
}

function kindOf(type: z.core.$ZodType): ColumnKind {
  if (type instanceof z.ZodNullable) return kindOf(type.def.innerType);
  if (type instanceof z.ZodDate) return "instant";
  if (type instanceof z.ZodBoolean) return "boolean";
  if (type instanceof z.ZodNumber) return type.format === "safeint" ? "integer" : "number";
  return "text";
}
