import {once} from "node:events";
import {mkdir, mkdtemp, rm, writeFile} from "node:fs/promises";
import type {AddressInfo} from "node:net";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {siteServer} from "../../src/commands/serve/site-server.ts";
import type {PublishedFile} from "../../src/publish/files.ts";

/** A site at an address of this machine, under a folder, as a plain static host would have it. */
export interface Served {
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** Serves the files of `site/` under `/open/climate/`, as `canopy serve` does and under its content security policy; anything else is not found. */
export async function serve(files: readonly PublishedFile[]): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), "canopy-served-"));
  for (const {path, bytes} of files) {
    const place = join(folder, path.replace(/^site\//, "open/climate/"));
    await mkdir(dirname(place), {recursive: true});
    await writeFile(place, bytes);
  }
  const server = siteServer(folder);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const {port} = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/open/climate/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>(done => server.close(() => done()));
      await rm(folder, {recursive: true, force: true});
    }
  };
}
