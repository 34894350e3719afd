import {z} from "zod";
import type {FigureFolder} from "../figures/index.ts";
import {marts} from "../models/marts/index.ts";
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
 * Reads the rows of a figure from the published marts, of the building that was asked for if it is of one.
 *
 * @throws ZodError on a row that is not of the shape that the figure names.
 */
export async function readFigureRows(
  connection: Connection,
  figure: FigureFolder,
  asked: AskedBuilding | null = null
): Promise<FigureRows> {
  const {rows: row, more = {}} = figure.definition;
  await makeViews(connection, figure, asked);
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

/** Which building a figure is drawn of: any of its energies, where none is named. */
export interface AskedBuilding {
  readonly siteId: string;
  readonly energy: string | null;
}

/** Makes the views that the figure's queries read, for this connection alone; of a figure of one building, the one asked for or the most out of the ordinary. */
export async function makeViews(
  connection: Connection,
  {views, definition: {building}}: FigureFolder,
  asked: AskedBuilding | null = null
): Promise<void> {
  const make = (name: string, sql: string) => connection.run(`create or replace temp view ${name} as ${sql}`);
  for (const [name, sql] of views) await make(name, sql);
  if (building === undefined) return;
  await connection.run("set variable asked_site = $1", [asked?.siteId ?? null]);
  await connection.run("set variable asked_energy = $1", [asked?.energy ?? null]);
  await make("chosen_building", chosenOf(building));
}

/** A mart of one energy alone has no column that says which. */
const keyOf = (mart: string) => (marts.get(mart)?.row.shape.energy === undefined ? "site_id" : "site_id, energy");

const chosenOf = ({mart, energy}: NonNullable<FigureFolder["definition"]["building"]>) => `
select site_id, energy
from unusual_buildings
semi join (select distinct ${keyOf(mart)} from marts.${mart}) using (${keyOf(mart)})
where site_id = coalesce(getvariable('asked_site')::varchar, site_id) and energy = coalesce(getvariable('asked_energy')::varchar, energy)
order by energy <> '${energy}', place
limit 1`;

function queryOf({queries}: FigureFolder, name: string): string {
  return queries.get(name) ?? "";
}
