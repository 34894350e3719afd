import {execFileSync, spawnSync} from "node:child_process";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join, posix} from "node:path";
import {DOMParser} from "linkedom";
import {beforeAll, describe, expect, it} from "vitest";
import yauzl from "yauzl";
import type {SummitOptions} from "../../src/commands/summit/draft.ts";
import {makeSummit, type Summit} from "../../src/commands/summit/summit.ts";
import {withMarts} from "../support/mart-rows.ts";
import {hasOffice, savedByOffice} from "../support/office.ts";
import {falling, finding, martsOf, saving} from "./councils.ts";

const hostile = `"><a:t>A&B</a:t> ${"\u0007\u001b\u202e"} ${"W".repeat(200)}`;
const options: SummitOptions = {
  council: hostile,
  isIllustrative: true,
  onsCode: "E08000007",
  asOf: "2026-10-31",
  since: {
    name: "spring",
    status: "draft",
    as_of: "2026-03-31",
    numbers: Array.from({length: 9}, (_, i) => ({
      reporting_year: 2018 + i,
      emission_source: null,
      before_t_co2e: 123_456.7,
      after_t_co2e: 123_457.9,
      change_t_co2e: 1.2,
      was_whole_year: i % 2 === 0,
      is_whole_year: i % 3 === 0
    })),
    makings: {
      inputs: [{feed: hostile, added: 1200, gone: 34}],
      settings: [hostile],
      factor_sets: [2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026],
      models: ["marts.loads"],
      is_other_canopy: true
    }
  }
};
const facts = {
  years: falling,
  names: {gas: hostile, site: hostile},
  savings: [saving({site_name: hostile, what: hostile})],
  findings: [
    finding("oak", 40_000, {site_name: hostile}),
    ...Array.from({length: 9}, (_, i) => finding(`s${i}`, 1000 + i))
  ]
};
const make = () => withMarts(martsOf(facts), "2026-10-31", connection => makeSummit(connection, options));

const emuAnInch = 914_400;
const slideSize = {wide: Math.round(13.333 * emuAnInch), high: 7.5 * emuAnInch};

/** The parts of a package as an independent reader gives them, with the time that each says. */
function partsOf(bytes: Uint8Array): Promise<Map<string, {readonly bytes: Buffer; readonly time: string}>> {
  return new Promise((done, fail) => {
    const parts = new Map<string, {bytes: Buffer; time: string}>();
    yauzl.fromBuffer(Buffer.from(bytes), {lazyEntries: true}, (error, zip) => {
      if (error) return fail(error);
      zip.on("entry", entry =>
        zip.openReadStream(entry, (problem, stream) => {
          if (problem) return fail(problem);
          const chunks: Buffer[] = [];
          stream.on("data", chunk => chunks.push(chunk));
          stream.on("end", () => {
            parts.set(entry.fileName, {
              bytes: Buffer.concat(chunks),
              time: `${entry.lastModFileDate}-${entry.lastModFileTime}`
            });
            zip.readEntry();
          });
        })
      );
      zip.on("end", () => done(parts));
      zip.readEntry();
    });
  });
}

