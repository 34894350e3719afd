import {mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, onTestFinished, test} from "vitest";
import {deckParagraphs} from "../../src/commands/proof/proof-lines.ts";
import {findBrowser, printedPdf} from "../../src/commands/summit/pdf.ts";
import {type Paragraph, readDocument} from "../../src/editions/proof/document.ts";
import {judgeNumbers} from "../../src/editions/proof/judge.ts";
import {pagesOfPdf} from "../../src/editions/proof/pdf/pages.ts";
import {textOfPages} from "../../src/editions/proof/pdf/text.ts";
import {type PublishedNumber, readPublishedNumbers} from "../../src/editions/proof/published-numbers.ts";
import {sentencesOf, spokenNumbers, yearsIn} from "../../src/editions/proof/spoken.ts";
import {escaped} from "../../src/figures/render/wrapped-text.ts";
import {withPublished} from "../../src/warehouse/published.ts";
import {zipFile} from "../archive/containers/zip-file.ts";
import {type Counts, defineProof} from "../prove/proof.ts";
import {printedReport, runningHead} from "../support/pdf-file.ts";
import {sharedStart} from "../support/shared-start.ts";
import {plant} from "./planted.ts";

const number = (text: string) => {
  const [only] = spokenNumbers(text);
  return only === undefined ? null : [only.family, only.value, only.steps, only.direction];
};

test("a number is read with its unit, what it may be rounded to, and the way it is said to go", () => {
  expect(number("11,629 t CO₂e were emitted")).toEqual(["t", 11_629, [1], null]);
  expect(number("It fell to 11,600 tonnes")).toEqual(["t", 11_600, [1, 10, 100], "down"]);
  expect(number("986 kt CO₂")).toEqual(["t", 986_000, [1000], null]);
  expect(number("about £1.2 million more")).toEqual(["£", 1_200_000, [100_000], "up"]);
  expect(number("£45,000")).toEqual(["£", 45_000, [1, 10, 100, 1000], null]);
  expect(number("33.8 per cent less")).toEqual(["%", 33.8, [0.1], "down"]);
  expect(number("2.5 GWh")).toEqual(["kWh", 2_500_000, [100_000], null]);
  expect(spokenNumbers("24,000 to 68,000 kWh a year").map(({value}) => value)).toEqual([24_000, 68_000]);
  expect(spokenNumbers("88–93% of it").map(({text}) => text)).toEqual(["88", "93%"]);
  // The nearest word counts, in its own clause before another.
  expect(spokenNumbers("gas fell by 4%, and electricity rose by 3%").map(({direction}) => direction)).toEqual([
    "down",
    "up"
  ]);
  // No numbers of ours: a year, a date, a scope, a count, a share of floor.
  for (const text of ["in 2025/26", "on 31 October 2026", "scopes 1 and 2", "57 buildings", "90 kWh/m²", "slide 3"])
    expect(number(text)).toBeNull();
  expect([...yearsIn("from 2018/19 to 2023, and by 2030")]).toEqual(["2018/19", "2023", "2030"]);
});

const published = (more: Partial<PublishedNumber>): PublishedNumber => ({
  of_kind: "council",
  of_name: null,
  year_label: "2025/26",
  against_label: null,
  unit: "t CO₂e",
  value: 11_629.4,
  direction: null,
  says: "scopes 1 and 2, whole year",
  mart: "reporting_years",
  row_key: "2025/26",
  column_name: "scope_1_and_2_t_co2e",
  ...more
});
const base = published({year_label: "2018/19", row_key: "2018/19", value: 17_690.8});
const change = published({
  unit: "%",
  value: 34.26,
  direction: "less",
  against_label: "2018/19",
  says: "since the base year",
  column_name: "change"
});
const gas = published({
  of_kind: "source",
  of_name: "building gas",
  value: 5772.3,
  says: "scopes 1 and 2",
  mart: "emissions_by_source"
});
const site = published({
  of_kind: "site",
  of_name: "Tansywell Library",
  year_label: null,
  unit: "£",
  value: 1840,
  says: "base load up",
  mart: "findings"
});
const edition = [published({}), base, change, gas, site];
const earlier = [published({value: 11_632.1})];

