import {readdir, readFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";

const root = new URL("../../src/", import.meta.url).pathname;
const names = (await readdir(root, {recursive: true})).filter(name => name.endsWith(".ts")).sort();
const files = await Promise.all(names.map(async name => ({name, text: await readFile(join(root, name), "utf8")})));

/** What is invented for the example council is made by a calendar of its own, so that the product's is tried against another. */
const holding = (pattern: RegExp, area = "") =>
  files.filter(({name, text}) => name.startsWith(area) && !name.startsWith("illustrative/") && pattern.test(text));
const namesOf = (found: typeof files) => found.map(({name}) => name);

const britishClock = /timeZone: "Europe\/London"|\b31 - \w+\.getUTCDay|getUTCDay\(\) === 0 &&/;
const date = /Date\.UTC\([^)]*\)\)\.toISOString\(\)|\.toISOString\(\)\.slice\(0, 10\)/;
const lines = /split\(\/\\r/;
const json = /JSON\.parse\(/;
const monthNames = /"jan(uary)?",/;
const stamp = /\.toISOString\(\)\s*\.(replace\("\.000Z"|slice\(0, 19\))/;

test("the British clock has one home", () => {
  expect(namesOf(holding(britishClock))).toEqual(["domain/british-clock.ts"]);
});

test("what a date is, and how a supplier writes one, have one home each", () => {
  expect(namesOf(holding(monthNames))).toEqual(["layouts/draft/dates.ts", "sources/text/dates.ts"]);
  expect(namesOf(holding(date, "sources/"))).toEqual([]);
  expect(namesOf(holding(stamp, "sources/"))).toEqual(["sources/text/dates.ts"]);
});

test("answers in JSON are parsed in one place", () => {
  expect(namesOf(holding(json, "sources/"))).toEqual(["sources/text/json.ts"]);
});

test("a text is cut into lines in one place, and its first lines by the names in its header", () => {
  expect(namesOf(holding(lines, "sources/"))).toEqual(["sources/text/delimited.ts", "sources/text/lines.ts"]);
});

test("a second home would be found", () => {
  expect(lines.test(String.raw`text.split(/\r\n/)`)).toBe(true);
  expect(json.test("const body = JSON.parse(text)")).toBe(true);
  expect(britishClock.test('new Intl.DateTimeFormat("en-GB", {timeZone: "Europe/London"})')).toBe(true);
  expect(date.test("at.toISOString().slice(0, 10)")).toBe(true);
  expect(monthNames.test('["jan", "feb"]')).toBe(true);
  expect(stamp.test('at.toISOString().replace(".000Z", "Z")')).toBe(true);
});
