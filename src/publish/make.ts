import {join} from "node:path";
import type {Config} from "../council/config.ts";
import {readRegisters} from "../council/registers.ts";
import {CliError} from "../errors.ts";
import {changesSince, lastEdition} from "../frozen/since.ts";
import {marts} from "../models/marts/index.ts";
import type {Connection} from "../warehouse/connection.ts";
import {ofOneBuild} from "../warehouse/published.ts";
import type {Changes} from "../wording/changes.ts";
import type {EditionMark} from "../wording/editions.ts";
import {heldBackTexts} from "../wording/held-back.ts";
import {figureOptions} from "./figure-options.ts";
import {publishFigures} from "./figures.ts";
import {type PublishedFile, putFiles, putPublicFiles, siteFolders} from "./files.ts";
import {noticesOf} from "./notices.ts";
import {type HeldBack, heldBackOf, heldBackWords, holdsAll, nothingHeldBack} from "./public/held-back.ts";
import {meterIn, type ShownMeters, shownText} from "./public/meter-numbers.ts";
import {withPublicMarts} from "./public/public-marts.ts";
import type {PublishResult} from "./publish.ts";
import type {Registers} from "./site/context.ts";
import {publishSite} from "./site.ts";
import {publishTable} from "./tables.ts";

/**
 * Makes every figure, every open mart and the pages from the published marts, and puts them into the published folder: the house's own site, which holds
 * all. Where the council has said what the public site may hold, that is made too.
 */
export async function makePublication(connection: Connection, config: Config): Promise<PublishResult> {
  const {house, everyone} = siteFolders(config.dataFolder);
  const registers = await readRegisters(config.dataFolder);
  const since = await changesSince(connection, config.dataFolder, await lastEdition(config.dataFolder));
  const draft = {mark: null, since};
  const whole = await filesOfPublication(connection, config, draft, {registers, heldBack: nothingHeldBack});
  const {figures, tables, notices} = whole;
  const facts = ({figures, notices}: Publication) => ({
    council: config.council.name,
    illustrative: config.council.illustrative !== null,
    as_of: config.asOf,
    figures,
    ...(notices.length > 0 ? {not_renewed: notices} : {})
  });
  const changed = await putFiles(house, whole.files, facts(whole));
  const result = {folder: house, figures, tables, notices, changed};
  if (config.council.publish === null) return {...result, held_back: null};
  const heldBack = heldBackOf(config, registers);
  const shown = holdsAll(heldBack) ? whole : await filesForEveryone(config, draft, {registers, heldBack});
  const changedForEveryone = await putPublicFiles(everyone, shown.files, {
    facts: facts(shown),
    twins: shown === whole ? house : null
  });
  return {
    ...result,
    changed: changed + changedForEveryone,
    held_back: heldBackTexts(heldBackWords(heldBack, registers.sites))
  };
}

/** Everything that is published, as files. */
export interface Publication extends Pick<PublishResult, "figures" | "tables" | "notices"> {
  readonly files: readonly PublishedFile[];
}

/** All that may leave the house, as files: by the council's list, or where it has decided nothing as the list is by default. */
export async function filesOfEdition(
  connection: Connection,
  config: Config,
  edition: PublishedEdition
): Promise<Publication> {
  const registers = await readRegisters(config.dataFolder);
  const heldBack = heldBackOf(config, registers);
  return holdsAll(heldBack)
    ? filesOfPublication(connection, config, edition, {registers, heldBack})
    : filesForEveryone(config, edition, {registers, heldBack});
}

/** Which edition is published, null where it is of none, and what changed since the one before. */
export interface PublishedEdition {
  readonly mark: EditionMark | null;
  readonly since: Changes | null;
}

interface Shown {
  readonly registers: Registers;
  readonly heldBack: HeldBack;
}

/**
 * Makes all that is published without what is held back.
 *
 * @throws CliError where a meter number that is held back stands in one of them all the same.
 */
async function filesForEveryone(config: Config, edition: PublishedEdition, shown: Shown): Promise<Publication> {
  return withPublicMarts(config.dataFolder, shown.heldBack, async (connection, meters) => {
    const registers = shownRegisters(shown.registers, meters);
    const publication = await filesOfPublication(connection, config, edition, {...shown, registers});
    refuseMeterNumbers(publication.files, meters);
    return publication;
  });
}

/** Registers with every meter number as it is shown. */
function shownRegisters(registers: Registers, meters: ShownMeters): Registers {
  const shown = (value: unknown): unknown => {
    if (typeof value === "string") return shownText(value, meters);
    if (Array.isArray(value)) return value.map(shown);
    if (value === null || typeof value !== "object" || value instanceof Date) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shown(each)]));
  };
  return meters.shown.size === 0 ? registers : (shown(registers) as Registers);
}

/** The last look at what is about to leave the house. The rows of an Arrow file are those of the CSV beside it. */
function refuseMeterNumbers(files: readonly PublishedFile[], meters: ShownMeters): void {
  if (meters.shown.size === 0) return;
  for (const {path, bytes} of files) {
    if (/\.(arrow|png|woff2)$/.test(path)) continue;
    const meter = meterIn(Buffer.from(bytes).toString("utf8"), meters);
    if (meter !== null)
      throw new CliError(
        `${path} would show a meter number in full (it ends in ${meter.slice(-4)}), which council.json holds back: the public site stays as it was. The fault is canopy's own`
      );
  }
}

/** Makes every figure, every open mart and the pages, which say of which edition they are. */
async function filesOfPublication(
  connection: Connection,
  config: Config,
  {mark, since}: PublishedEdition,
  {registers, heldBack}: Shown
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
    edition: mark,
    since,
    registers,
    heldBack,
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
