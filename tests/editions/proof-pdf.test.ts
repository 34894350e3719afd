import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {deflateSync} from "node:zlib";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {newBudget} from "../../src/archive/containers/limits.ts";
import {readZip} from "../../src/archive/containers/zip.ts";
import {deckParagraphs} from "../../src/commands/proof/proof-lines.ts";
import {deckPage} from "../../src/commands/summit/page.ts";
import {findBrowser, printedPdf} from "../../src/commands/summit/pdf.ts";
import {makeSummit, type Summit} from "../../src/commands/summit/summit.ts";
import {readDocument} from "../../src/editions/proof/document.ts";
import {judgeNumbers} from "../../src/editions/proof/judge.ts";
import {checkIntact} from "../../src/editions/proof/pdf/intact.ts";
import {pagesOfPdf} from "../../src/editions/proof/pdf/pages.ts";
import {readPdf} from "../../src/editions/proof/pdf/read-pdf.ts";
import {textOfPages} from "../../src/editions/proof/pdf/text.ts";
import {type PublishedNumber, readPublishedNumbers} from "../../src/editions/proof/published-numbers.ts";
import {sentencesOf} from "../../src/editions/proof/spoken.ts";
import {escaped} from "../../src/figures/render/wrapped-text.ts";
import {zipFile} from "../archive/containers/zip-file.ts";
import {falling, finding, martsOf, saving} from "../summit/councils.ts";
import {withMarts} from "../support/mart-rows.ts";
import {hasOffice, savedByOffice} from "../support/office.ts";
import {type PdfParts, pdfFile, quoted, show, streamOf, widthOf} from "../support/pdf-file.ts";
import {plant} from "./planted.ts";

const folder = mkdtempSync(join(tmpdir(), "canopy-proof-pdf-"));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const bytesOf = (pages: readonly string[], more: Partial<PdfParts> = {}) => new Uint8Array(pdfFile({pages, ...more}));
/** What pages say, a paragraph each. */
const said = async (pages: readonly string[], more?: Partial<PdfParts>) =>
  textOfPages(await pagesOfPdf(bytesOf(pages, more))).paragraphs.map(({page, text}) => `${page}: ${text}`);
/** A line of several parts, each with its size and how much higher it stands. */
const parts = (x: number, y: number, ...all: readonly (readonly [string, number?, number?])[]) => {
  let place = x;
  return all
    .map(([text, size = 12, up = 0]) => {
      const shown = show(text, place, y + up, {size});
      place += widthOf(text, size);
      return shown;
    })
    .join("");
};

test("words are put together from their letters, however they were cut, and no number is glued to another or split", async () => {
  // Letters drawn nearer, in two pieces, without the space, twice to look bold, and set apart.
  expect(
    await said([`BT /F1 12 Tf 50 700 Td [(1) -30 (1,6) 25 (2) -20 (9) -278 (t A) 70 (V) 70 (A)] TJ ET\n`])
  ).toEqual(["1: 11,629 t AVA"]);
  const cut =
    show("1,2", 50, 700) + show("34", 50 + widthOf("1,2", 12), 700) + show("kWh", 50 + widthOf("1,234 ", 12), 700);
  expect(await said([cut])).toEqual(["1: 1,234 kWh"]);
  expect(await said([show("5,772 t", 50, 700) + show("5,772 t", 50.4, 700)])).toEqual(["1: 5,772 t"]);
  expect(await said([`BT /F1 12 Tf 4 Tc 50 700 Td ${quoted("4,567 kWh")} Tj ET\n`])).toEqual(["1: 4,567 kWh"]);
  // The 2 of CO₂ smaller and lower; a footnote's figure above the line; m².
  const small = parts(
    50,
    700,
    ["11,629 t CO"],
    ["2", 8, -2],
    ["e in 2025/26"],
    ["1", 7, 5],
    [", 90 kWh/m"],
    ["2", 7, 5]
  );
  expect(await said([small])).toEqual(["1: 11,629 t CO2e in 2025/26, 90 kWh/m²"]);
  expect(await said([parts(50, 700, ["11,629"], ["3", 7, 5], [" t"])])).toEqual(["1: 11,629 t"]);
  // Another font's letter that is printed into its gap when the line is done.
  const gap = `BT /F1 12 Tf 50 700 Td [${quoted("17,691 t CO")} -556 ${quoted("e in 2018/19")}] TJ ET\n`;
  expect(await said([gap + show("2", 50 + widthOf("17,691 t CO", 12), 700, {font: "F2"})])).toEqual([
    "1: 17,691 t CO2e in 2018/19"
  ]);
  // A page on its side, and one whose words run upwards.
  const upwards = (text: string, x: number) => `BT /F1 12 Tf 0 1 -1 0 ${x} 100 Tm ${quoted(text)} Tj ET\n`;
  expect(await said([upwards("Gas was", 300) + upwards("5,772 t", 314)], {page: "/Rotate 90"})).toEqual([
    "1: Gas was 5,772 t"
  ]);
});

