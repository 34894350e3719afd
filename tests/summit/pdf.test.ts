import {execFileSync, spawnSync} from "node:child_process";
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {Resvg} from "@resvg/resvg-js";
import {chromium} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {deckPage} from "../../src/commands/summit/page.ts";
import {findBrowser, printedPdf} from "../../src/commands/summit/pdf.ts";
import type {DeckPlan} from "../../src/commands/summit/plan.ts";
import {makeSummit} from "../../src/commands/summit/summit.ts";
import {withMarts} from "../support/mart-rows.ts";
import {hasOffice, savedByOffice} from "../support/office.ts";
import {falling, finding, martsOf, saving} from "./councils.ts";

const hostile = `"><b>A&B</b> ${"W".repeat(200)}`;
const names = {gas: hostile, site: hostile};
const deckOf = (isHostile: boolean) =>
  withMarts(
    martsOf({
      years: falling,
      savings: [saving(isHostile ? {site_name: hostile, what: hostile} : {})],
      findings: [finding("oak", 40_000, isHostile ? {site_name: hostile} : {}), finding("elm", 10_000)],
      ...(isHostile ? {names} : {})
    }),
    "2026-10-31",
    connection =>
      makeSummit(connection, {
        council: isHostile ? hostile : "Illustrative Council",
        isIllustrative: true,
        onsCode: "E08000007",
        asOf: "2026-10-31"
      })
  );

const browser = await findBrowser(process.env);
const hasPoppler = spawnSync("sh", ["-c", "command -v pdftoppm pdfinfo pdftotext"]).status === 0;
/** Where nothing stands in for Arial letter by letter, words are as wide as they happen to be, and no place of them can be held to. */
const hasArial = /Arial|Liberation Sans|Arimo/.test(spawnSync("fc-match", ["Arial"], {encoding: "utf8"}).stdout ?? "");
const noArial = "no font stands in for Arial here: the slides were not measured";
const folder = mkdtempSync(join(tmpdir(), "deck-pdf-"));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

describe.skipIf(browser === null)("a deck as PDF", () => {
  let plan: DeckPlan;
  let pptx: Uint8Array;
  const file = join(folder, "deck.pdf");
  const print = () => printedPdf(browser as string, deckPage(plan), plan.date);

  beforeAll(async () => {
    const summit = await deckOf(false);
    plan = summit.plan;
    pptx = summit.files.find(({path}) => path === "deck.pptx")?.bytes as Uint8Array;
    writeFileSync(file, await print());
  });

  it("is the same bytes from the same deck", async () => {
    expect((await print()).equals(readFileSync(file))).toBe(true);
  });

  it("is tagged: a heading a slide, tables with headings of rows and columns, pictures as figures; a page a slide, its words as text", context => {
    if (!hasPoppler) return context.skip("poppler is not installed: the PDF was not read");
    const said = (program: string, ...more: string[]) => execFileSync(program, [...more, file], {encoding: "utf8"});
    const about = said("pdfinfo");
    expect(about).toMatch(/Tagged:\s+yes/);
    expect(about).toMatch(new RegExp(`Pages:\\s+${plan.slides.length}\\n`));
    expect(about).toMatch(/Page size:\s+960 x 540 pts/);
    expect(about).toContain("Title:           Climate summit: Illustrative Council");
    const tags = said("pdfinfo", "-struct");
    const count = (tag: string) => tags.match(new RegExp(`^ *${tag}( |:|$)`, "gm"))?.length ?? 0;
    expect([count("H1"), count("H2")]).toEqual([1, plan.slides.length - 1]);
    expect(count("Figure")).toBe(plan.slides.filter(({drawing}) => drawing !== undefined).length);
    expect(count("Table")).toBeGreaterThanOrEqual(2);
    expect(tags).toContain("/Scope /Row");
    const text = execFileSync("pdftotext", ["-layout", file, "-"], {encoding: "utf8"}).replaceAll(/\s+/g, " ");
    for (const {title, source} of plan.slides)
      for (const words of [title.text, source.text]) expect(text).toContain(words.replaceAll(/\s+/g, " "));
  });

  for (const isHostile of [false, true])
    it(`has no text under 18 points, none that is cut off, and no two parts that overlap${isHostile ? ", whatever the names" : ""}`, async context => {
      if (!hasArial) return context.skip(noArial);
      const page = join(folder, `deck-${isHostile}.html`);
      const html = deckPage(isHostile ? (await deckOf(true)).plan : plan);
      writeFileSync(page, html);
      expect(html).not.toContain("<b>A&B</b>");
      const opened = await chromium.launch({executablePath: browser as string, args: ["--no-sandbox"]});
      try {
        const tab = await opened.newPage({viewport: {width: 1280, height: 720}});
        await tab.goto(pathToFileURL(page).href);
        const wrong = await tab.evaluate(isLong => {
          const found: string[] = [];
          for (const [at, section] of [...document.querySelectorAll("section")].entries()) {
            const parts = [...section.children] as HTMLElement[];
            const slide = section.getBoundingClientRect();
            const boxes = parts.map(part => part.getBoundingClientRect());
            for (const [i, part] of parts.entries()) {
              const [box, where] = [boxes[i] as DOMRect, `slide ${at + 1}, ${part.tagName}`];
              if (Number.parseFloat(getComputedStyle(part).fontSize) < 24 && part.tagName !== "IMG")
                found.push(`${where}: small`);
              const words = part.querySelector(".words");
              const isCut = words !== null && words.scrollHeight > words.clientHeight + 2;
              if (isCut && !isLong) found.push(`${where}: ends in an ellipsis`);
              if (part.scrollHeight > part.clientHeight + 2 && part.tagName !== "IMG")
                found.push(`${where}: cut off by ${part.scrollHeight - part.clientHeight}`);
              if (box.left < slide.left - 1 || box.right > slide.right + 1 || box.bottom > slide.bottom + 1)
                found.push(`${where}: off the slide`);
              for (const [j, other] of boxes.entries()) {
                const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
                const down = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
                if (j > i && across > 2 && down > 2) found.push(`${where} over ${parts[j]?.tagName}: ${down}`);
              }
            }
          }
          return found;
        }, isHostile);
        expect(wrong).toEqual([]);
      } finally {
        await opened.close();
      }
    });

  it("looks as it was accepted, and so does the deck in LibreOffice (UPDATE_PICTURES=1 accepts them anew)", context => {
    if (!hasPoppler) return context.skip("poppler is not installed: the slides were not looked at");
    if (!hasArial) return context.skip(noArial);
    lookAt(file, "pdf");
    if (!hasOffice("impress")) return context.skip("LibreOffice Impress is not installed: the deck was not looked at");
    writeFileSync(join(folder, "slides.pptx"), pptx);
    lookAt(savedByOffice(join(folder, "slides.pptx"), "pdf", join(folder, "office")), "pptx");
  });
});