/** What each number of a sentence is against the edition above. */
const verdicts = (text: string) =>
  judgeNumbers([{place: "slide 1", text}], edition, {earlier}).map(({text: said, verdict}) => `${said}: ${verdict}`);

test("what people write of a number is right however they round it, and each way to get it wrong has its name", () => {
  for (const right of [
    "In 2025/26 we emitted 11,629 t CO₂e.",
    "We emitted 11.6 kt in 2025/26.",
    "About 12,000 tonnes in 2025/26.",
    "Emissions were 11,629.4 t in 2025/26.",
    "Emissions have fallen 34% since 2018/19.",
    "34.3% less than in 2018/19, in 2025/26.",
    "Gas was 5,772 t of it in 2025/26.",
    "Tansywell Library could save £1,800 a year."
  ])
    expect(verdicts(right).join(), right).toMatch(/agrees$/);
  expect(verdicts("Emissions have risen 34% since 2018/19.")).toEqual(["34%: wrong direction"]);
  expect(verdicts("In 2025/26 we emitted 11,632 t CO₂e.")).toEqual(["11,632 t CO₂e: superseded"]);
  expect(verdicts("In 2025/26 we emitted 11,630 t CO₂e.")).toEqual(["11,630 t CO₂e: agrees"]);
  expect(verdicts("In 2025/26 we emitted 11.7 kt CO₂e.")).toEqual(["11.7 kt CO₂e: rounded wrongly"]);
  expect(verdicts("In 2025/26 we emitted 11,629 kt CO₂e.")).toEqual(["11,629 kt CO₂e: wrong unit"]);
  expect(verdicts("In 2018/19 we emitted 11,629 t CO₂e.")).toEqual(["11,629 t CO₂e: of another year"]);
  expect(verdicts("In 2025/26 we emitted 11,926 t CO₂e.")).toEqual(["11,926 t CO₂e: not as published"]);
  expect(verdicts("Tansywell Library could save £2,840 a year.")).toEqual(["£2,840: not as published"]);
  // What is not ours is named and not accused.
  expect(verdicts("The borough's buses emit 40,000 t.")).toEqual(["40,000 t: not found"]);
  expect(verdicts("Council tax rises by 4.99%.")).toEqual(["4.99%: not found"]);
});

test("a sentence of the edition is known again however its numbers were changed", () => {
  const sentences = ["Panels made 1,292 MWh in twelve months; we used 88–93%", "Base 0.7 kW."];
  const of = (text: string) =>
    judgeNumbers([{place: "line 1", text}], [], {sentences}).map(each => `${each.text}: ${each.verdict}`);
  expect(of("Panels made 1,292 MWh in twelve months; we used 88–93%")).toEqual([
    "1,292 MWh: agrees",
    "88: agrees",
    "93%: agrees"
  ]);
  expect(of("Our panels made 1,292 MWh in twelve months, and we used 88–39%")).toEqual([
    "1,292 MWh: agrees",
    "88: agrees",
    "39%: not as published"
  ]);
  expect(of("Panels made 1,292 kWh in twelve months; we used 88–93%")[0]).toBe("1,292 kWh: wrong unit");
  expect(of("Panels made 1.3 GWh in twelve months; we used 88–93%")[0]).toBe("1.3 GWh: agrees");
  expect(of("Base 0.7 kW.")).toEqual(["0.7 kW: agrees"]);
});

const readParagraphs = async (path: string) => (await readDocument(path)).paragraphs;

async function documentOf(name: string, bytes: string | Buffer): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "canopy-proof-"));
  onTestFinished(() => rm(folder, {recursive: true, force: true}));
  await writeFile(join(folder, name), bytes);
  return join(folder, name);
}

