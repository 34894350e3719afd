import {readFile} from "node:fs/promises";
import {z} from "zod";
import type {Mart} from "../../models/mart.ts";
import {columnWords} from "../../wording/columns.ts";

/** One column of an open table, as its contract and the words beside it say. */
export interface ContractColumn {
  readonly name: string;
  readonly datatype: "string" | "integer" | "number" | "boolean" | "date" | "datetime";
  readonly isRequired: boolean;
  readonly unit: string | null;
  readonly description: string | null;
}

/** What a reader is promised of one open table. */
export interface Contract {
  readonly name: string;
  readonly description: string;
  /** The columns of which no two rows are alike. */
  readonly grain: readonly string[];
  readonly columns: readonly ContractColumn[];
}

const folder = new URL("../../models/marts/", import.meta.url);

/** The contract of a mart with what its two files say of it: the words stand there, beside what they are of, and nowhere else. */
export async function readContract({name, row}: Mart): Promise<Contract> {
  const [contract, model] = await Promise.all(
    ["ts", "sql"].map(ending => readFile(new URL(`${name}.${ending}`, folder), "utf8"))
  );
  const [head = "", fields = ""] = (contract ?? "").split(/defineMart\(\{/);
  return contractOf({name, row}, {head, fields, model: model ?? ""});
}

/** The contract of a table: `fields` are its columns as they are written, each below the comment on it; `head` ends in the comment on the table, else the head of its model speaks. */
export function contractOf(
  {name, row}: Pick<Mart, "name" | "row">,
  {head = "", fields, model}: {readonly head?: string; readonly fields: string; readonly model: string}
): Contract {
  const grain = /^-- grain: (.+)$/m.exec(model)?.[1] ?? "";
  return {
    name,
    description: lastComment(head) ?? firstLines(model),
    grain: grain.split(",").map(column => column.trim()),
    columns: Object.entries(row.shape).map(([column, type]) => ({
      name: column,
      datatype: datatypeOf(column, type),
      isRequired: !(type instanceof z.ZodNullable),
      unit: columnWords(column).unit,
      description: lastComment(new RegExp(`[\\s\\S]*?\\n\\s*${column}\\b`).exec(fields)?.[0] ?? "", column)
    }))
  };
}

/** The comment that ends a text, or that stands right before the column that ends it. */
function lastComment(text: string, column = "export const \\w+ = "): string | null {
  const [, comment] = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*${column}$`).exec(text.trimEnd()) ?? [];
  const words = comment
    ?.replace(/\n\s*\* ?/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return words === undefined || words === "" ? null : words;
}

/** The comment at the head of a model, up to what is for builders. */
function firstLines(sql: string): string {
  const lines = sql.split("\n");
  const end = lines.findIndex(line => !line.startsWith("-- ") || /^-- (grain|check):/.test(line));
  return lines
    .slice(0, end)
    .map(line => line.slice(3))
    .join(" ");
}

function datatypeOf(name: string, type: z.core.$ZodType): ContractColumn["datatype"] {
  if (type instanceof z.ZodNullable) return datatypeOf(name, type.def.innerType);
  if (type instanceof z.ZodISODate) return "date";
  if (type instanceof z.ZodDate) return name.endsWith("_at") ? "datetime" : "date";
  if (type instanceof z.ZodBoolean) return "boolean";
  if (type instanceof z.ZodNumber) return type.format === "safeint" ? "integer" : "number";
  return "string";
}

/** Who gives a table, as of when, and under which licence. */
export interface TableAbout {
  readonly council: string;
  /** ISO. */
  readonly asOf: string;
  readonly licence: string | null;
}

/** A table's description by the W3C's CSV on the Web, as the file that stands beside it. */
export function csvwOf({name, description, grain, columns}: Contract, {council, asOf, licence}: TableAbout): string {
  const required = new Set(columns.filter(({isRequired}) => isRequired).map(column => column.name));
  const metadata = {
    "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
    url: `${name}.csv`,
    "dc:title": name.replaceAll("_", " "),
    "dc:description": description,
    "dc:publisher": council,
    "dc:modified": {"@value": asOf, "@type": "date"},
    ...(licence === null ? {} : {"dc:license": {"@id": licence}}),
    dialect: {header: true, encoding: "utf-8", delimiter: ",", quoteChar: '"', lineTerminators: ["\r\n"]},
    tableSchema: {
      columns: columns.map(column => ({
        name: column.name,
        titles: column.name,
        datatype: column.datatype,
        required: column.isRequired,
        ...(column.description === null ? {} : {"dc:description": column.description}),
        ...(column.unit === null ? {} : {"schema:unitText": column.unit})
      })),
      ...(grain.every(column => required.has(column)) ? {primaryKey: grain} : {})
    }
  };
  return `${JSON.stringify(metadata, null, 2)}\n`;
}