test("lines are put together to paragraphs, cells to rows, and columns are kept apart", async () => {
  const lines = (x: number, y: number, ...texts: readonly string[]) =>
    texts.map((text, at) => show(text, x, y - 14 * at)).join("");
  const left = lines(
    50,
    700,
    "Gas in our buildings was 5,772 t in",
    "2025/26, which is 88–",
    "93% of what it was, by a half-",
    "hour of every meter."
  );
  const right = lines(
    310,
    700,
    "Electricity in our buildings came",
    "to 2,535 t in 2025/26, and was",
    "less than in the year 2024/",
    "25, as it should be."
  );
  const [gas, electricity] = [
    "1: Gas in our buildings was 5,772 t in 2025/26, which is 88–93% of what it was, by a halfhour of every meter.",
    "1: Electricity in our buildings came to 2,535 t in 2025/26, and was less than in the year 2024/25, as it should be."
  ];
  expect(await said([left + right])).toEqual([gas, electricity]);
  // As some programs print: line by line across both columns.
  const across = (text: string) => text.split("\n").slice(0, -1);
  expect(
    await said([
      across(left)
        .map((line, at) => `${line}\n${across(right)[at]}\n`)
        .join("")
    ])
  ).toEqual([gas, electricity]);
  const row = (y: number, ...cells: readonly string[]) =>
    cells.map((text, at) => show(text, [50, 220, 300][at] ?? 0, y)).join("");
  expect(
    await said([
      row(700, "Source", "2018/19", "2025/26") +
        row(682, "Building gas", "9,123 t", "5,772 t") +
        row(664, "Fleet", "2,555 t", "2,133 t")
    ])
  ).toEqual(["1: Source 2018/19 2025/26", "1: Building gas 9,123 t 5,772 t", "1: Fleet 2,555 t 2,133 t"]);
  // A list, a heading of larger letters, and lines that ended before they had to.
  const list =
    show("A heading", 50, 740, {size: 20}) +
    show("•", 50, 700) +
    show("Gas was 5,772 t and", 80, 700) +
    show("more", 80, 686) +
    show("•", 50, 672) +
    show("Fleet was 2,133 t", 80, 672);
  expect(await said([list])).toEqual(["1: A heading", "1: • Gas was 5,772 t and more", "1: • Fleet was 2,133 t"]);
  expect(
    await said([lines(50, 700, "Gas 5,772 t", "Fleet 2,133 t", "A longer line that shows how much room there is")])
  ).toEqual(["1: Gas 5,772 t", "1: Fleet 2,133 t", "1: A longer line that shows how much room there is"]);
});

