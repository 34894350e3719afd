import {mkdir, mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from "vitest";
import {axeFinds, findChromium, launch, type OpenedPage, open, reachesOut} from "./browser.ts";
import {invented} from "./invented-rows.ts";
import {publishInvented} from "./publish-invented.ts";
import {type Served, serve} from "./serve.ts";

const chromium = await findChromium();
const building = "buildings/pool.html";

describe.skipIf(chromium === null)("the pages in a browser (needs Debian's chromium)", () => {
  let browser: Browser;
  let site: Served;
  let files: Awaited<ReturnType<typeof publishInvented>>;

  beforeAll(async () => {
    files = await publishInvented(invented);
    site = await serve(files);
    browser = await launch(chromium as string);
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  /** Opens a page, works on it, and holds that nothing was asked of another host and nothing went wrong. */
  async function withPage<T>(
    name: string,
    work: (opened: OpenedPage) => Promise<T>,
    options: Parameters<typeof open>[3] = {}
  ): Promise<T> {
    const opened = await open(browser, site, name, options);
    try {
      const result = await work(opened);
      expect(opened.wrongs).toEqual([]);
      return result;
    } finally {
      await opened.close();
    }
  }

  test("a first page on a phone: one picture of each figure is shown, nothing scrolls sideways, axe finds nothing", () =>
    withPage(
      "index.html",
      async ({page}) => {
        expect(await page.getAttribute("html", "lang")).toBe("en-GB");
        expect(await page.locator("h1").count()).toBe(1);
        expect(await shownWidths(page)).toEqual(new Set(["narrow"]));
        expect(await reachesOut(page, 320)).toEqual([]);
        expect(await axeFinds(page)).toEqual([]);
      },
      {viewport: {width: 320, height: 800}}
    ));

  test("a figure follows the window and the colours of the machine without any script, and prints light at its widest", () =>
    withPage(
      "index.html",
      async ({page}) => {
        const ink = () =>
          page
            .locator(".picture svg")
            .last()
            .evaluate(svg => getComputedStyle(svg).color);
        expect([await shownWidths(page), await ink()]).toEqual([new Set(["wide"]), "rgb(11, 12, 12)"]);
        await page.emulateMedia({colorScheme: "dark"});
        await page.setViewportSize({width: 700, height: 800});
        expect([await shownWidths(page), await ink()]).toEqual([new Set(["middle"]), "rgb(243, 242, 241)"]);
        await page.emulateMedia({media: "print", colorScheme: "dark"});
        expect([await shownWidths(page), await ink()]).toEqual([new Set(["wide"]), "rgb(11, 12, 12)"]);
        const text = (await page.pdf({preferCSSPageSize: true, tagged: true})).toString("latin1");
        const boxes = [...text.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(box => box.slice(1).map(Number));
        expect(boxes.length).toBeGreaterThan(3);
        expect(boxes.every(([width = 0, height = 0]) => width > height)).toBe(true);
      },
      {javaScriptEnabled: false}
    ));

  test("a page of a building at a desk, dark: axe finds nothing, and the keyboard reaches each month, table and link", () =>
    withPage(
      building,
      async ({page}) => {
        expect(await axeFinds(page)).toEqual([]);
        await page.keyboard.press("Tab");
        expect(await focused(page)).toMatchObject({text: "Skip to the page", isSeen: true, isMarked: true});
        await page.keyboard.press("Enter");
        const stops: Awaited<ReturnType<typeof focused>>[] = [];
        for (let i = 0; i < 90; i++) {
          await page.keyboard.press("Tab");
          const stop = await focused(page);
          if (stop.name === "BODY") break;
          stops.push(stop);
        }
        expect(stops.map(({text}) => text)).toEqual(
          expect.arrayContaining(["Oct 2026: its days", "Accessibility statement"])
        );
        expect(stops.filter(({name}) => name === "SUMMARY").length).toBeGreaterThan(2);
        expect(stops.filter(({isSeen, isMarked}) => !isSeen || !isMarked)).toEqual([]);
      },
      {colorScheme: "dark"}
    ));

  test("a month opens into its days, stays in the address, and comes back with it", () =>
    withPage(building, async ({page}) => {
      await page.getByRole("link", {name: /^Oct 2026/}).click();
      const days = page.locator("#days");
      expect(page.url()).toMatch(/#month=2026-10$/);
      expect(await days.locator("h3").textContent()).toBe("October 2026, day by day");
      expect(await days.locator("tbody tr").count()).toBe(31);
      // 11 October is the forty-first day of the rows: twenty of its half-hours were read, a quarter of them while closed.
      expect(await days.locator("tbody tr").nth(10).locator("th, td").allTextContents()).toEqual([
        "Sun 11 Oct 2026",
        "at least 400",
        "25%"
      ]);
      expect(await days.locator("rect.part").count()).toBe(1);
      await page.reload();
      expect(await days.locator("h3").textContent()).toBe("October 2026, day by day");
      expect(await axeFinds(page)).toEqual([]);
      await days.getByRole("button", {name: "Close"}).click();
      expect([await days.isVisible(), (await focused(page)).text]).toEqual([false, "Oct 2026: its days"]);
      expect(page.url()).not.toContain("#");
    }));

  test("a day opens into its half-hours, which are asked for only then, by keyboard alone, and the address brings them back", () =>
    withPage(building, async ({page}) => {
      const asked: string[] = [];
      page.on("request", request => void asked.push(new URL(request.url()).pathname));
      await page.getByRole("link", {name: /^Oct 2026/}).press("Enter");
      const days = page.locator("#days");
      // The half-hours begin on 24 October: of days before it there is no link.
      expect(await days.getByRole("link", {name: /its half-hours/}).allTextContents()).toEqual(
        [24, 25, 26, 27, 28, 29, 30, 31].map(date => expect.stringMatching(new RegExp(`^\\w{3} ${date} Oct 2026`)))
      );
      expect(asked.filter(path => path.includes("half-hours"))).toEqual([]);
      await days.getByRole("link", {name: /^Sun 25 Oct 2026/}).press("Enter");
      await days.getByRole("heading", {name: "Sun 25 Oct 2026, half-hour by half-hour"}).waitFor();
      expect(asked.filter(path => path.includes("half-hours"))).toEqual([
        expect.stringMatching(/\/buildings\/[\w-]+-half-hours\.js$/)
      ]);
      expect(await days.getByText("01:00 to 02:00 happens twice").count()).toBe(1);
      const row = (from: string) =>
        days
          .getByRole("row")
          .filter({hasText: new RegExp(`^${from}`)})
          .locator("td")
          .textContent();
      expect([await row("00:00"), await row("03:00"), await row("10:00"), await row("23:30")]).toEqual([
        "20.0",
        "–",
        "22.5 (estimated)",
        "25.9"
      ]);
      expect(await days.locator("tbody tr").count()).toBe(48);
      expect([await days.locator("rect.held").count(), await days.locator("rect.part").count()]).toEqual([46, 1]);
      expect(await axeFinds(page)).toEqual([]);
      await page.reload();
      await days.getByRole("link", {name: "After: 26 October 2026"}).click();
      await days.getByRole("heading", {name: "Mon 26 Oct 2026, half-hour by half-hour"}).waitFor();
      expect(page.url()).toMatch(/#day=2026-10-26$/);
      await days.getByRole("link", {name: "After: 27 October 2026"}).click();
      expect(await days.getByText("No half-hour of 27 October 2026 is held.").count()).toBe(1);
      await days.getByRole("link", {name: "October 2026, day by day"}).click();
      expect(await days.locator("h3").textContent()).toBe("October 2026, day by day");
      await page.goto(`${page.url().replace(/#.*/, "")}#day=2026-10-25`);
      await days.getByRole("button", {name: "Close"}).click();
      expect([await days.isVisible(), (await focused(page)).text]).toEqual([false, "Oct 2026: its days"]);
    }));

  test("half-hours that cannot be read are said to be so, and asked for again", () =>
    withPage(building, async ({page, wrongs}) => {
      await page.route(/half-hours/, route => route.abort());
      await page.getByRole("link", {name: /^Oct 2026/}).click();
      await page.getByRole("link", {name: /^Sun 25 Oct 2026/}).click();
      await page.getByRole("alert").getByText("The half-hours could not be read").waitFor();
      await page.unroute(/half-hours/);
      expect(wrongs.splice(0)).toEqual(["error: Failed to load resource: net::ERR_FAILED"]);
      await page.getByRole("link", {name: "After: 26 October 2026"}).click();
      await page.getByText("highest 25.9 kW").waitFor();
    }));

  test("a building is found by any part of its name, by keyboard alone; the list says how many there are, and the address keeps it", () =>
    withPage("estate.html", async ({page}) => {
      const shown = () => page.locator("#buildings tbody tr:visible").count();
      expect(await shown()).toBe(4);
      await page.getByLabel("Find a building").fill("centre leis");
      expect([await shown(), await page.locator("#found").textContent()]).toEqual([4, "4 of 4 buildings"]);
      await page.getByLabel("Find a building").fill("OO");
      expect([await shown(), await page.locator("#found").textContent()]).toEqual([1, "1 of 4 buildings"]);
      await page.reload();
      expect([await shown(), await page.getByLabel("Find a building").inputValue()]).toEqual([1, "OO"]);
      await page.getByLabel("Find a building").press("Enter");
      await page.waitForURL(/buildings\/pool\.html$/);
    }));

  test("without script the whole list is there, and what needs script is not", () =>
    withPage(
      "estate.html",
      async ({page}) => {
        expect(await page.locator("#buildings tbody tr:visible").count()).toBe(4);
        expect(await page.locator(".find").isVisible()).toBe(false);
      },
      {javaScriptEnabled: false}
    ));

  test("names that are markup, run right to left or never end harm no page", () =>
    withPage(
      "estate.html",
      async ({page}) => {
        expect(await reachesOut(page, 320)).toEqual([]);
        expect(await page.locator("main img").count()).toBe(0);
        for (const i of [0, 1, 2]) {
          await page.goto(`${site.address}buildings/hostile-${i}.html`);
          expect(await reachesOut(page, 320), String(i)).toEqual([]);
          expect(await page.locator("main img").count()).toBe(0);
        }
        expect(await axeFinds(page)).toEqual([]);
      },
      {viewport: {width: 320, height: 800}}
    ));

  test("opened from a folder of one's own machine it looks and works the same", async () => {
    const folder = await mkdtemp(join(tmpdir(), "canopy-folder-"));
    onTestFinished(() => rm(folder, {recursive: true, force: true}));
    for (const {path, bytes} of files) {
      await mkdir(dirname(join(folder, path)), {recursive: true});
      await writeFile(join(folder, path), bytes);
    }
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const wrongs: string[] = [];
    page.on("console", message => wrongs.push(message.text()));
    page.on("requestfailed", request => wrongs.push(request.url()));
    await page.goto(`file://${folder}/site/estate.html#find=poo`);
    expect(await page.locator("#buildings tbody tr:visible").count()).toBe(1);
    expect(await page.evaluate(() => document.fonts.ready.then(() => document.fonts.check("16px Inter")))).toBe(true);
    await page.locator("#buildings a:visible").click();
    expect(await page.locator("h1").textContent()).toBe("Pool");
    expect(wrongs).toEqual([]);
  });
});

/** The widths at which the pictures that are shown were drawn. */
async function shownWidths(page: OpenedPage["page"]): Promise<Set<string>> {
  return new Set(
    await page.locator(".picture svg:visible").evaluateAll(all => all.map(svg => svg.getAttribute("class") ?? ""))
  );
}

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
