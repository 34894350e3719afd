import {join} from "node:path";
import type {Config} from "../council/config.ts";
import {marts} from "../models/marts/index.ts";
import {withPublished} from "../warehouse/published.ts";
import {monthWords} from "../wording/words.ts";
import {type PublishedFigure, publishFigures} from "./figures.ts";
import {putFiles} from "./files.ts";
import {publishSite} from "./site.ts";
import {publishTable} from "./tables.ts";

/** What was published. */
export interface PublishResult {
  readonly folder: string;
  readonly figures: readonly PublishedFigure[];
  readonly tables: readonly string[];
  /** How many files are not as they were. */
  readonly changed: number;
}

/** The width of a published figure, px; its PNG is twice that. */
const figureWidth = 960;

/** Writes every figure and every open mart from the published marts. The same marts give the same bytes. */
export async function publish({dataFolder, council, asOf}: Config): Promise<PublishResult> {
  const folder = join(dataFolder, "published");
  return withPublished(dataFolder, async connection => {
    const options = {
      theme: "light",
      width: figureWidth,
      place: council.name,
      isIllustrative: council.illustrative !== null,
      onsCode: council.ons_code,
      asOf: monthWords(new Date(asOf))
    } as const;
    const figures = await publishFigures(connection, options);
    const open = [...marts.values()].filter(({isOpenData}) => isOpenData);
    const tables = [];
    for (const mart of open) tables.push(await publishTable(connection, mart));
    const facts = {
      council: council.name,
      illustrative: council.illustrative !== null,
      as_of: asOf,
      figures: figures.map(({id, title, alt}) => ({id, title, alt}))
    };
    const site = await publishSite(connection, {
      cacheFolder: join(dataFolder, "warehouse"),
      council: council.name,
      isIllustrative: council.illustrative !== null,
      onsCode: council.ons_code,
      asOf
    });
    const files = [...figures.flatMap(each => each.files), ...tables.flat(), ...site];
    const changed = await putFiles(folder, files, facts);
    return {folder, figures, tables: open.map(({name}) => name), changed};
  });
}
