import {mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import {expect, onTestFinished, test} from "vitest";
import type {PublishedFile} from "../../src/publish/files.ts";
import {buildShell} from "../../src/publish/site-shell.ts";
import {noRows} from "./invented-marts.ts";
import {invented} from "./invented-rows.ts";
import {publishInvented, textOf} from "./publish-invented.ts";

test("the page is built to the same bytes twice, from relative addresses, and names no folder of this machine and no other host", async () => {
  const [first, second] = [await buildShell(), await buildShell()];
  expect(second).toEqual(first);
  const text = first
    .filter(({path}) => !path.endsWith(".woff2"))
    .map(({bytes}) => new TextDecoder().decode(bytes))
    .join("\n");
  expect(text.includes(process.cwd())).toBe(false);
  expect(text.match(/https?:\/\/[\w.]*(?:jsdelivr|unpkg|esm\.sh|googleapis|observableusercontent)[^"'`]*/g)).toBeNull();
  expect(text.match(/(?:src|href)="\/[^"]*/g)).toBeNull();
});

test("all its script comes to less than 200 kB on the wire", async () => {
  const files = await publishInvented(invented);
  const scripts = files.filter(({path}) => path.endsWith(".js")).map(({bytes}) => gzipSync(bytes).length);
  expect(scripts.length).toBeGreaterThan(0);
  expect(scripts.reduce((sum, size) => sum + size)).toBeLessThan(200_000);
});

test("the head says the council's number and the borough's before any script has run", async () => {
  const html = textOf(await publishInvented(invented), "index.html");
  expect(html).toContain("<title>Invented Council: emissions and targets</title>");
  expect(html).toContain(">Illustrative estate: every reading is invented<");
  expect(html).toContain(
    ">8,500 <span>t CO₂e</span></p><p>emitted in 2025/26, scopes 1 and 2, 29% less than the 12,000 t of 2018/19.<"
  );
  expect(html).toContain(">1,000 <span>kt CO₂</span></p><p>emitted in 2023, territorial CO₂, 17% less than in 2018.<");
  expect(html).toContain(">Official figures: close to, but not the same as, what our target measures<");
  expect(html).toContain("as at 31\u00a0October\u00a02026");
  expect(html).not.toContain("{{");
});

test("a real council has no badge of illustration, and its name is text, whatever is in it", async () => {
  const name = `Ayr & <script>alert("x")</script> {{files}}`;
  const html = textOf(await publishInvented(invented, {council: name, isIllustrative: false}), "index.html");
  expect(html).not.toContain("Illustrative");
  expect(html).toContain("<h1>Ayr &amp; &lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; {{files}}</h1>");
});

test("marts without rows, and a council without a borough, still make a page", async () => {
  const files = await publishInvented(noRows, {onsCode: null});
  expect(textOf(files, "index.html")).not.toContain("kt CO₂");
  expect(linesOf(files, "data/emissions-by-source.csv")).toHaveLength(1);
  expect(JSON.parse(textOf(files, "data/facts.json"))).toMatchObject({borough: null, asOfMonth: "Oct 2026"});
});

test("the rows of a figure are summed before they are published", async () => {
  const files = await publishInvented(invented);
  expect(linesOf(files, "data/fleet-fuel.csv").slice(1)).toEqual([
    "2024,diesel,49000,true,true",
    "2025,diesel,107400,true,true",
    "2026,diesel,56000,false,false"
  ]);
  expect(linesOf(files, "data/meters.csv")).toHaveLength(4);
  expect(linesOf(files, "data/data-coverage.csv")).toHaveLength(73);
});

test("the same rows give the same bytes, from a page kept or built", async () => {
  const cacheFolder = await mkdtemp(join(tmpdir(), "canopy-page-"));
  onTestFinished(() => rm(cacheFolder, {recursive: true, force: true}));
  const built = await publishInvented(invented, {cacheFolder});
  const kept = join(cacheFolder, "site-shell.json");
  expect((await readFile(kept, "utf8")).length).toBeGreaterThan(100_000);
  expect((await publishInvented(invented, {cacheFolder})).map(bytesOf)).toEqual(built.map(bytesOf));
  await writeFile(kept, "{}");
  expect((await publishInvented(invented, {cacheFolder})).map(bytesOf)).toEqual(built.map(bytesOf));
});

const bytesOf = ({path, bytes}: PublishedFile) => [path, Buffer.from(bytes).toString("base64")];

const linesOf = (files: readonly PublishedFile[], path: string) => textOf(files, path).trim().split(/\r?\n/);