test("what heads or foots each page is said once; a sentence goes on overleaf; what was typed onto a page is read", async () => {
  const page = (number: number, ...texts: readonly string[]) =>
    show("Draft: 11,629 t in 2025/26", 50, 810) +
    texts.map((text, at) => show(text, 50, 700 - 14 * at)).join("") +
    show(`Page ${number} of 3`, 50, 30);
  const pages = [
    page(1, "One sentence that is as long as a sentence is and ends with the"),
    page(2, "11,629 t of 2025/26."),
    page(3, "Another.")
  ];
  expect(await said(pages)).toEqual([
    "1: Draft: 11,629 t in 2025/26",
    "1: One sentence that is as long as a sentence is and ends with the 11,629 t of 2025/26.",
    "1: Page 1 of 3",
    "2: Page 2 of 3",
    "3: Another.",
    "3: Page 3 of 3"
  ]);
  const box =
    "<< /Type /Annot /Subtype /FreeText /Rect [300 300 500 340] /Contents (It is 5,772 t now) /DA (/F1 12 Tf) >>";
  expect(await said([show("Gas", 50, 700)], {page: "/Annots [6 0 R]", more: [box]})).toEqual([
    "1: Gas",
    "1: It is 5,772 t now"
  ]);
});

const written = (name: string, bytes: string | Uint8Array) => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};

test("a page without words is named; of a PDF that has none, or that cannot be opened, is said what to do, and never that it agrees", async () => {
  const picture = "0.5 g 100 100 300 300 re f\n";
  const whole = pdfFile({pages: [show("In 2025/26 we emitted 11,629 t", 50, 700), picture]});
  const path = written("mixed.pdf", whole);
  expect(await readDocument(path)).toEqual({
    paragraphs: [{place: "page 1", text: "In 2025/26 we emitted 11,629 t"}],
    unread: [{text: "page 2: no text, pictures alone", isFault: false}]
  });
  expect((await readFile(path)).equals(whole)).toBe(true);
  const refused = async (name: string, bytes: string | Uint8Array, words: string) =>
    await expect(readDocument(written(name, bytes)), name).rejects.toThrow(`${join(folder, name)}${words}`);
  await refused(
    "scan.pdf",
    pdfFile({pages: [picture, picture]}),
    ": it holds pictures alone, and nothing in it could be checked"
  );
  await refused("no.pdf", "no PDF", ": it is not a PDF, whatever its name says");
  await refused(
    "cut.pdf",
    whole.subarray(0, whole.length - 300),
    ": it is damaged, its end is missing: print or export it"
  );
  await refused("none.pdf", "", ": it is not a PDF");
  await expect(readDocument(join(folder, "away.pdf"))).rejects.toThrow(`${join(folder, "away.pdf")} cannot be read`);
});

test("what is locked or damaged is told, and one page that is damaged stops no other", async () => {
  const pages = [show("Gas was 5,772 t", 50, 700), show("Fleet", 50, 700)];
  const read = (bytes: Buffer | string) =>
    pagesOfPdf(new Uint8Array(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes));
  await expect(read("%PDF-1.7\n1 0 obj\nnothing\n%%EOF\n")).rejects.toThrow(
    "it is damaged: print or export it to PDF anew"
  );
  const key = "00".repeat(32);
  const locked = `/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /O <${key}> /U <${key}> /P -4 >>`;
  await expect(read(pdfFile({pages, trailer: locked}))).rejects.toThrow("it needs a password: save it without one");
  const lost = await read(pdfFile({pages}).toString("latin1").replace("4 0 R 6 0 R", "4 0 R 9 0 R"));
  expect(lost.map(({why}) => why)).toEqual([null, "damaged"]);
  expect(textOfPages(lost).paragraphs).toEqual([{page: 1, text: "Gas was 5,772 t"}]);
  // A font that does not say which letters it has.
  const strange = streamOf(Buffer.from("/CIDInit begincmap 1 beginbfrange <00> <ff> <e100> endbfrange endcmap"), "");
  const nameless = pdfFile({pages: pages.slice(0, 1), more: [strange]}).toString("latin1");
  const unknown = await read(nameless.replace("/BaseFont /Helvetica /", "/ToUnicode 6 0 R /BaseFont /Helvetica /"));
  expect(unknown.map(({why}) => why)).toEqual(["unreadable"]);
  // The library shows what comes before a damaged place, and is silent of the rest.
  const long = Array.from({length: 40}, (_, at) => show(`Fleet was ${at},133 t in 20${at}`, 50, 790 - 14 * at)).join(
    ""
  );
  const damaged = pdfFile({pages: [show("Gas", 50, 700), long]});
  checkIntact(damaged);
  const end = damaged.lastIndexOf("\nendstream");
  damaged.fill(0xff, end - 60, end - 40);
  expect((await read(damaged)).map(({why}) => why)).toEqual([null, null]);
  expect(() => checkIntact(damaged)).toThrow("it is damaged within: print or export it to PDF anew");
});

