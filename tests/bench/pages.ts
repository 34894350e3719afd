import {once} from "node:events";
import {readdirSync, readFileSync} from "node:fs";
import type {AddressInfo} from "node:net";
import {join, resolve} from "node:path";
import {gzipSync} from "node:zlib";
import type {Browser} from "playwright-core";
import {siteServer} from "../../src/commands/serve/site-server.ts";
import {readConfig} from "../../src/council/config.ts";
import {figureOptions} from "../../src/publish/figure-options.ts";
import {publishFigures} from "../../src/publish/figures.ts";
import {siteFolders} from "../../src/publish/files.ts";
import {withPublished} from "../../src/warehouse/published.ts";
import {findChromium, launch} from "../page/browser.ts";

/** A phone on a slow line: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back, a processor a quarter as fast as this one. */
const slowLine = {offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750};
const slowness = 4;

/** What the figures of a published council take to draw, what its pages weigh, and when the first view of them stands. `npm run bench -- pages [DATA]`. */
export async function benchPages(data: string, print: (line: string) => void): Promise<void> {
  const config = await readConfig(resolve(data), new Date());
  const {house} = siteFolders(config.dataFolder);
  const before = process.cpuUsage();
  const {figures} = await withPublished(config.dataFolder, connection =>
    publishFigures(connection, figureOptions(config))
  );
  const {user, system} = process.cpuUsage(before);
  print(`${figures.length} figures, SVG and PNG once each: ${((user + system) / 1e6).toFixed(1)} CPU s (aim 10)`);
  const site = join(house, "site");
  const scripts = readdirSync(join(site, "assets")).filter(name => name.endsWith(".js"));
  const bytes = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(join(site, "assets", name))).length, 0);
  print(`script of all pages, compressed: ${(bytes / 1000).toFixed(1)} kB (aim 200)`);
  const chromium = await findChromium();
  if (chromium === null) return print("first views: no Chromium, so not measured");
  const server = siteServer(site);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const {port} = server.address() as AddressInfo;
  const browser = await launch(chromium);
  const [building = ""] = readdirSync(join(site, "buildings")).sort();
  for (const page of ["index.html", "estate.html", "borough.html", `buildings/${building}`])
    print(
      `${page}: first words and picture ${(await firstView(browser, `http://127.0.0.1:${port}/${page}`)).toFixed(2)} s (aim 2)`
    );
  await browser.close();
  server.closeAllConnections();
  server.close();
}

/** Seconds until the largest thing in the first view is painted, on the slow line, with nothing kept from before. */
async function firstView(browser: Browser, address: string): Promise<number> {
  const context = await browser.newContext({viewport: {width: 360, height: 740}});
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", slowLine);
  await session.send("Emulation.setCPUThrottlingRate", {rate: slowness});
  await page.goto(address, {waitUntil: "load"});
  const milliseconds = await page.evaluate(
    () =>
      new Promise<number>(done => {
        let last = 0;
        new PerformanceObserver(list => {
          for (const entry of list.getEntries()) last = Math.max(last, entry.startTime);
        }).observe({type: "largest-contentful-paint", buffered: true});
        setTimeout(() => done(last), 1500);
      })
  );
  await context.close();
  return milliseconds / 1000;
}
