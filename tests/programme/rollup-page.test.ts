import {rm} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {readProgramme} from "../../src/programme/folder.ts";
import {rollUp} from "../../src/programme/rollup/rollup.ts";
import {filesOfRollup} from "../../src/programme/rollup/write.ts";
import type {PublishedFile} from "../../src/publish/files.ts";
import {axeFinds, findChromium, launch, open, reachesOut} from "../page/browser.ts";
import {hostileNames} from "../page/invented-building.ts";
import {serve} from "../page/serve.ts";
import {makeTemporaryFolder} from "../support/data-folder.ts";
import {keepShellIn} from "../support/kept-shell.ts";
import {boroughOf, type LakeCouncil, ratingOf, sourceOf, writeLake, yearOf} from "../support/lake.ts";
import {largeLake} from "../support/large-lake.ts";

const chromium = await findChromium();
const folders: string[] = [];
afterAll(() => Promise.all(folders.map(folder => rm(folder, {recursive: true, force: true}))));

async function filesOf(councils: readonly LakeCouncil[], name = "Greater Region"): Promise<PublishedFile[]> {
  const folder = await makeTemporaryFolder();
  folders.push(folder);
  await writeLake(folder, councils, name);
  await keepShellIn(join(folder, ".cache"));
  const programme = await readProgramme(folder, new Date("2026-11-03"));
  return filesOfRollup(programme, await rollUp(programme));
}

const pageOf = (files: readonly PublishedFile[]) =>
  Buffer.from(files.find(({path}) => path === "index.html")?.bytes ?? "").toString("utf8");

const inSite = (files: readonly PublishedFile[]) => files.map(file => ({...file, path: `site/${file.path}`}));

const alder: LakeCouncil = {
  code: "E08000001",
  name: "Alder Council",
  folder: "al der",
  manifest: {has_pages: true},
  years: [yearOf(2024), yearOf(2025, {scope_1_and_2_t_co2e: 190.25})],
  sources: [sourceOf(2025, "building gas", 190.25)],
  ratings: [100, 200, 300, 400, 500].map((kwh, i) => ratingOf(`office-${i}`, "office", kwh)),
  boroughs: [boroughOf("E08000001", 2005, 1000), boroughOf("E08000001", 2023, 600)]
};
const birch: LakeCouncil = {
  code: "E08000002",
  name: "Birch Council",
  years: [yearOf(2025, {scope_1_and_2_t_co2e: 140.5, is_whole_year: false})],
  manifest: {illustrative: true}
};
const gone: LakeCouncil = {
  ...birch,
  code: "E08000003",
  name: "Cedar Council",
  folder: null,
  manifest: {has_pages: true}
};
const hostile = hostileNames.map(
  (name, i): LakeCouncil => ({
    ...alder,
    ...{code: `E0800001${i}`, name, folder: `hostile-${i}`, edition: "<b>", sources: [sourceOf(2025, name, 5)]},
    ...{ratings: [1, 2, 3, 4, 5].map(kwh => ratingOf(`${kwh}`, name, kwh))},
    ...{boroughs: [boroughOf(`E0800001${i}`, 2023, 5, {area_name: name, statistic_name: name, source: name})]},
    manifest: {has_pages: true, canopy: {version: name, sources: "0"}}
  })
);