test("a PDF that swells, that never ends, or that has more pages than a document, ends its reader and nothing else", async () => {
  const limits = {seconds: 20, megabytes: 256, residentMegabytes: 400};
  // 600 MB of spaces are 600 kB, which are 3 kB when packed once more.
  const swelling = deflateSync(deflateSync(Buffer.alloc(600 << 20, " "), {level: 1}));
  const bomb = pdfFile({pages: [""]})
    .toString("latin1")
    .replace(
      /5 0 obj[\s\S]*?endobj/,
      () => `5 0 obj\n${streamOf(swelling, "/Filter [/FlateDecode /FlateDecode]")}\nendobj`
    );
  await expect(readPdf(written("bomb.pdf", Buffer.from(bomb, "latin1")), limits)).rejects.toThrow(
    /needs more than 256 MB of memory/
  );
  // Forms that show forms that show forms, a hundred of each: a hundred million words.
  const form = (next: string, content: string) =>
    streamOf(
      Buffer.from(content),
      `/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 3 0 R >> /XObject << ${next} >> >>`
    );
  const again = "/X Do ".repeat(100);
  const endless = pdfFile({
    pages: [again],
    page: "/Resources << /XObject << /X 6 0 R >> >>",
    more: [form("/X 7 0 R", again), form("/X 8 0 R", again), form("/X 9 0 R", again), form("", show("5 t", 1, 1))]
  });
  await expect(readPdf(written("endless.pdf", endless), {...limits, seconds: 3})).rejects.toThrow(
    /could not be opened within 3 seconds: save it as .docx or .pptx, or in parts|needs more than/
  );
  await expect(pagesOfPdf(bytesOf(Array.from({length: 1001}, () => "")))).rejects.toThrow(
    "it has 1,001 pages, more than the 1,000 that are read"
  );
});

/** As a sentence is known again in a PDF, which may print its spaces, dashes and small figures otherwise. */
const bare = (text: string) =>
  text
    .toLowerCase()
    .replaceAll("₂", "2")
    .replaceAll(/[^\p{L}\p{N}%£]/gu, "");

