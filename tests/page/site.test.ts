import {mkdtemp, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import {expect, onTestFinished, test} from "vitest";
import type {PublishedFile} from "../../src/publish/files.ts";
import {buildShell} from "../../src/publish/site-shell.ts";
import {hostileNames} from "./invented-building.ts";
import {noRows} from "./invented-marts.ts";
import {invented} from "./invented-rows.ts";
import {publishInvented, textOf} from "./publish-invented.ts";

const files = await publishInvented(invented);
const pages = files.filter(({path}) => path.endsWith(".html"));
const textsOf = (all: readonly PublishedFile[]) =>
  all.map(({path, bytes}) => [path, new TextDecoder().decode(bytes)] as const);

test("the pages are built to the same bytes twice, and name no folder of this machine and no other host that a browser would ask", async () => {
  const [first, second] = [await buildShell(), await buildShell()];
  expect(second).toEqual(first);
  for (const [path, text] of textsOf(first.filter(({path}) => !path.endsWith(".woff2")))) {
    expect(text.includes(process.cwd()), path).toBe(false);
    expect(text.match(/(?:src|href)="\/[^"]*/g), path).toBeNull();
    expect(text.match(/(?:(?:<link|<script|<img)[^>]*(?:href|src)="|url\("?|@import "?)https?:/g), path).toBeNull();
    expect(text, path).not.toContain("crossorigin");
  }
});

test("all the script there is comes to less than 15 kB on the wire, and none stands in a page", () => {
  const scripts = files.filter(({path}) => /\/assets\/.*\.js$/.test(path)).map(({bytes}) => gzipSync(bytes).length);
  expect(scripts).toHaveLength(1);
  expect(scripts[0]).toBeLessThan(15_000);
  for (const [path, text] of textsOf(pages)) {
    const inline = text.match(/<script(?![^>]* src=)[^>]*>/g) ?? [];
    expect(
      inline.filter(tag => !tag.includes('type="application/json"')),
      path
    ).toEqual([]);
    expect(text.match(/<[^<>]* (?:on\w+|style)="/g), path).toBeNull();
  }
});

test("each link and each picture of a page leads to a file that is published, and each anchor to a place that is there", () => {
  const at = (from: string, to: string) => new URL(to, `http://host/${from}`).pathname.slice(1);
  const ids = new Map(
    textsOf(pages).map(([path, text]) => [path, [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)])
  );
  for (const [path, all] of ids) expect(all.length, path).toBe(new Set(all).size);
  const known = new Set(files.map(({path}) => path));
  for (const [path, text] of textsOf(pages))
    for (const [, address = ""] of text.matchAll(/(?:href|src)="(?!https?:|data:)([^"]*)"/g)) {
      const [file = "", anchor] = address.split("#");
      const target = file === "" ? path : at(path, file);
      // A figure's files are those that are published beside the site, which this site was made without.
      if (!/^site\/figures\/.*\.(svg|png)$/.test(target)) expect(known, `${path}: ${address}`).toContain(target);
      if (anchor !== undefined && !target.endsWith("open-data.html"))
        expect(ids.get(target), `${path}: ${address}`).toContain(anchor);
    }
});

test("the first page says the verdict, the council's number and the borough's before any script has run", () => {
  const html = textOf(files, "index.html");
  expect(html).toContain("<title>Start: Invented Council</title>");
  expect(html).toContain(">Illustrative estate: every reading is invented<");
  // 8,500 t of 2025/26 against 12,000 × (1 - 0.95 × 7/12) = 5,350 t on the straight path.
  expect(html).toContain(
    ">We are not on track to net zero by 2030: in 2025/26 our own operations emitted 8,500 t CO₂e, 3,150 t above the straight-line path.<"
  );
  expect(html).toContain(
    ">8,500 <span>t CO₂e</span></p><p>emitted in 2025/26, scopes 1 and 2, 29% less than the 12,000 t of 2018/19.<"
  );
  expect(html).toContain(">1,000 <span>kt CO₂</span></p><p>emitted in 2023, territorial CO₂, 17% less than in 2018.<");
  expect(html).toContain(">Official figures: close to, but not the same as, what our target measures<");
  expect(html).toContain("scope 3) is not in the total: 2,000 t CO₂e are known of 2025/26.<");
  expect(html).toContain(">Working draft, as at 31 October 2026: no edition yet, and every number can still change.<");
  for (const [path, text] of textsOf(pages)) expect(text.replaceAll("{{verdict}}", ""), path).not.toContain("{{");
});

test("a picture stands in the page at three widths, once for a screen reader, with the same finding", () => {
  const [figure = ""] =
    /<figure id="trajectory-own-operations"[\s\S]*?<\/figure>/.exec(textOf(files, "index.html")) ?? [];
  expect([...figure.matchAll(/<svg [^>]*class="(\w+)"/g)].map(([, name]) => name)).toEqual([
    "narrow",
    "middle",
    "wide"
  ]);
  expect(figure.match(/role="img" aria-label="Line chart[^"]*The estate is illustrative\."/g)).toHaveLength(1);
  expect(figure.match(/aria-hidden="true"/g)).toHaveLength(3);
  // Its colours are the style sheet's, which says light or dark.
  expect(figure).toContain('fill="var(--f-');
  expect(figure.match(/(?:fill|stroke)="#/g)).toBeNull();
  const css = textsOf(files).find(([path]) => path.endsWith(".css"))?.[1] ?? "";
  for (const [, name] of figure.matchAll(/var\((--f-[\w-]+)\)/g)) expect(css).toContain(`${name}:`);
});

test("under every figure its rows stand in a table", () => {
  const rowsOf = (page: string, id: string) =>
    (new RegExp(`<figure id="${id}"[\\s\\S]*?</figure>`).exec(textOf(files, page))?.[0].match(/<tr>/g)?.length ?? 1) -
    1;
  expect(rowsOf("index.html", "trajectory-own-operations")).toBe(13);
  expect(rowsOf("borough.html", "trajectory-borough")).toBe(21);
  expect(rowsOf("index.html", "emissions-by-source")).toBe(24);
  expect(rowsOf("fleet.html", "fleet-fuel")).toBe(3);
  expect(rowsOf("renewables.html", "solar-generation")).toBe(24);
  expect(rowsOf("data-health.html", "data-coverage")).toBe(3);
  expect(textOf(files, "index.html")).toContain(
    '<tr><th scope="row" class="number">2018/19</th><td><bdi>building electricity</bdi></td>'
  );
  expect(linesOf(files, "figures/fleet-fuel.csv").slice(1)).toEqual([
    "2024,diesel,49000,true,true",
    "2025,diesel,107400,true,true",
    "2026,diesel,56000,false,false"
  ]);
});

test("what is doubted and not counted stands with why and a small picture, and what was accepted does not", () => {
  const html = textOf(files, "data-health.html");
  expect(html.match(/zero all day where/g)).toHaveLength(1);
  expect(html).toContain(
    "<bdi>Long Meadow School</bdi>, electricity, 3 Oct 2026 to 4 Oct 2026: zero all day where 120 kWh is usual"
  );
  const bars = [...html.matchAll(/height="([\d.]+)" class="(held|doubted)"/g)].map(([, height, look]) => [
    look,
    Number(height)
  ]);
  // Of 36 px: 110 and 120 of 120, two at nothing, a blank, and half.
  expect(bars).toEqual([
    ["held", 33],
    ["held", 36],
    ["doubted", 1],
    ["doubted", 1],
    ["held", 18]
  ]);
});

test("meters that need attention come with how much is missing, and those that are complete are counted", () => {
  const html = textOf(files, "data-health.html");
  // Of three meters one lacks 40 half-hours of April 2025 and one has 48 estimated in June: both are older than twelve months.
  expect(html).toContain(">0 meters need attention; 3 are complete.<");
});

test("a building has a page of its own: its year, its months, its findings and what it does, and no word that was written in the house", () => {
  const html = textOf(files, "buildings/pool.html");
  for (const words of [
    "Electricity: 400 MWh used in the last year, 71 t CO₂e",
    "4% more than the year before, like for like on 360 days.",
    "31% of it while closed; the middle of its kind is 22%.",
    "Base load 21 kW in the last four weeks, 15 kW a year before (40% more).",
    "2026/27: electricity at least 62 MWh bought",
    "Next: walk round when it is shut",
    "Acknowledged by estates manager on 21 Sep 2026."
  ])
    expect(html).toContain(words);
  expect(html).not.toContain("stays in the house");
  expect(html).toContain('<figure id="load-profile-pool-electricity"');
  expect(html).toContain('href="../assets/');
  expect(textOf(files, "estate.html")).toContain('<a href="./buildings/pool.html"><bdi>Pool</bdi></a>');
});

test("a name from outside is text, whatever is in it", async () => {
  const name = `Ayr & <script>alert("x")</script> {{figure carpet}}`;
  const html = textOf(await publishInvented(noRows, {council: name, isIllustrative: false}), "index.html");
  expect(html).not.toContain("Illustrative");
  expect(html).toContain("<bdi>Ayr &amp; &lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; {{figure carpet}}</bdi>");
  for (const [i] of hostileNames.entries()) {
    const page = textOf(files, `buildings/hostile-${i}.html`);
    expect(page).not.toContain("<img");
    expect(page).not.toContain("\u202e");
    expect(page).not.toContain("W".repeat(130));
  }
});

test("marts without rows, and a council without a borough, still make pages that claim nothing", async () => {
  const empty = await publishInvented(noRows, {onsCode: null, isIllustrative: false});
  const index = textOf(empty, "index.html");
  expect(index).not.toContain("kt CO₂");
  expect(index).toContain("Whether we are on track cannot be said: no target for our own operations is on file.");
  expect(index).toContain("There is no number yet.");
  expect(textOf(empty, "estate.html")).toContain("No building has a meter in the register yet.");
  expect(textOf(empty, "fleet.html")).toContain("There is nothing to draw of this yet: the fleet");
  expect(textsOf(empty).some(([, text]) => /\bNaN\b|undefined|Infinity/.test(text))).toBe(false);
});

test("the same rows give the same bytes, from pages kept or built", async () => {
  const cacheFolder = await mkdtemp(join(tmpdir(), "canopy-page-"));
  onTestFinished(() => rm(cacheFolder, {recursive: true, force: true}));
  const built = await publishInvented(invented, {cacheFolder});
  const kept = join(cacheFolder, "site-shell.json");
  expect((await readFile(kept, "utf8")).length).toBeGreaterThan(100_000);
  expect((await publishInvented(invented, {cacheFolder})).map(bytesOf)).toEqual(built.map(bytesOf));
  await writeFile(kept, "{}");
  expect((await publishInvented(invented, {cacheFolder})).map(bytesOf)).toEqual(built.map(bytesOf));
});

test("an open table lies at an address that stays, and beside it what each of its columns means, as its contract says", async () => {
  const csv = ["month,site_id,generation_kwh", "2026-10-01,pool,12.5", ""].join("\r\n");
  const published = [
    {path: "tables/renewable_generation.csv", bytes: new TextEncoder().encode(csv)},
    {path: "tables/renewable_generation.arrow", bytes: new Uint8Array(8)}
  ];
  const licence = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/";
  const all = await publishInvented(noRows, {published, dataLicence: licence});
  expect(textOf(all, "data/renewable_generation.csv")).toBe(csv);
  const metadata = JSON.parse(textOf(all, "data/renewable_generation.csv-metadata.json"));
  expect(metadata).toMatchObject({
    "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
    url: "renewable_generation.csv",
    "dc:license": {"@id": licence},
    "dc:modified": {"@value": "2026-10-31", "@type": "date"}
  });
  const columns: {name: string; datatype: string; required: boolean; "schema:unitText"?: string}[] =
    metadata.tableSchema.columns;
  expect(columns.find(({name}) => name === "generation_kwh")).toMatchObject({
    datatype: "number",
    "schema:unitText": "kWh"
  });
  expect(columns.find(({name}) => name === "month")).toMatchObject({datatype: "date", required: true});
  expect(metadata["dc:description"].length).toBeGreaterThan(10);
  const page = textOf(all, "open-data.html");
  expect(page).toContain('<section id="renewable_generation"');
  expect(page).toContain(`<a href="${licence}" rel="license">`);
});

/** Figures that stand on no page, each with why. */
const onNone: readonly string[] = [];

test("every figure stands on some page", async () => {
  const root = new URL("../../", import.meta.url).pathname;
  const entries = await readdir(join(root, "src/figures"), {withFileTypes: true});
  const ids = entries
    .filter(each => each.isDirectory())
    .map(({name}) => name)
    .filter(name => !["kit", "render"].includes(name));
  const notebooks = (await readdir(join(root, "notebooks"))).filter(name => name.endsWith(".html"));
  const text = (await Promise.all(notebooks.map(name => readFile(join(root, "notebooks", name), "utf8")))).join("\n");
  expect(ids.filter(id => !new RegExp(`\\{\\{figure\\??\\s${id}[\\s}]`).test(text))).toEqual(onNone);
});

const bytesOf = ({path, bytes}: PublishedFile) => [path, Buffer.from(bytes).toString("base64")];

const linesOf = (all: readonly PublishedFile[], path: string) => textOf(all, path).trim().split(/\r?\n/);