describe("the package of a deck full of hostile names", () => {
  let summit: Summit;
  let parts: Awaited<ReturnType<typeof partsOf>>;
  const text = (path: string) => parts.get(path)?.bytes.toString("utf8") ?? "";
  const xml = (path: string) => new DOMParser().parseFromString(text(path), "text/xml");
  const paths = (pattern: RegExp) => [...parts.keys()].filter(path => pattern.test(path));
  const slides = () => paths(/^ppt\/slides\/slide\d+\.xml$/);
  const all = (path: string, tag: string) => [...xml(path).getElementsByTagName(tag)];
  const deck = () => summit.files.find(({path}) => path === "deck.pptx")?.bytes as Uint8Array;

  beforeAll(async () => {
    summit = await make();
    parts = await partsOf(deck());
  });

  it("is the same bytes from the same marts, without a time of its own", async () => {
    const again = await make();
    for (const [i, {path, bytes}] of again.files.entries())
      expect(Buffer.from(bytes).equals(Buffer.from(summit.files[i]?.bytes ?? [])), path).toBe(true);
    expect(new Set([...parts.values()].map(({time}) => time)).size).toBe(1);
    expect(text("docProps/core.xml").match(/\d{4}-\d\d-\d\dT[^<]*/g)).toEqual([
      "2026-10-31T00:00:00Z",
      "2026-10-31T00:00:00Z"
    ]);
    expect(text("docProps/core.xml")).not.toContain(String(new Date().getUTCFullYear() + 1));
  });

  it("lists the parts that are there, and each once", () => {
    const types = text("[Content_Types].xml");
    const listed = [...types.matchAll(/PartName="\/([^"]+)"/g)].map(([, name]) => name as string);
    expect(listed.filter(name => !parts.has(name))).toEqual([]);
    expect(new Set(listed).size).toBe(listed.length);
    const endings = new Set([...types.matchAll(/Extension="([^"]+)"/g)].map(([, ending]) => ending));
    expect(
      [...parts.keys()].filter(path => !listed.includes(path) && !endings.has(path.split(".").at(-1) ?? ""))
    ).toEqual([]);
  });

  it("has no relationship of a missing part, nor two of one id", () => {
    for (const path of paths(/\.rels$/)) {
      const folder = posix.join(posix.dirname(path), "..");
      const links = [...text(path).matchAll(/<Relationship\s[^>]*>/g)].map(([link]) => ({
        id: /\bId="([^"]+)"/.exec(link)?.[1],
        target: /\bTarget="([^"]+)"/.exec(link)?.[1] ?? ""
      }));
      expect(new Set(links.map(({id}) => id)).size, path).toBe(links.length);
      const missing = links.filter(
        ({target}) => !parts.has(target.startsWith("/") ? target.slice(1) : posix.join(folder, target))
      );
      expect(missing, path).toEqual([]);
    }
  });

  it("uses only relationships that are there, and gives each shape of a slide a number of its own", () => {
    for (const path of slides()) {
      const links = text(path.replace("slides/", "slides/_rels/").concat(".rels"));
      for (const [, id] of text(path).matchAll(/r:(?:embed|id)="(\w+)"/g)) expect(links, path).toContain(`Id="${id}"`);
      const ids = [...text(path).matchAll(/<p:cNvPr id="(\d+)"/g)].map(([, id]) => id);
      expect(new Set(ids).size, path).toBe(ids.length);
      expect(ids.length).toBeGreaterThan(4);
    }
  });

  it("is well-formed in every part, whatever the names, and shows them as words", () => {
    for (const path of paths(/\.(xml|rels)$/)) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(text(path), path).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\u202e]/);
      expect(text(path).replace(/&(amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);/gi, ""), path).not.toContain("&");
    }
    expect(text("ppt/slides/slide5.xml")).toContain("&lt;a:t&gt;A&amp;B");
    expect(wellFormed(parts)).toBe("");
  });

  it("is in British English throughout", () => {
    const languages = paths(/\.xml$/).flatMap(path =>
      [...text(path).matchAll(/\b(?:lang|altLang)="([^"]+)"/g)].map(([, lang]) => lang)
    );
    expect(new Set(languages)).toEqual(new Set(["en-GB"]));
    for (const path of slides())
      for (const run of all(path, "a:r"))
        expect(run.getElementsByTagName("a:rPr")[0]?.getAttribute("lang"), path).toBe("en-GB");
  });

  it("has titles of 28 points and more, and nothing under 18", () => {
    for (const path of slides()) {
      const sizes = [...text(path).matchAll(/<a:rPr[^>]*\bsz="(\d+)"/g)].map(([, size]) => Number(size) / 100);
      expect(sizes.length).toBeGreaterThan(2);
      expect(Math.min(...sizes), path).toBeGreaterThanOrEqual(18);
      expect(Math.max(...sizes), path).toBeGreaterThanOrEqual(28);
      const unsized = all(path, "a:r").filter(run => !run.getElementsByTagName("a:rPr")[0]?.getAttribute("sz"));
      expect(unsized, path).toEqual([]);
    }
    for (const path of paths(/charts\/chart\d+\.xml$/)) {
      const sizes = [...text(path).matchAll(/\bsz="(\d+)"/g)].map(([, size]) => Number(size));
      expect(Math.min(...sizes), path).toBeGreaterThanOrEqual(1800);
    }
  });

  it("has boxes that lie on the slide and do not overlap", () => {
    for (const path of slides()) {
      const boxes = [
        ...text(path).matchAll(
          /<(p:sp|p:pic|p:graphicFrame)>[\s\S]*?name="([^"]*)"[\s\S]*?<a:off x="(\d+)" y="(\d+)"\/>\s*<a:ext cx="(\d+)" cy="(\d+)"\/>/g
        )
      ].map(([, , name, ...numbers]) => {
        const [x, y, w, h] = numbers.map(Number) as [number, number, number, number];
        return {name, x, y, right: x + w, bottom: y + h};
      });
      expect(boxes.length).toBeGreaterThanOrEqual(4);
      for (const [i, a] of boxes.entries()) {
        expect([a.right <= slideSize.wide + 1, a.bottom <= slideSize.high + 1], `${path} ${a.name}`).toEqual([
          true,
          true
        ]);
        const under = boxes
          .slice(i + 1)
          .filter(b => a.x < b.right && b.x < a.right && a.y < b.bottom && b.y < a.bottom);
        expect(
          under.map(b => `${a.name} over ${b.name}`),
          path
        ).toEqual([]);
      }
    }
  });

  it("says of each picture and chart what it shows, and puts the real picture behind the outlines", () => {
    const pictures = slides().flatMap(path =>
      [...text(path).matchAll(/<p:pic>[\s\S]*?<\/p:pic>/g)].map(([picture]) => picture)
    );
    expect(pictures.length).toBe(6);
    for (const picture of pictures) expect(/descr="([^"]{40,})"/.test(picture)).toBe(true);
    expect(text("ppt/slides/slide4.xml")).toMatch(
      /<p:cNvPr id="\d+" name="Emissions by source and year" descr="Stacked columns/
    );
    const pngs = paths(/media\/.*\.png$/).map(path => parts.get(path)?.bytes as Buffer);
    expect(pngs.map(png => png.readUInt32BE(16))).toEqual(pngs.map(() => 1865));
    for (const path of paths(/media\/.*\.svg$/)) expect(text(path)).not.toContain("<text");
  });

  it("has an editable chart with its data in a sheet of its own", async () => {
    expect(text("ppt/charts/chart1.xml")).toContain('<c:grouping val="stacked"/>');
    const sheet = parts.get("ppt/embeddings/Microsoft_Excel_Worksheet1.xlsx")?.bytes as Buffer;
    const inside = await partsOf(sheet);
    expect(inside.get("xl/worksheets/sheet1.xml")?.bytes.toString()).toContain("600");
    expect(text("ppt/charts/chart1.xml")).toMatch(/<c:v>600<\/c:v>/);
  });

  it("has notes on every slide, a paragraph a line, and a number on each", () => {
    expect(paths(/notesSlides\/notesSlide\d+\.xml$/).length).toBe(slides().length);
    for (const path of paths(/notesSlides\/notesSlide\d+\.xml$/)) {
      const words = all(path, "a:t").map(run => run.textContent ?? "");
      expect(words.join("").length, path).toBeGreaterThan(20);
      expect(
        words.some(line => line.includes("\n")),
        path
      ).toBe(false);
    }
    for (const path of slides()) expect(text(path), path).toContain('type="slidenum"');
  });

  it("lists its numbers beside it as a table that no spreadsheet runs", () => {
    const csv = Buffer.from(summit.files.find(({path}) => path === "numbers.csv")?.bytes ?? []).toString("utf8");
    expect(csv.split("\r\n")[0]).toBe("slide,where,text,value,unit,mart,row,column");
    expect(csv.split("\r\n").length).toBeGreaterThan(100);
    expect(csv).not.toMatch(/^[=+@]|,[=+@]/m);
  });

  it("is drawn by LibreOffice, a page a slide", async context => {
    const hasPoppler = spawnSync("sh", ["-c", "command -v pdfinfo"]).status === 0;
    if (!hasOffice("impress") || !hasPoppler)
      return context.skip("LibreOffice Impress or pdfinfo is not installed: the deck was not drawn");
    const folder = mkdtempSync(join(tmpdir(), "deck-"));
    try {
      writeFileSync(join(folder, "deck.pptx"), deck());
      const pdf = savedByOffice(join(folder, "deck.pptx"), "pdf", folder);
      expect(execFileSync("pdfinfo", [pdf], {encoding: "utf8"})).toMatch(new RegExp(`Pages:\\s+${slides().length}\\n`));
    } finally {
      rmSync(folder, {recursive: true, force: true});
    }
  });
});

/** What a strict parser says of the parts; nothing where all are well-formed. */
function wellFormed(parts: ReadonlyMap<string, {readonly bytes: Buffer}>): string {
  for (const [path, {bytes}] of parts) {
    if (!/\.(xml|rels|svg)$/.test(path)) continue;
    const open: string[] = [];
    const bare = bytes.toString("utf8").replace(/<\?[\s\S]*?\?>|<!--[\s\S]*?-->/g, "");
    for (const [, close, tag = "", , single] of bare.matchAll(
      /<(\/?)([\w:-]+)((?:\s+[\w:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/g
    )) {
      if (close) {
        if (open.pop() !== tag) return `${path}: </${tag}>`;
      } else if (!single) open.push(tag);
    }
    const rest = bare.replace(/<\/?[\w:-]+(?:\s+[\w:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*\/?>/g, "");
    if (open.length > 0 || rest.includes("<"))
      return `${path}: ${open.at(-1) ?? rest.slice(rest.indexOf("<"), rest.indexOf("<") + 60)}`;
  }
  return "";
}
