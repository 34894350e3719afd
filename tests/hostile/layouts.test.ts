import {mkdir, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {parseLayout} from "../../src/layouts/library.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {flat, portalFile} from "../support/supplier-files.ts";
import {canopyLine} from "./command-line.ts";

const [mpan] = mpans;
const stark = JSON.parse(
  await readFile(new URL("../../src/sources/stark/stark-portal.json", import.meta.url), "utf8")
) as Record<string, unknown>;
const layout = (changes: object) => JSON.stringify({...stark, ...changes});
const file = portalFile("02/10/26 07:00", [{mpan, date: "2026-09-01", cells: flat(1)}]);

/** Brings a file in with a council's layout beside the shipped ones. */
async function bringWith(text: string, name = "portal.csv", bytes = file) {
  const folder = await makeDataFolder();
  await mkdir(join(folder, "council", "layouts"));
  await writeFile(join(folder, "council", "layouts", "ours.json"), text);
  await writeFile(join(folder, name), bytes);
  return {folder, ...(await canopyLine(["ingest", "--file", join(folder, name)], folder))};
}

describe("a council's layout that is wrong is refused by its file's name", () => {
  test("as data", async () => {
    const wrong: Record<string, string> = {
      "not JSON": "{",
      "another key": layout({nmae: "x"}),
      "no name": layout({name: undefined}),
      "a name that is a path": layout({name: "../../x"}),
      "a list": "[]",
      nothing: "null",
      "a column that is not there": layout({date: {column: "Day", formats: ["%d"]}}),
      "a column that stands twice": layout({columns: ["Date", ...(stark.columns as unknown[])]}),
      "too few half-hours": layout({columns: (stark.columns as unknown[]).slice(0, 8)}),
      "statuses that are not there": layout({status: {beside: {A: "actual"}}}),
      "a long separator": layout({separator: ",,"})
    };
    for (const [name, text] of Object.entries(wrong))
      expect(() => parseLayout(text, "ours.json"), name).toThrow(/^layout ours\.json: /);
    const {code, error} = await bringWith("{");
    expect({code, error}).toEqual({code: 1, error: "canopy: layout ours.json: this is not valid JSON\n"});
  });

  test("by a pattern that is none", () => {
    expect(() => parseLayout(layout({issued: {preamble: "(", format: "%d"}}), "ours.json")).toThrow(/ours\.json/);
  });
  test("by a pattern without a group, which can find no time", () => {
    expect(() => parseLayout(layout({issued: {preamble: "Generated", format: "%d"}}), "ours.json")).toThrow(
      /ours\.json/
    );
  });

  test("by a marker of nothing that holds the separator or a quote", async () => {
    for (const marker of ["n,a", '"'])
      expect((await bringWith(layout({missing: [marker]}))).error).toMatch(/ours\.json|stark-portal/);
  });
  test("by a unit that means nothing", async () => {
    expect((await bringWith(layout({unit: {column: "Type", means: {}}}))).error).toMatch(/ours\.json|stark-portal/);
  });
});

test("two layouts that both fit are not chosen between, and one can be named", async () => {
  const {folder, code, printed} = await bringWith(layout({name: "our-portal"}));
  expect({code, printed}).toEqual({
    code: 1,
    printed: "refused portal.csv: more than one layout fits (stark-portal, our-portal): name one with --layout"
  });
  const named = await canopyLine(["ingest", "--file", join(folder, "portal.csv"), "--layout", "our-portal"], folder);
  expect(named).toMatchObject({code: 0, printed: expect.stringContaining("as our-portal: 1 read: 1 landed")});
});

test("a layout by name still has to fit", async () => {
  const {folder} = await bringWith(layout({name: "our-portal"}));
  const named = await canopyLine(["ingest", "--file", join(folder, "portal.csv"), "--layout", "tgp-gas"], folder);
  expect(named).toMatchObject({
    code: 1,
    printed: expect.stringContaining("these column headings match no known supplier layout")
  });
});

test("words of a layout that hold quotes or statements are only words", async () => {
  const words = ["'; drop table raw.meter_days; --", "it's", "\\", "$1"];
  const {code, printed} = await bringWith(layout({missing: words}), "portal.csv", file.replace(",1,1", ",it's,1"));
  expect({code, printed}).toMatchObject({code: 0, printed: expect.stringContaining("1 landed")});
  expect(printed).not.toContain("set aside");
});

test("a date format that is none refuses the file with the format in the reason", async () => {
  const {code, printed} = await bringWith(layout({date: {column: "Date", formats: ["%K"]}}));
  expect({code, printed}).toMatchObject({code: 1, printed: expect.stringContaining("%K")});
});

test("a shipped layout's pattern for the time of issue reads a hostile preamble in no time", async () => {
  const started = performance.now();
  const slashes = "Generated: ".repeat(400) + "1/".repeat(50_000);
  await bringWith(layout({}), "portal.csv", file.replace("Customer: Test Council", slashes));
  expect(performance.now() - started).toBeLessThan(10_000);
});