test("decks, reports and texts are read in their order, runs put together; what is none is refused", async () => {
  const slide = (text: string) =>
    `<p:sld><a:p><a:r><a:t>${text}</a:t></a:r><a:r><a:t>29 t</a:t></a:r></a:p><a:p/></p:sld>`;
  const deck = zipFile([
    {name: "ppt/slides/slide10.xml", data: slide("ten 11,6")},
    {name: "ppt/slides/slide2.xml", data: slide("A &amp; B &lt;i&gt; 11,6")},
    {name: "ppt/notesSlides/notesSlide2.xml", data: slide("said 11,6")}
  ]);
  const path = await documentOf("deck.pptx", deck);
  expect(await readParagraphs(path)).toEqual([
    {place: "slide 2", text: "A & B <i> 11,629 t"},
    {place: "notes of slide 2", text: "said 11,629 t"},
    {place: "slide 10", text: "ten 11,629 t"}
  ]);
  expect((await readFile(path)).equals(deck)).toBe(true);
  const report = zipFile([
    {
      name: "word/document.xml",
      data: '<w:p><w:r><w:t xml:space="preserve">One </w:t></w:r><w:r><w:tab/><w:t>t&#8322;</w:t></w:r></w:p>'
    }
  ]);
  const table =
    "<a:tr><a:tc><a:p><a:r><a:t>Gas</a:t></a:r></a:p></a:tc><a:tc><a:p><a:r><a:t>5 t</a:t></a:r></a:p></a:tc></a:tr>";
  expect(
    await readParagraphs(await documentOf("t.pptx", zipFile([{name: "ppt/slides/slide1.xml", data: table}])))
  ).toEqual([{place: "slide 1", text: "Gas 5 t "}]);
  expect(await readParagraphs(await documentOf("a.docx", report))).toEqual([{place: "paragraph 1", text: "One  t₂"}]);
  expect(await readParagraphs(await documentOf("a.md", "# Head\nbody\ngoes on\n\n- **one** 3 t\n- two\n"))).toEqual([
    {place: "line 1", text: "Head"},
    {place: "line 2", text: "body goes on"},
    {place: "line 5", text: "one  3 t"},
    {place: "line 6", text: "two"}
  ]);
  await expect(readParagraphs(await documentOf("a.xlsx", "x"))).rejects.toThrow(
    "numbers are read in .pptx, .docx, .pdf, .md or .txt"
  );
  await expect(readParagraphs(await documentOf("a.pptx", "no zip"))).rejects.toThrow("is not what its name says");
});

/**
 * What canopy itself says of the illustrative council, in its figures and in its deck, edited by thirty errors a part: wrong digits, numbers of an earlier edition, wrong units, roundings, years and
 * directions. Each is found, and no number that was left as it was is accused. Half of the parts are read as paragraphs, half from a PDF that they were printed to: by chance and without tags, and a few by a browser.
 */
defineProof("proof", {
  parts: {small: 4, whole: 80},
  prove: async (part, seed) => {
    const isPrinted = part % 20 === 10;
    const browser = isPrinted ? await findBrowser(process.env) : null;
    const counts = await provePlanted(seed, part % 4 > 1, browser);
    return isPrinted
      ? {...counts, [browser === null ? "no browser to print with" : "printed by a browser"]: 1}
      : counts;
  }
});

const errorsOfPart = 30;
const ofPublished = {council: "Illustrative Council", isIllustrative: true, onsCode: "E08000007", asOf: "2026-10-31"};

/** A sentence as it is known again in a PDF, which may print its spaces, dashes and small figures otherwise. */
const bare = (text: string) =>
  text
    .toLowerCase()
    .replaceAll("₂", "2")
    .replaceAll(/[^\p{L}\p{N}%£]/gu, "");

