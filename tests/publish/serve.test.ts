import {once} from "node:events";
import {mkdir, mkdtemp, rm, symlink, writeFile} from "node:fs/promises";
import {createServer, request} from "node:http";
import type {AddressInfo} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {beforeAll, describe, expect, onTestFinished, test} from "vitest";
import {main} from "../../src/cli.ts";
import {siteServer} from "../../src/commands/serve/site-server.ts";
import {fixedEffects} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Asks as no browser would: the path goes as it is written. */
function ask(
  port: number,
  path: string,
  {method = "GET", headers = {}}: {method?: string; headers?: Record<string, string>} = {}
) {
  return new Promise<Answer>((resolve, reject) => {
    const asked = request({host: "127.0.0.1", port, path, method, headers}, response => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(parts).toString("utf8")
        })
      );
    });
    asked.on("error", reject);
    asked.end();
  });
}

describe("a site on this machine", () => {
  let port = 0;
  beforeAll(async () => {
    const above = await mkdtemp(join(tmpdir(), "canopy-serve-"));
    const folder = join(above, "site");
    await mkdir(join(folder, "buildings"), {recursive: true});
    await mkdir(`${folder}-beside`);
    await writeFile(join(above, "secret.txt"), "secret");
    await writeFile(join(`${folder}-beside`, "secret.txt"), "secret");
    await writeFile(join(folder, ".hidden"), "secret");
    await writeFile(join(folder, "index.html"), "<p>start</p>");
    await writeFile(join(folder, "buildings", "oak's place.html"), "<p>oak</p>");
    await symlink(join(above, "secret.txt"), join(folder, "linked.txt"));
    await symlink(above, join(folder, "above"));
    const server = siteServer(folder);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    port = (server.address() as AddressInfo).port;
    return async () => {
      server.closeAllConnections();
      server.close();
      await rm(above, {recursive: true, force: true});
    };
  });

  test("its pages are shown, under a policy that lets them load nothing of any other host", async () => {
    const {status, headers, text} = await ask(port, "/");
    expect([status, text, headers["content-type"]]).toEqual([200, "<p>start</p>", "text/html; charset=utf-8"]);
    expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect((await ask(port, "/buildings/oak's%20place.html?from=estate")).text).toBe("<p>oak</p>");
    const again = await ask(port, "/", {headers: {"if-none-match": String(headers.etag)}});
    expect([again.status, again.text]).toEqual([304, ""]);
    expect((await ask(port, "/", {method: "HEAD"})).text).toBe("");
  });

  test("no path and no link leads out of its folder", async () => {
    for (const path of [
      "/../secret.txt",
      "/%2e%2e/secret.txt",
      "/..%2fsecret.txt",
      "/%2e%2e%2fsecret.txt",
      "/buildings/../../secret.txt",
      "/buildings/%2e%2e/%2e%2e/secret.txt",
      "/..\\secret.txt",
      "/%5c..%5csecret.txt",
      "//secret.txt",
      "/../site-beside/secret.txt",
      "/linked.txt",
      "/above/secret.txt",
      "/.hidden",
      "/index.html%00.txt",
      "/%c0%ae%c0%ae/secret.txt",
      "/%",
      "http://elsewhere/secret.txt",
      "*"
    ]) {
      const {status, text} = await ask(port, path);
      expect([path, text.includes("secret"), status >= 400 && status < 500]).toEqual([path, false, true]);
    }
  });

  test("it answers nobody who asks under another name, and takes nothing", async () => {
    expect((await ask(port, "/", {headers: {host: "elsewhere.example"}})).status).toBe(403);
    expect((await ask(port, "/", {headers: {host: `localhost:${port}`}})).status).toBe(200);
    expect((await ask(port, "/", {method: "POST"})).status).toBe(405);
    expect((await ask(port, "/", {method: "DELETE"})).headers.allow).toBe("GET, HEAD");
  });
});

describe("canopy serve", () => {
  const serve = async (
    folder: string,
    argv: readonly string[],
    whenPrinted: (text: string) => Promise<void> = async () => {}
  ) => {
    const stopping = new AbortController();
    const effects = fixedEffects("2026-11-02T12:00:00Z");
    const print = (line: string) => {
      effects.print(line);
      whenPrinted(line).finally(() => stopping.abort());
    };
    const code = await main(["serve", ...argv, "--data", folder], {...effects, print, stop: stopping.signal});
    return {code, text: effects.printed.join("\n")};
  };

  test("says where the house's own site is, shows it, and ends when it is told to", async () => {
    const folder = await makeDataFolder();
    await mkdir(join(folder, "published", "site"), {recursive: true});
    await writeFile(join(folder, "published", "site", "index.html"), "<p>start</p>");
    let shown = "";
    const {code, text} = await serve(folder, ["--port", "0"], async printed => {
      const [, port = ""] = /http:\/\/127\.0\.0\.1:(\d+)\//.exec(printed) ?? [];
      shown = (await ask(Number(port), "/index.html")).text;
    });
    expect([code, shown]).toEqual([0, "<p>start</p>"]);
    expect(text).toContain("the house's own site: it holds what is not for everybody");
  });

  test("says what to do where there is nothing to show, the port is taken, or is none", async () => {
    const folder = await makeDataFolder();
    const told: string[] = [];
    const write = process.stderr.write.bind(process.stderr);
    process.stderr.write = ((text: string) => told.push(text) > 0) as typeof write;
    onTestFinished(() => {
      process.stderr.write = write;
    });
    expect((await serve(folder, [])).code).toBe(1);
    expect((await serve(folder, ["--public"])).code).toBe(1);
    expect((await serve(folder, ["--port", "http"])).code).toBe(2);
    await mkdir(join(folder, "published", "site"), {recursive: true});
    await writeFile(join(folder, "published", "site", "index.html"), "");
    const other = createServer();
    other.listen(0, "127.0.0.1");
    await once(other, "listening");
    onTestFinished(() => void other.close());
    expect((await serve(folder, ["--port", String((other.address() as AddressInfo).port)])).code).toBe(1);
    for (const words of [
      "To publish: canopy run",
      '"publish": {} in council.json',
      "from 0 to 65535",
      "is taken by another program"
    ])
      expect(told.join("")).toContain(words);
  });
});
