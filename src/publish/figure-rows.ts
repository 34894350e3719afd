import {z} from "zod";
import type {FigureFolder} from "../figures/index.ts";
import type {Connection} from "../warehouse/connection.ts";

/** What a figure is drawn from: its rows, and those of its further queries by name. */
export interface FigureRows {
  readonly rows: readonly object[];
  readonly more: Readonly<Record<string, readonly object[]>>;
}

/** Lets the queries of figures ask for the council's own borough: `getvariable('area_code')`, null where there is none. */
export async function knowArea(connection: Connection, onsCode: string | null): Promise<void> {
  await connection.run("set variable area_code = $1", [onsCode]);
}

/**
 * Reads the rows of a figure from the published marts.
 *
 * @throws ZodError on a row that is not of the shape that the figure names.
 */
export async function readFigureRows(connection: Connection, figure: FigureFolder): Promise<FigureRows> {
  const {rows: row, more = {}} = figure.definition;
  await makeViews(connection, figure);
  const read = async (name: string, shape: z.ZodType<object>) =>
    z.array(shape).parse(await connection.rows(queryOf(figure, name)));
  const sets: Record<string, readonly object[]> = {};
  for (const [name, shape] of Object.entries(more)) sets[name] = await read(name, shape);
  return {rows: await read("rows", row), more: sets};
}

/** The query of one of the figure's tables for the page: its own file, over `figure_rows` where it names them, or the rows as they are. */
export function tableQueryOf(figure: FigureFolder, name: string): string {
  if (name === figure.definition.id) return queryOf(figure, "rows");
  const own = queryOf(figure, name);
  if (!own.includes("figure_rows")) return own;
  return `with figure_rows as (\n${queryOf(figure, "rows")}\n)\n${own}`;
}

/** Makes the views that the figure's queries read, for this connection alone. */
export async function makeViews(connection: Connection, {views}: FigureFolder): Promise<void> {
  for (const [name, sql] of views) await connection.run(`create or replace temp view ${name} as ${sql}`);
}

function queryOf({queries}: FigureFolder, name: string): string {
  return queries.get(name) ?? "";
}