/** Paragraphs as a reader of the document comes to them. The running head of a PDF is no part of what was proved. */
async function asRead(
  paragraphs: readonly string[],
  seed: number,
  isPdf: boolean,
  browser: string | null
): Promise<Paragraph[]> {
  if (!isPdf) return paragraphs.map((text, index) => ({place: `paragraph ${index}`, text}));
  const printed = browser === null ? printedReport(paragraphs, seed) : await printedPage(browser, paragraphs);
  const pages = await pagesOfPdf(new Uint8Array(printed));
  expect(pages.filter(({why}) => why !== null)).toEqual([]);
  return textOfPages(pages)
    .paragraphs.filter(({text}) => text !== runningHead)
    .map(({page, text}) => ({place: `page ${page}`, text}));
}

/** A report as a browser prints it: in two columns, its lines filled, with the 2 of CO₂ below the line. */
const printedPage = (browser: string, paragraphs: readonly string[]) =>
  printedPdf(
    browser,
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Report</title><body style="columns:2;text-align:justify">${paragraphs
      .map(text => `<p>${escaped(text).replaceAll("₂", "<sub>2</sub>")}</p>`)
      .join("")}</body></html>`,
    new Date(Date.UTC(2026, 9, 31))
  );

async function provePlanted(seed: number, isPdf: boolean, browser: string | null): Promise<Counts> {
  const {folder} = await sharedStart();
  const {numbers, deck} = await withPublished(folder, async connection => ({
    numbers: await readPublishedNumbers(connection),
    deck: await deckParagraphs(connection, ofPublished)
  }));
  const {figures} = JSON.parse(await readFile(join(folder, "published", "manifest.json"), "utf8")) as {
    figures: {title: string; alt: string}[];
  };
  // A deck and a report in turn; of the deck each text once, without the list of sources in its notes, whose many decimals nobody types.
  const own =
    seed % 2 === 0
      ? [...new Set(deck)].filter(text => !text.includes("marts."))
      : figures.flatMap(({title, alt}) => [title, alt]);
  const free = [
    "In 2025/26 we emitted 11,629 t CO₂e, scopes 1 and 2.",
    "That is 34.3% less than the 17,691 t of 2018/19.",
    "Gas in our buildings was 5,772 t in 2025/26.",
    "Electricity in our buildings came to 2,535 t in 2025/26."
  ];
  const all = [...own, ...free];
  const sentences = own.flatMap(sentencesOf);
  const untouched = judgeNumbers(await asRead(all, seed, isPdf, browser), numbers, {sentences});
  expect(untouched.filter(({verdict}) => verdict !== "agrees")).toEqual([]);
  const before = new Map(
    untouched.map(({text}) => [text, text.replace(/\d(?=\D*$)/, digit => String((Number(digit) + 3) % 10))])
  );
  const earlier = numbers.map(each => ({
    ...each,
    value: each.value + (each.unit === "%" ? 3 : 3 * 10 ** Math.floor(Math.log10(Math.max(each.value, 1)) - 1))
  }));
  const {paragraphs, planted} = plant(all, errorsOfPart, seed, before);
  const judged = judgeNumbers(await asRead(paragraphs, seed, isPdf, browser), numbers, {sentences, earlier});
  expect(planted.length).toBe(errorsOfPart);
  const counts: Record<string, number> = {};
  const isOf = (after: string, sentence: string) => (isPdf ? bare(sentence).includes(bare(after)) : sentence === after);
  const missed = planted.filter(({paragraph, after}) => {
    const found = judged.some(
      each =>
        (isPdf || each.place === `paragraph ${paragraph}`) && isOf(after, each.sentence) && each.verdict !== "agrees"
    );
    return !found;
  });
  const isTouched = (sentence: string) => planted.some(({after}) => isOf(after, sentence));
  const accused = judged.filter(each => each.verdict !== "agrees" && !isTouched(each.sentence));
  for (const {kind} of planted) counts[kind] = (counts[kind] ?? 0) + 1;
  expect(missed).toEqual([]);
  expect(accused).toEqual([]);
  return {
    planted: planted.length,
    found: planted.length - missed.length,
    accused: accused.length,
    "in PDF": isPdf ? planted.length : 0,
    ...counts
  };
}
