import {access} from "node:fs/promises";
import {type Browser, type BrowserContextOptions, chromium, type Page} from "playwright-core";
import type {Served} from "./serve.ts";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync"
];

/** The browser of this machine; null where there is none, which is said aloud. */
export async function findChromium(): Promise<string | null> {
  const found = await Promise.all(
    places.map(place =>
      access(place).then(
        () => place,
        () => null
      )
    )
  );
  const [first = null] = found.filter(place => place !== null);
  if (first === null)
    process.stderr.write("\nNo Chromium, so the page is not opened: apt-get install chromium (Debian)\n\n");
  return first;
}

export async function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({executablePath, args: quiet});
}

/** A page with what went wrong on it: what it asked of another host, what failed, what it complained of. */
export interface OpenedPage {
  readonly page: Page;
  readonly wrongs: readonly string[];
  readonly close: () => Promise<void>;
}

/** Opens the served page and waits until each of its figures is drawn. Requests to any other host are refused and told. */
export async function open(
  browser: Browser,
  {address}: Served,
  figures: number,
  options: BrowserContextOptions = {}
): Promise<OpenedPage> {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}, ...options});
  const page = await context.newPage();
  const wrongs: string[] = [];
  await context.route(
    url => url.protocol !== "data:" && !url.href.startsWith(address),
    route => {
      wrongs.push(`asked: ${route.request().url()}`);
      return route.abort();
    }
  );
  page.on("console", message => wrongs.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", error => wrongs.push(`error: ${error.message}`));
  page.on("response", response => {
    if (response.status() >= 400) wrongs.push(`${response.status()}: ${response.url()}`);
  });
  await page.goto(address);
  await page.waitForFunction(count => document.querySelectorAll("figure svg[role=img]").length === count, figures, {
    timeout: 60_000
  });
  return {page, wrongs, close: () => context.close()};
}