const accepted = new URL("accepted/", import.meta.url).pathname;

/** Each page of a PDF beside its accepted picture: letters may be drawn a little otherwise, and no part may stand elsewhere or be missing. */
function lookAt(pdf: string, kind: string): void {
  execFileSync("pdftoppm", ["-r", "24", "-png", "-gray", pdf, join(folder, kind)]);
  const pages = execFileSync("sh", ["-c", `ls ${join(folder, kind)}-*.png`], {encoding: "utf8"})
    .trim()
    .split("\n");
  expect(pages.length).toBeGreaterThan(10);
  for (const page of pages) {
    const place = join(accepted, page.slice(folder.length + 1));
    const bytes = readFileSync(page);
    if (process.env.UPDATE_PICTURES === "1") {
      mkdirSync(accepted, {recursive: true});
      writeFileSync(place, bytes);
    }
    expect(existsSync(place), `not accepted yet: ${place}`).toBe(true);
    expect(differing(bytes, readFileSync(place)), page).toBeLessThan(0.01);
  }
}

/** The share of squares of 6 by 6 pixels whose mean grey differs by more than an eighth. */
function differing(one: Buffer, other: Buffer): number {
  const [a, b] = [squaresOf(one), squaresOf(other)];
  if (a.length !== b.length) return 1;
  return a.filter((grey, i) => Math.abs(grey - (b[i] ?? 0)) > 32).length / a.length;
}

function squaresOf(png: Buffer): number[] {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}"><image width="${width}" height="${height}" xlink:href="data:image/png;base64,${png.toString("base64")}"/></svg>`;
  const {pixels} = new Resvg(svg).render();
  const [across, down] = [Math.trunc(width / 6), Math.trunc(height / 6)];
  return Array.from({length: across * down}, (_, square) => {
    const [left, top] = [(square % across) * 6, Math.trunc(square / across) * 6];
    let sum = 0;
    for (let y = 0; y < 6; y++) for (let x = 0; x < 6; x++) sum += pixels[((top + y) * width + left + x) * 4] ?? 0;
    return sum / 36;
  });
}
