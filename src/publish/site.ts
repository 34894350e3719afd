import {createHash} from "node:crypto";
import type {Connection} from "../warehouse/connection.ts";
import {longDateText, monthText} from "../wording/dates.ts";
import {type EditionMark, editionText} from "../wording/editions.ts";
import {checkValueOf} from "./edition-mark.ts";
import {knowArea} from "./figure-rows.ts";
import type {PublishedFile} from "./files.ts";
import {noticeWords} from "./notices.ts";
import {type SiteTable, siteData} from "./site-data.ts";
import {fillPage} from "./site-page.ts";
import {readShell} from "./site-shell-cache.ts";
import {readHead} from "./site-words.ts";

export interface SiteOptions {
  /** Where the built page is kept between publications, so that it is built only when the page itself has changed. */
  readonly cacheFolder: string;
  readonly council: string;
  readonly isIllustrative: boolean;
  /** The borough whose national statistics are told; null tells none. */
  readonly onsCode: string | null;
  /** The last day that figures speak of, ISO. */
  readonly asOf: string;
  /** Which edition it is of; null where it is of none. */
  readonly edition: EditionMark | null;
}

/**
 * The page as plain files under `site/`, for any static host and any folder of it: what Notebook Kit makes of notebooks/, the words of this council and
 * the rows of its figures. It asks nothing of any other host. The same marts give the same bytes.
 */
export async function publishSite(connection: Connection, options: SiteOptions): Promise<PublishedFile[]> {
  const {council, isIllustrative, onsCode, asOf, edition} = options;
  await knowArea(connection, onsCode);
  const head = await readHead(connection, onsCode);
  const [shell, tables] = [await readShell(options.cacheFolder), await siteData(connection)];
  const facts = {
    council,
    isIllustrative,
    borough: head.boroughName,
    asOfMonth: monthText(new Date(asOf)),
    ...withheldOf(tables)
  };
  const text = new TextEncoder().encode(`${JSON.stringify(facts, null, 2)}\n`);
  const {folder, files} = inOwnFolder([
    ...tables.flatMap(table => table.files),
    {path: "site/data/facts.json", bytes: text}
  ]);
  const words = {
    council,
    isIllustrative,
    asAt: unbroken(asOf),
    edition: editionText(edition, new Date(asOf)),
    checkValue: checkValueOf(edition),
    head,
    notices: [...head.notices, ...tables.flatMap(table => table.notices)].map(noticeWords),
    dataFolder: folder,
    tables: tables.map(({name}) => name)
  };
  return [...shell.map(file => (file.path === "site/index.html" ? filled(file, words) : file)), ...files];
}

/** The tables that the page draws nothing of; no such fact where there is none. */
function withheldOf(tables: readonly SiteTable[]): {readonly withheld?: readonly string[]} {
  const withheld = tables.filter(({isWithheld}) => isWithheld).map(({name}) => name);
  return withheld.length === 0 ? {} : {withheld};
}

/** The data of one publication in a folder named for what it holds, so that a page that is open goes on reading the data it began with. */
function inOwnFolder(data: readonly PublishedFile[]): {folder: string; files: PublishedFile[]} {
  const hash = createHash("sha256");
  for (const {path, bytes} of data) hash.update(`${path} ${bytes.length} `).update(bytes);
  const folder = `data-${hash.digest("hex").slice(0, 12)}`;
  return {folder, files: data.map(({path, bytes}) => ({path: path.replace("site/data/", `site/${folder}/`), bytes}))};
}

function filled({path, bytes}: PublishedFile, words: Parameters<typeof fillPage>[1]): PublishedFile {
  return {path, bytes: new TextEncoder().encode(fillPage(new TextDecoder().decode(bytes), words))};
}

/** `31 October 2026`, of an ISO date, never broken over two lines. */
const unbroken = (date: string) => longDateText(new Date(date)).replaceAll(" ", "\u00a0");
