import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import type {PublishedFile} from "../../src/publish/files.ts";

/** A site at an address of this machine, under a folder, as a plain static host would have it. */
export interface Served {
  readonly address: string;
  readonly close: () => Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript",
  css: "text/css",
  json: "application/json",
  csv: "text/csv; charset=utf-8",
  woff2: "font/woff2"
};

/** Serves the files of `site/` under `/open/climate/`; anything else is not found. */
export async function serve(files: readonly PublishedFile[]): Promise<Served> {
  const byPath = new Map(files.map(({path, bytes}) => [path.replace(/^site\//, "/open/climate/"), bytes]));
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname.replace(/\/$/, "/index.html");
    const bytes = byPath.get(path);
    const type = types[path.split(".").at(-1) ?? ""] ?? "application/octet-stream";
    response.writeHead(bytes === undefined ? 404 : 200, {"content-type": type}).end(bytes);
  });
  await new Promise<void>(done => server.listen(0, "127.0.0.1", done));
  const {port} = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/open/climate/`,
    close: () => new Promise(done => server.close(() => done()))
  };
}
