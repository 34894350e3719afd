import {join} from "node:path";
import type {Config} from "../council/config.ts";
import {readRegisters} from "../council/registers.ts";
import {marts} from "../models/marts/index.ts";
import type {Connection} from "../warehouse/connection.ts";
import {ofOneBuild} from "../warehouse/published.ts";
import type {EditionMark} from "../wording/editions.ts";
import {figureOptions} from "./figure-options.ts";
import {publishFigures} from "./figures.ts";
import {type PublishedFile, putFiles} from "./files.ts";
import {noticesOf} from "./notices.ts";
import type {PublishResult} from "./publish.ts";
import {publishSite} from "./site.ts";
import {publishTable} from "./tables.ts";

/** Makes every figure, every open mart and the pages from the published marts, and puts them into the published folder. */
export async function makePublication(connection: Connection, folder: string, config: Config): Promise<PublishResult> {
  const {files, figures, tables, notices} = await filesOfPublication(connection, config, null);
  const facts = {
    council: config.council.name,
    illustrative: config.council.illustrative !== null,
    as_of: config.asOf,
    figures,
    ...(notices.length > 0 ? {not_renewed: notices} : {})
  };
  return {folder, figures, tables, notices, changed: await putFiles(folder, files, facts)};
}

/** Everything that is published, as files. */
export interface Publication extends Pick<PublishResult, "figures" | "tables" | "notices"> {
  readonly files: readonly PublishedFile[];
}

/** Makes every figure, every open mart and the pages, which say of which edition they are. */
export async function filesOfPublication(
  connection: Connection,
  config: Config,
  edition: EditionMark | null
): Promise<Publication> {
  const {dataFolder, council, asOf} = config;
  const {figures, notices} = await publishFigures(connection, figureOptions(config));
  const tables = await publishTables(connection);
  const told = [...notices, ...tables.flatMap(table => table.notices)];
  const named = figures.map(({id, title, alt}) => ({id, title, alt}));
  const published = [...figures.flatMap(each => each.files), ...tables.flatMap(each => each.files)];
  const site = await publishSite(connection, {
    cacheFolder: join(dataFolder, "warehouse"),
    council: council.name,
    isIllustrative: council.illustrative !== null,
    onsCode: council.ons_code,
    asOf,
    edition,
    registers: await readRegisters(dataFolder),
    accessibilityContact: council.accessibility_contact,
    dataLicence: council.data_licence,
    published,
    tableNotices: tables.flatMap(table => table.notices)
  });
  const files = [...published, ...site];
  return {
    files,
    figures: named,
    tables: tables.filter(({files}) => files.length > 0).map(({name}) => name),
    notices: told
  };
}

/** The open marts as files. One that is withheld has none, and one of an earlier build keeps its own. */
async function publishTables(connection: Connection) {
  const tables = [];
  for (const mart of [...marts.values()].filter(({isOpenData}) => isOpenData)) {
    const told = await ofOneBuild(connection, each => publishTable(each, mart));
    tables.push({name: mart.name, files: told.value ?? [], notices: noticesOf(`table ${mart.name}`, told)});
  }
  return tables;
}
