import {readFigures} from "../figures/index.ts";
import type {Connection} from "../warehouse/connection.ts";
import {ofOneBuild} from "../warehouse/published.ts";
import type {Changes} from "../wording/changes.ts";
import {monthText} from "../wording/dates.ts";
import type {EditionMark} from "../wording/editions.ts";
import {knowArea} from "./figure-rows.ts";
import {readAreaName} from "./figures.ts";
import type {PublishedFile} from "./files.ts";
import {readFindings} from "./findings.ts";
import type {Notice} from "./notices.ts";
import {type HeldBack, nothingHeldBack} from "./public/held-back.ts";
import {readBuildings} from "./site/buildings.ts";
import type {Page, Registers, SiteBuilding, SiteContext} from "./site/context.ts";
import {places} from "./site/places.ts";
import {fillPage} from "./site-page.ts";
import {readShell} from "./site-shell-cache.ts";

export interface SiteOptions {
  /** Where the built pages are kept between publications, so that they are built only when the pages themselves have changed. */
  readonly cacheFolder: string;
  readonly council: string;
  readonly isIllustrative: boolean;
  /** The borough whose national statistics are told; null tells none. */
  readonly onsCode: string | null;
  /** The last day that figures speak of, ISO. */
  readonly asOf: string;
  /** Which edition it is of; null where it is of none. */
  readonly edition: EditionMark | null;
  /** What changed since the edition before; null where nothing is compared. */
  readonly since?: Changes | null;
  /** The council's registers; null where there are none to read. */
  readonly registers?: Registers | null;
  /** What the pages do not hold; without it they hold all. */
  readonly heldBack?: HeldBack;
  /** Where somebody writes who cannot use the pages, and the address of the licence of the open tables; null where the council has not said. */
  readonly accessibilityContact?: string | null;
  readonly dataLicence?: string | null;
  /** The figures and the open tables that are published beside the site, which gives them too: `figures/…` and `tables/…`. */
  readonly published?: readonly PublishedFile[];
  /** What of those tables is withheld, or of an earlier build. */
  readonly tableNotices?: readonly Notice[];
}

/** The notebook that is a page for each building. */
const ofBuilding = "building";

/**
 * The pages as plain files under `site/`, for any static host, any folder of it, and a folder of one's own machine: what Notebook Kit makes of notebooks/,
 * with this council's words and pictures in them before any script has run. They ask nothing of any other host. The same marts give the same bytes.
 */
export async function publishSite(connection: Connection, options: SiteOptions): Promise<PublishedFile[]> {
  const site = await contextOf(connection, options);
  const shell = await readShell(options.cacheFolder);
  const pages: PublishedFile[] = [];
  for (const file of shell) {
    const name = /^site\/([\w-]+)\.html$/.exec(file.path)?.[1];
    if (name === undefined) site.files.set(file.path.replace(/^site\//, ""), file);
    else if (name === ofBuilding)
      for (const building of site.buildings) pages.push(await filled(file, site, building.page, building));
    else pages.push(await filled(file, site, name, null));
  }
  return [...site.files.values(), ...pages];
}

async function contextOf(connection: Connection, options: SiteOptions): Promise<SiteContext> {
  const {council, isIllustrative, onsCode, asOf, edition, registers = null, published = []} = options;
  await knowArea(connection, onsCode);
  const area = (await ofOneBuild(connection, readAreaName)).value ?? {};
  return {
    connection,
    council,
    isIllustrative,
    onsCode,
    asOf: new Date(asOf),
    edition,
    accessibilityContact: options.accessibilityContact ?? null,
    dataLicence: options.dataLicence ?? null,
    tables: tablesOf(published),
    tableNotices: options.tableNotices ?? [],
    options: {place: council, isIllustrative, asOf: monthText(new Date(asOf)), ...area},
    figures: await readFigures(),
    registers,
    since: options.since ?? null,
    heldBack: options.heldBack ?? nothingHeldBack,
    buildings: (await ofOneBuild(connection, readBuildings)).value ?? [],
    findings: await ofOneBuild(connection, readFindings),
    files: new Map(
      published.flatMap(({path, bytes}) => (path.startsWith("figures/") ? [[path, {path: `site/${path}`, bytes}]] : []))
    )
  };
}

/** The open tables by name, of the files that they are published as. */
function tablesOf(published: readonly PublishedFile[]): SiteContext["tables"] {
  const tables = new Map<string, Record<string, Uint8Array>>();
  for (const {path, bytes} of published) {
    const [, name, ending] = /^tables\/(\w+)\.(csv|arrow)$/.exec(path) ?? [];
    if (name !== undefined && ending !== undefined) tables.set(name, {...tables.get(name), [ending]: bytes});
  }
  return tables;
}

async function filled(
  {bytes}: PublishedFile,
  site: SiteContext,
  name: string,
  building: SiteBuilding | null
): Promise<PublishedFile> {
  const page: Page = {site, name, building, notices: []};
  const html = await fillPage(new TextDecoder().decode(bytes), page, places);
  return {path: `site/${name}.html`, bytes: new TextEncoder().encode(html)};
}
