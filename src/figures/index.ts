import {readdir, readFile} from "node:fs/promises";
import type {FigureDefinition} from "./kit/define-figure.ts";

/** A figure and the queries of its folder, by the name of their file without `.sql`; `rows` is among them. */
export interface FigureFolder {
  readonly definition: FigureDefinition;
  readonly queries: ReadonlyMap<string, string>;
  /** The text of the views that the queries read, by name. */
  readonly views: ReadonlyMap<string, string>;
  readonly folder: URL;
}

const house = new URL("./", import.meta.url);
const shared = new Set(["kit", "render"]);

/**
 * Every figure of the house, in order: the folders beside this file are the list.
 *
 * @throws Error on a folder whose figure has another id, or a query or view that is named and not there.
 */
export async function readFigures(): Promise<FigureFolder[]> {
  const entries = await readdir(house, {withFileTypes: true});
  const names = entries.filter(entry => entry.isDirectory() && !shared.has(entry.name)).map(({name}) => name);
  const figures = await Promise.all(names.map(readFigure));
  const place = ({definition: {id, order}}: FigureFolder) => [order, id] as const;
  return figures.sort((a, b) => place(a)[0] - place(b)[0] || (place(a)[1] < place(b)[1] ? -1 : 1));
}

async function readFigure(name: string): Promise<FigureFolder> {
  const folder = new URL(`${name}/`, house);
  const {figure: definition} = (await import(new URL("figure.ts", folder).href)) as {figure: FigureDefinition};
  if (definition.id !== name) throw new Error(`a figure is called as its folder: ${definition.id}, in ${name}`);
  const {more = {}, numbers, views = [], building} = definition;
  const names = ["rows", ...Object.keys(more), ...(typeof numbers === "string" ? [numbers] : [])];
  return {
    definition,
    folder,
    queries: await readQueries(folder, names),
    views: await readQueries(new URL("kit/", house), building === undefined ? views : ["unusual_buildings", ...views])
  };
}

async function readQueries(folder: URL, names: readonly string[]): Promise<Map<string, string>> {
  const read = async (name: string) => [name, await readFile(new URL(`${name}.sql`, folder), "utf8")] as const;
  return new Map(await Promise.all(names.map(read)));
}
