import {readFile} from "node:fs/promises";
import {createRequire} from "node:module";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {findChromium, launch, type OpenedPage, open} from "./browser.ts";
import {noRows} from "./invented-marts.ts";
import {invented} from "./invented-rows.ts";
import {publishInvented} from "./publish-invented.ts";
import {type Served, serve} from "./serve.ts";

const chromium = await findChromium();
const figures = 6;

describe.skipIf(chromium === null)("the page in a browser (needs Debian's chromium)", () => {
  let browser: Browser;
  let site: Served;

  beforeAll(async () => {
    site = await serve(await publishInvented(invented));
    browser = await launch(chromium as string);
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  /** Opens the page, works on it, and holds that nothing was asked of another host and nothing went wrong. */
  async function withPage<T>(
    work: (opened: OpenedPage) => Promise<T>,
    options: Parameters<typeof open>[3] = {},
    served: Served = site,
    count = figures
  ): Promise<T> {
    const opened = await open(browser, served, count, options);
    try {
      const result = await work(opened);
      expect(opened.wrongs).toEqual([]);
      return result;
    } finally {
      await opened.close();
    }
  }

  test("every figure is an image with a name that tells what it shows, under a heading that tells what was found", () =>
    withPage(async ({page}) => {
      expect(await page.getAttribute("html", "lang")).toBe("en-GB");
      const names = await page.locator("figure svg[role=img]").evaluateAll(all => all.map(svg => svg.ariaLabel ?? ""));
      expect(names.map(name => name.split(" ").slice(0, 2).join(" "))).toEqual([
        "Line chart",
        "Stacked bar",
        "Stacked bar",
        "Stacked bar",
        "Line chart",
        "Table of"
      ]);
      expect(names[0]).toContain("The estate is illustrative.");
      expect(names[4]).not.toContain("illustrative.");
      expect(await page.locator("svg [aria-label]").count()).toBe(0);
      expect(await page.locator("h1").allTextContents()).toEqual(["Invented Council"]);
      expect(await page.locator("h2").allTextContents()).toEqual([
        "What the council owns and runs",
        "Stockport, everyone and everything",
        "How complete our data is"
      ]);
      expect(await page.locator("figure h3").count()).toBe(figures);
      expect(await page.locator("main .badge").allTextContents()).toEqual([
        "Official figures: close to, but not the same as, what our target measures"
      ]);
    }));

  test("what is doubted and not counted stands with why and a small picture, and what was accepted does not", () =>
    withPage(async ({page}) => {
      const doubtful = page.locator(".doubtful");
      expect(await doubtful.locator("li p").allTextContents()).toEqual([
        "Long Meadow School, electricity, 3 Oct 2026 to 4 Oct 2026: zero all day where 120 kWh is usual"
      ]);
      const bars = await doubtful
        .locator("svg[role=img] rect")
        .evaluateAll(all => all.map(bar => [bar.getAttribute("class"), Number(bar.getAttribute("height"))]));
      // Of 36 px: 110 and 120 of 120, two at nothing, a blank, and half.
      expect(bars).toEqual([
        ["held", 33],
        ["held", 36],
        ["doubted", 1],
        ["doubted", 1],
        ["held", 18]
      ]);
    }));

  test("under every figure its rows stand in a table, and as CSV", () =>
    withPage(async ({page}) => {
      const rows = (name: string) => page.locator("table", {hasText: name}).locator("tbody tr");
      expect(await rows("Net zero by 2030").count()).toBe(13);
      expect(await rows("Carbon neutral by 2038").count()).toBe(21);
      expect(await rows("Emissions by source").count()).toBe(24);
      expect(await rows("Fuel of our vehicles").count()).toBe(3);
      expect(await rows("Electricity generated").count()).toBe(24);
      expect(await rows("Half-hours by meter").count()).toBe(3);
      const first = await rows("Emissions by source").first().locator("th, td").allTextContents();
      expect(first).toEqual(["2018/19", "Building electricity", "3,600", "yes", "official"]);
      const month = await rows("Electricity generated").first().locator("th").textContent();
      expect(month).toBe("Nov 2024");
      const links = page.locator("a[download]");
      const statuses = await links.evaluateAll(all =>
        Promise.all(all.map(async link => (await fetch((link as HTMLAnchorElement).href)).status))
      );
      expect(statuses.length).toBeGreaterThan(figures);
      expect(new Set(statuses)).toEqual(new Set([200]));
    }));

  test.each([
    ["light", 1280],
    ["dark", 1280],
    ["light", 375],
    ["dark", 375]
  ] as const)("axe finds nothing, %s, %i px, with every table open", (colorScheme, width) =>
    withPage(
      async ({page}) => {
        await page.locator("summary").evaluateAll(all => all.map(summary => (summary as HTMLElement).click()));
        await page.evaluate(await axeSource());
        const found = await page.evaluate(async () => {
          const {axe} = globalThis as unknown as {axe: typeof import("axe-core")};
          const values = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
          const {violations, passes} = await axe.run(document, {runOnly: {type: "tag", values}});
          return {passes: passes.length, violations: violations.map(({id, nodes}) => [id, nodes[0]?.html])};
        });
        expect(found.violations).toEqual([]);
        expect(found.passes).toBeGreaterThan(20);
      },
      {colorScheme, viewport: {width, height: 800}}
    )
  );

  test.each([320, 375, 768, 1920])("at %i px nothing scrolls sideways", width =>
    withPage(
      async ({page}) => {
        await page.locator("summary").evaluateAll(all => all.map(summary => (summary as HTMLElement).click()));
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        const words = await page.locator("figure svg text").evaluateAll(all => {
          const spans = all.map(text => text.getBoundingClientRect());
          return {left: Math.min(...spans.map(({left}) => left)), right: Math.max(...spans.map(({right}) => right))};
        });
        expect(words.left).toBeGreaterThanOrEqual(0);
        expect(words.right).toBeLessThanOrEqual(width);
      },
      {viewport: {width, height: 800}}
    )
  );

  test("the keyboard reaches the figures, every table and every file, and shows where it is", () =>
    withPage(async ({page}) => {
      await page.keyboard.press("Tab");
      expect(await focused(page)).toMatchObject({text: "Skip to the figures", isSeen: true, isMarked: true});
      await page.keyboard.press("Enter");
      const stops: Awaited<ReturnType<typeof focused>>[] = [];
      for (let i = 0; i < 60; i++) {
        await page.keyboard.press("Tab");
        const stop = await focused(page);
        if (stop.name === "BODY") break;
        stops.push(stop);
        if (stop.name === "SUMMARY") await page.keyboard.press("Enter");
      }
      const count = (name: string) => stops.filter(stop => stop.name === name).length;
      // Each figure's own numbers, and the ten files of rows that the figures are drawn from.
      expect([count("SUMMARY"), count("DIV"), count("A")]).toEqual([figures, figures, figures + 10]);
      expect(stops.filter(({isSeen, isMarked}) => !isSeen || !isMarked)).toEqual([]);
      expect(await page.locator("details[open]").count()).toBe(figures);
    }));

  test("a figure follows the window and the colours of the machine, and an open table stays open", () =>
    withPage(async ({page}) => {
      const [svg, heading] = [page.locator("figure svg").first(), page.locator("figure h3").first()];
      const ink = () => svg.evaluate(element => getComputedStyle(element).color);
      const before = [await svg.getAttribute("width"), await ink(), await heading.textContent()];
      await page.locator("summary").first().click();
      await page.emulateMedia({colorScheme: "dark"});
      await page.setViewportSize({width: 500, height: 800});
      await expect.poll(() => svg.getAttribute("width").then(Number)).toBeLessThan(520);
      await expect.poll(ink).toBe("rgb(243, 242, 241)");
      expect([before[1], before[2]]).toEqual(["rgb(11, 12, 12)", await heading.textContent()]);
      expect(await page.locator("details[open]").count()).toBe(1);
    }));

  test("on paper every figure is light, on a landscape page of its own", () =>
    withPage(
      async ({page}) => {
        await page.evaluate(() => {
          addEventListener("beforeprint", () => {
            const inks = [...document.querySelectorAll("figure svg")].map(svg => (svg as SVGElement).style.color);
            document.documentElement.dataset.inks = [...new Set(inks)].join();
          });
        });
        const pdf = await page.pdf({preferCSSPageSize: true, tagged: true});
        const text = pdf.toString("latin1");
        expect(await page.getAttribute("html", "data-inks")).toBe("rgb(11, 12, 12)");
        const boxes = [...text.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(box => box.slice(1).map(Number));
        await page.emulateMedia({media: "print", colorScheme: "dark"});
        expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(255, 255, 255)");
        await page.emulateMedia({media: "screen", colorScheme: "dark"});
        expect(boxes.every(([width = 0, height = 0]) => width > height)).toBe(true);
        const pages = text.match(/\/Type \/Page\b/g)?.length ?? 0;
        expect(pages).toBeGreaterThan(figures);
        expect(pages).toBeLessThanOrEqual(figures + 5);
        const ink = () =>
          page
            .locator("figure svg")
            .first()
            .evaluate(svg => (svg as SVGElement).style.color);
        await expect.poll(ink).toBe("rgb(243, 242, 241)");
      },
      {colorScheme: "dark"}
    ));

  test("a page without rows says so, and nothing breaks", async () => {
    const empty = await serve(await publishInvented(noRows, {onsCode: null, isIllustrative: false}));
    try {
      await withPage(
        async ({page}) =>
          expect(await page.locator("figure h3").allTextContents()).toEqual(["No complete years yet", "No reads yet"]),
        {},
        empty,
        2
      );
    } finally {
      await empty.close();
    }
  });
});

const axeSource = () => readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What has the focus: whether it is in the window, and whether a line is drawn about it. */
function focused(page: OpenedPage["page"]) {
  return page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    const {top, bottom, left} = element.getBoundingClientRect();
    const {outlineStyle, outlineWidth} = getComputedStyle(element);
    return {
      name: element.tagName,
      text: element.textContent?.slice(0, 40) ?? "",
      isSeen: bottom > 0 && top < innerHeight && left >= 0,
      isMarked: outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2
    };
  });
}
