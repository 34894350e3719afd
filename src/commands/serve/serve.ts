import {once} from "node:events";
import {stat} from "node:fs/promises";
import type {AddressInfo} from "node:net";
import {join} from "node:path";
import type {Config} from "../../council/config.ts";
import type {Effects} from "../../effects.ts";
import {CliError} from "../../errors.ts";
import {siteFolders} from "../../publish/files.ts";
import {siteServer} from "./site-server.ts";

/** A site that is on the disk, and what it is. */
export interface ServedSite {
  readonly folder: string;
  readonly what: string;
}

/** @throws CliError where it has not been made. */
export async function siteToServe({dataFolder, council}: Config, isPublic: boolean): Promise<ServedSite> {
  const {house, everyone} = siteFolders(dataFolder);
  const site = isPublic
    ? {folder: everyone, what: "the public site"}
    : {folder: join(house, "site"), what: "the house's own site: it holds what is not for everybody"};
  const isThere = await stat(join(site.folder, "index.html")).then(
    () => true,
    () => false
  );
  if (isThere) return site;
  throw new CliError(
    isPublic && council.publish === null
      ? 'there is no public site: council.json does not say what it may hold. To have one: "publish": {} in council.json, then canopy publish'
      : `nothing has been published in ${dataFolder} yet. To publish: canopy run`
  );
}

/**
 * Shows a site at an address of this machine until it is asked to stop.
 *
 * @throws CliError where the port is taken.
 */
export async function serveUntilStopped(
  {folder, what}: ServedSite,
  port: number,
  {print, stop}: Pick<Effects, "print" | "stop">
): Promise<void> {
  const server = siteServer(folder);
  server.listen(port, "127.0.0.1");
  await once(server, "listening").catch(error => {
    const isTaken = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
    throw new CliError(
      isTaken
        ? `port ${port} is taken by another program. Choose another: canopy serve --port 0 takes any that is free`
        : `the site cannot be shown at port ${port}: ${(error as Error).message}`,
      {cause: error}
    );
  });
  print(`${what}\nhttp://127.0.0.1:${(server.address() as AddressInfo).port}/\nto stop: Ctrl+C`);
  if (stop?.aborted !== true && stop !== undefined) await once(stop, "abort");
  server.closeAllConnections();
  server.close();
  await once(server, "close");
}