describe("canopy's own deck, with errors that somebody made in it", () => {
  const options = {council: "Illustrative Council", isIllustrative: true, onsCode: "E08000007", asOf: "2026-10-31"};
  let summit: Summit;
  let numbers: PublishedNumber[];
  let sentences: string[];

  beforeAll(async () => {
    const marts = martsOf({
      years: falling,
      savings: [saving({})],
      findings: [finding("oak", 40_000), finding("elm", 10_000)]
    });
    await withMarts(marts, "2026-10-31", async connection => {
      summit = await makeSummit(connection, options);
      numbers = await readPublishedNumbers(connection);
      sentences = (await deckParagraphs(connection, options)).flatMap(sentencesOf);
    });
  });

  /** Edits the words that stand once in a text, which is written as it is given. */
  function edited(text: string, write: (words: string) => string) {
    const words = summit.plan.slides
      .flatMap(({title, under, lines}) => [
        title,
        ...(under === undefined ? [] : [under]),
        ...lines.map(line => line.words)
      ])
      .map(each => each.text);
    const once = [...new Set(words)].filter(each => text.split(write(each)).length === 2);
    const {paragraphs, planted} = plant(once, 8, 20_261_130);
    const changed = once.reduce((all, each, at) => all.replace(write(each), () => write(paragraphs[at] ?? "")), text);
    return {changed, planted};
  }

  async function judged(path: string) {
    const {paragraphs, unread} = await readDocument(path);
    expect(unread).toEqual([]);
    return judgeNumbers(paragraphs, numbers, {sentences}).filter(({verdict}) => verdict !== "agrees");
  }

  function expectFound(found: Awaited<ReturnType<typeof judged>>, planted: ReturnType<typeof plant>["planted"]) {
    expect(planted.length).toBeGreaterThanOrEqual(6);
    const isOf = (sentence: string, after: string) => bare(sentence).includes(bare(after));
    expect(planted.filter(({after}) => !found.some(({sentence}) => isOf(sentence, after)))).toEqual([]);
    expect(found.filter(({sentence}) => !planted.some(({after}) => isOf(sentence, after)))).toEqual([]);
    for (const {place} of found) expect(place).toMatch(/^page \d+$/);
  }

  test("printed by a browser, with tags: each is found and nothing else is accused", async context => {
    const browser = await findBrowser(process.env);
    if (browser === null) return context.skip("no browser that prints is installed: the deck was not printed");
    const html = deckPage(summit.plan);
    const print = async (name: string, page: string) =>
      written(name, await printedPdf(browser, page, new Date(Date.UTC(2026, 9, 31))));
    expect(await judged(await print("right.pdf", html))).toEqual([]);
    const {changed, planted} = edited(html, escaped);
    expectFound(await judged(await print("wrong.pdf", changed)), planted);
  });

  test("saved as PDF by LibreOffice Impress, without tags: each is found and nothing else is accused", async context => {
    if (!hasOffice("impress"))
      return context.skip("LibreOffice Impress is not installed: the deck was not saved by it");
    const deck = Buffer.from(summit.files.find(({path}) => path === "deck.pptx")?.bytes as Uint8Array);
    const entries = await readZip(deck, newBudget());
    const files = await Promise.all(entries.map(async entry => ({name: entry.name, data: await entry.read()})));
    const isSlide = ({name}: {name: string}) => /^ppt\/slides\/slide\d+\.xml$/.test(name);
    const mark = "\u0000";
    const slides = files.filter(isSlide);
    const {changed, planted} = edited(slides.map(({data}) => data.toString()).join(mark), escaped);
    const texts = changed.split(mark);
    const wrong = files.map(file => (isSlide(file) ? {...file, data: texts[slides.indexOf(file)] ?? ""} : file));
    expect(await judged(savedByOffice(written("right.pptx", deck), "pdf", folder))).toEqual([]);
    expectFound(await judged(savedByOffice(written("wrong.pptx", zipFile(wrong)), "pdf", folder)), planted);
  });

  test("typed into a report that LibreOffice Writer saved as PDF: each is found and nothing else is accused", async context => {
    if (!hasOffice("writer")) return context.skip("LibreOffice Writer is not installed: no report was saved by it");
    const words = summit.plan.slides.flatMap(({title, lines}) => [title, ...lines.map(line => line.words)]);
    const right = [...new Set(words.map(({text}) => text))];
    const {paragraphs, planted} = plant(right, 8, 20_261_130);
    expect(await judged(savedByOffice(written("report.docx", report(right)), "pdf", folder))).toEqual([]);
    expectFound(await judged(savedByOffice(written("edited.docx", report(paragraphs)), "pdf", folder)), planted);
  });
});

/** A report of Word: the least that it takes, its paragraphs as far apart as Word sets them by itself. */
function report(paragraphs: readonly string[]): Buffer {
  const body = paragraphs
    .map(
      text =>
        `<w:p><w:pPr><w:spacing w:after="160"/></w:pPr><w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`
    )
    .join("");
  const main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
  const relations = "http://schemas.openxmlformats.org";
  return zipFile([
    {
      name: "[Content_Types].xml",
      data: `<?xml version="1.0"?><Types xmlns="${relations}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`
    },
    {
      name: "_rels/.rels",
      data: `<?xml version="1.0"?><Relationships xmlns="${relations}/package/2006/relationships"><Relationship Id="r1" Type="${relations}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
    },
    {
      name: "word/document.xml",
      data: `<?xml version="1.0"?><w:document xmlns:w="${relations}/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`
    }
  ]);
}
