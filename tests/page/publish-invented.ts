import type {PublishedFile} from "../../src/publish/files.ts";
import {publishSite, type SiteOptions} from "../../src/publish/site.ts";
import {shellFolder} from "../support/kept-shell.ts";
import {type InventedMarts, withInvented} from "./invented-marts.ts";

/** The site of these rows. The built page is kept for all tests of a machine: it is made of sources alone, which its name holds. */
export async function publishInvented(
  rows: InventedMarts,
  options: Partial<SiteOptions> = {}
): Promise<PublishedFile[]> {
  return withInvented(rows, connection =>
    publishSite(connection, {
      cacheFolder: shellFolder,
      council: "Invented Council",
      isIllustrative: true,
      onsCode: "E08000007",
      asOf: "2026-10-31",
      edition: null,
      ...options
    })
  );
}

/** The text of one file of a site. */
export function textOf(files: readonly PublishedFile[], path: string): string {
  const file = files.find(each => each.path === `site/${path}`);
  if (file === undefined) throw new Error(`not published: ${path}`);
  return new TextDecoder().decode(file.bytes);
}