describe("the page of all councils", () => {
  test("a council's name opens the index page of the edition that is told, where it has pages and the programme has it", async () => {
    const html = pageOf(await filesOf([alder, birch, gone]));
    expect(html).toContain(
      '<span id="council-E08000001"><a href="../al%20der/editions/2026-10-31/public/site/index.html"><bdi>Alder Council</bdi></a></span>'
    );
    expect(html).toContain('<span id="council-E08000002"><bdi>Birch Council</bdi> (illustrative)</span>');
    expect(html).toContain('<span id="council-E08000003"><bdi>Cedar Council</bdi></span>');
    expect(html).toContain('<p class="badge">1 of 3 councils illustrative: their readings are invented</p>');
    expect(html).toContain("<title>Greater Region: what its 3 councils emit together</title>");
    // 190.25 and 2 × 140.5.
    expect(html).toContain(
      '<p class="verdict">Together 3 councils emitted at least 471 t CO₂e in 2025/26, scopes 1 and 2. This is not a total: the year is complete for 1 of 3 councils.</p>'
    );
    expect(html).toContain('<td class="number">at least 471</td>');
    expect(html).toContain("40% less");
  });

  test("it has no style or script of its own text, names no other host that a browser would ask, and each address and anchor is there", async () => {
    for (const councils of [[alder, birch, gone], hostile, [{...birch, years: []}]]) {
      const files = await filesOf(councils);
      const html = pageOf(files);
      expect(html).toContain(
        `content="default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'"`
      );
      expect(html.match(/<script(?![^>]* src=)|<style|<[^<>]* (?:on\w+|style)="/g)).toBeNull();
      expect(html.match(/(?:<link|<script|<img)[^>]*(?:href|src)="https?:/g)).toBeNull();
      expect(html).not.toMatch(/undefined|\bNaN\b|Infinity|\[object/);
      if (councils !== hostile) expect(html).not.toContain("{{");
      const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      expect(ids.length).toBe(new Set(ids).size);
      const known = new Set(files.map(({path}) => `./${path}`));
      for (const [, address = ""] of html.matchAll(/(?:href|src)="(?!https?:|data:|\.\.\/)([^"]*)"/g))
        if (address.startsWith("#")) expect(ids).toContain(address.slice(1));
        else expect(known).toContain(address);
    }
  });

  test("names from outside are text, whatever is in them", async () => {
    const html = pageOf(await filesOf(hostile, hostileNames[0]));
    expect(html).not.toContain("<img");
    expect(html).not.toContain("\u202e");
    expect(html).not.toContain("W".repeat(130));
    expect(html).toContain("../hostile-0/editions/%3Cb%3E/public/site/index.html");
  });

  test("of many councils each has its row, and those of boroughs are closed at first", async () => {
    const html = pageOf(await filesOf(largeLake(40)));
    expect(html.match(/<span id="council-E0/g)).toHaveLength(40);
    expect(html).toContain('<div class="find" data-thing="council" hidden>');
    expect(html).toContain("<summary>Show 40 boroughs");
    expect(Buffer.byteLength(html)).toBeLessThan(200_000);
  });
});

describe.skipIf(chromium === null)("in a browser", () => {
  let browser: Awaited<ReturnType<typeof launch>>;
  beforeAll(async () => {
    browser = await launch(chromium as string);
    return () => browser.close();
  });

  const widths = [320, 768, 1440];
  const lakes: Record<string, {councils: readonly LakeCouncil[]; dark: readonly number[]; light: readonly number[]}> = {
    "some in part": {councils: [alder, birch, gone], dark: widths, light: widths},
    "hostile names": {councils: hostile, dark: [1440], light: [320]},
    "no year yet": {councils: [{...birch, years: []}], dark: [320], light: [768]}
  };
  test.each(Object.entries(lakes))(
    "%s: axe finds nothing, nothing reaches out, nothing is asked of another host",
    async (_, {councils, ...looks}) => {
      const site = await serve(inSite(await filesOf(councils, hostileNames[1])));
      for (const colorScheme of ["light", "dark"] as const)
        for (const width of looks[colorScheme]) {
          const {page, wrongs, close} = await open(browser, site, "index.html", {
            ...{colorScheme, viewport: {width, height: 900}}
          });
          const where = `${colorScheme}, ${width} px`;
          expect(await axeFinds(page), where).toEqual([]);
          expect(await reachesOut(page, width), where).toEqual([]);
          expect(wrongs, where).toEqual([]);
          await close();
        }
      await site.close();
    }
  );

  test("the table of councils narrows as somebody types, and stands whole without script", async () => {
    const site = await serve(inSite(await filesOf(largeLake(20))));
    const {page, wrongs, close} = await open(browser, site, "index.html");
    await page.getByLabel("Find a council").fill("upper");
    expect(await page.locator("#found").textContent()).toBe("3 of 20 councils");
    expect(await page.locator("#council-table tbody tr:visible").count()).toBe(3);
    expect(wrongs).toEqual([]);
    await close();
    const still = await open(browser, site, "index.html", {javaScriptEnabled: false});
    expect(await still.page.locator("#council-table tbody tr:visible").count()).toBe(20);
    expect(await still.page.locator("#find").isVisible()).toBe(false);
    await still.close();
    await site.close();
  });
});
