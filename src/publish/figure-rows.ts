import {z} from "zod";
import {isFatal} from "../errors.ts";
import type {FigureFolder} from "../figures/index.ts";
import {marts} from "../models/marts/index.ts";
import {type Connection, quoteText} from "../warehouse/connection.ts";

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
 * Reads the rows of a figure from the published marts, of the building that was chosen if it is of one.
 *
 * @throws ZodError on a row that is not of the shape that the figure names.
 */
export async function readFigureRows(
  connection: Connection,
  figure: FigureFolder,
  chosen: AskedBuilding | null
): Promise<FigureRows> {
  const {rows: row, more = {}} = figure.definition;
  await makeViews(connection, figure, chosen);
  const read = async (name: string, shape: z.ZodType<object>) =>
    z.array(shape).parse(await connection.rows(queryOf(figure, name)));
  const sets: Record<string, readonly object[]> = {};
  for (const [name, shape] of Object.entries(more)) sets[name] = await read(name, shape);
  return {rows: await read("rows", row), more: sets};
}

/** What a page shows as a figure's numbers in place of its rows, once those have been read: the rows of a query of its own over them. */
export async function readNumbers(connection: Connection, figure: FigureFolder): Promise<readonly object[]> {
  const {numbers} = figure.definition;
  if (typeof numbers !== "string") return [];
  return connection.rows(`with figure_rows as (\n${queryOf(figure, "rows")}\n)\n${queryOf(figure, numbers)}`);
}

/** Which building a figure is drawn of: any of its energies, where none is named. */
export interface AskedBuilding {
  readonly siteId: string;
  readonly energy: string | null;
}

/**
 * The building that a figure of one is drawn of: the one asked for, if there are rows of it, else the most out of the ordinary, one of whose findings it shows if any is. Of a mart that is not there, or of
 * another build, nothing is told by it, so a figure is not withheld for it: then it is the first building that there are rows of. Null where there is none.
 */
export async function chooseBuilding(
  connection: Connection,
  {views, definition: {building, shows = []}}: FigureFolder,
  asked: AskedBuilding | null = null
): Promise<AskedBuilding | null> {
  if (building === undefined) return null;
  const {mart, energy} = building;
  const key = marts.get(mart)?.row.shape.energy === undefined ? "site_id" : "site_id, energy";
  const chosen = (buildings: string) => `
    select site_id as "siteId", energy
    from (${buildings})
    semi join (select distinct ${key} from marts.${mart}) using (${key})
    where ($1::varchar is null or site_id = $1) and ($2::varchar is null or energy = $2)
    order by not list_has_any(kinds, [${shows.map(quoteText).join(", ")}]::varchar[]), energy <> '${energy}', place, site_id
    limit 1`;
  const first = (buildings: string) =>
    connection.rows<AskedBuilding>(chosen(buildings), [asked?.siteId ?? null, asked?.energy ?? null]);
  const [site] = await first(views.get(unusual) ?? "").catch(error => {
    if (isFatal(error)) throw error;
    const all = key === "site_id" ? `site_id, '${energy}' as energy` : key;
    return first(`select distinct ${all}, [] as kinds, 0 as place from marts.${mart}`).catch(() => []);
  });
  return site ?? null;
}

const unusual = "unusual_buildings";

/** Makes the views that the figure's queries read, for this connection alone; of a figure of one building `chosen_building`, which has no row where there is none. */
async function makeViews(
  connection: Connection,
  {views, definition: {building}}: FigureFolder,
  chosen: AskedBuilding | null
): Promise<void> {
  const make = (name: string, sql: string) => connection.run(`create or replace temp view ${name} as ${sql}`);
  for (const [name, sql] of views) if (name !== unusual) await make(name, sql);
  if (building === undefined) return;
  const {siteId, energy} = chosen ?? {siteId: "", energy: ""};
  await make(
    "chosen_building",
    `select ${quoteText(siteId)} as site_id, ${quoteText(energy ?? "")} as energy where ${chosen !== null}`
  );
}

function queryOf({queries}: FigureFolder, name: string): string {
  return queries.get(name) ?? "";
}
