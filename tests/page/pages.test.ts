import type {Browser} from "playwright-core";
import {afterAll, expect, test} from "vitest";
import {defineProof} from "../prove/proof.ts";
import {axeFinds, findChromium, launch, open, reachesOut} from "./browser.ts";
import {invented} from "./invented-rows.ts";
import {publishInvented} from "./publish-invented.ts";
import {type Served, serve} from "./serve.ts";

/** Every page, in each colour scheme and at each width, on paper and in forced colours: axe finds nothing, nothing reaches out, nothing goes wrong. */
const pages = [
  "index",
  "estate",
  "buildings/pool",
  "buildings/hostile-2",
  "fleet",
  "renewables",
  "borough",
  "data-health",
  "method",
  "accessibility",
  "open-data"
];
const widths = [320, 768, 1440];
/** What a landscape page of A4 has between its margins, in px. */
const onPaper = 1031;
const looks = [{colorScheme: "light"}, {colorScheme: "dark"}, {colorScheme: "dark", forcedColors: "active"}] as const;

const chromium = await findChromium();
let opened: Promise<{browser: Browser; site: Served}> | undefined;
const start = async () => ({
  browser: await launch(chromium as string),
  site: await serve(await publishInvented(invented))
});

afterAll(async () => {
  const {browser, site} = (await opened) ?? {};
  await browser?.close();
  await site?.close();
});

defineProof("pages", {
  parts: chromium === null ? {small: 0, whole: 0} : {small: 1, whole: pages.length},
  async prove(part) {
    opened ??= start();
    const {browser, site} = await opened;
    const name = `${pages[part - 1]}.html`;
    const counts = {looks: 0, violations: 0};
    for (const look of looks)
      for (const width of widths) {
        const {page, wrongs, close} = await open(browser, site, name, {...look, viewport: {width, height: 900}});
        const where = `${name}, ${JSON.stringify(look)}, ${width} px`;
        const found = await axeFinds(page);
        expect(found, where).toEqual([]);
        expect(await reachesOut(page, width), where).toEqual([]);
        if (width === 1440) {
          await page.setViewportSize({width: onPaper, height: 700});
          await page.emulateMedia({media: "print"});
          expect(await reachesOut(page, onPaper), `${where}, print`).toEqual([]);
        }
        expect(wrongs, where).toEqual([]);
        counts.looks += 1;
        counts.violations += found.length;
        await close();
      }
    return counts;
  }
});

test.skipIf(chromium !== null)("skipped: every page looked at, for lack of Debian's chromium", () => {});
