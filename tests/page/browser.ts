import {readFile} from "node:fs/promises";
import {createRequire} from "node:module";
import {type Browser, type BrowserContextOptions, chromium, type Page} from "playwright-core";
import {findBrowser} from "../../src/commands/summit/pdf.ts";
import type {Served} from "./serve.ts";

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
  const first = await findBrowser(process.env);
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
  readonly wrongs: string[];
  readonly close: () => Promise<void>;
}

/** Opens a page of the served site. Requests to any other host are refused and told. */
export async function open(
  browser: Browser,
  {address}: Served,
  name: string,
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
  await page.goto(`${address}${name}`);
  return {page, wrongs, close: () => context.close()};
}

/** What axe finds on a page with every table open; each with the first element that it is about. */
export async function axeFinds(page: Page): Promise<unknown[]> {
  await page.locator("details:not([open]) > summary").evaluateAll(all => {
    for (const summary of all) summary.parentElement?.setAttribute("open", "");
  });
  await page.evaluate(await axeSource);
  return page.evaluate(async () => {
    const {axe} = globalThis as unknown as {axe: typeof import("axe-core")};
    const values = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
    const {violations, passes} = await axe.run(document, {runOnly: {type: "tag", values}});
    if (passes.length < 15) return [`axe looked at too little: ${passes.length}`];
    return violations.map(({id, nodes}) => [id, nodes[0]?.html.slice(0, 200)]);
  });
}

const axeSource = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Whether anything reaches beyond the window sideways: the page, or words of a picture that is shown. */
export async function reachesOut(page: Page, width: number): Promise<string[]> {
  return page.evaluate(most => {
    const out: string[] = [];
    if (document.documentElement.scrollWidth > most) out.push(`page: ${document.documentElement.scrollWidth}`);
    for (const text of document.querySelectorAll(".picture svg text")) {
      const {left, right, width: wide} = text.getBoundingClientRect();
      if (wide > 0 && (left < 0 || right > most)) out.push(`${text.textContent}: ${left} to ${right}`);
    }
    return out;
  }, width);
}
