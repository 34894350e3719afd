import {readdir, readFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";

const source = new URL("../../src/", import.meta.url).pathname;
const names = (await readdir(source, {recursive: true})).filter(name => name.endsWith(".sql")).sort();
const files = await Promise.all(names.map(async name => ({name, sql: await readFile(join(source, name), "utf8")})));

/**
 * The models and macros that hold what only one may. Migrations stay as they were written; the rows of a figure are read from the published file, where
 * there are no macros.
 */
const holding = (pattern: RegExp) =>
  files.filter(({name, sql}) => /^(models|warehouse\/macros)\//.test(name) && pattern.test(sql)).map(({name}) => name);

const ideas: readonly (readonly [string, RegExp, string])[] = [
  ["in which reporting year a day falls", /month\([^)]*\)\s*(<|<=|>|>=)\s*[34]\b/, "dates"],
  ["when a reporting year begins and ends", /make_date\([^()]*(,\s*4,\s*1|,\s*3,\s*31)\s*\)/, "dates"],
  ["ends that are open", /date '(1900-01-01|9999-12-31)'/, "dates"],
  ["the British wall clock", /timezone\('Europe\/London'/, "dates"],
  ["half-hours added up slot by slot", /\[each slot:/, "half-hours"]
];

test.each(ideas)("%s is worked out in one place", (_, pattern, subject) => {
  expect(holding(pattern)).toEqual([`warehouse/macros/${subject}.sql`]);
});

test("SQL in TypeScript asks the macros for the British clock", async () => {
  const all = (await readdir(source, {recursive: true})).filter(name => name.endsWith(".ts"));
  const texts = await Promise.all(all.map(async name => [name, await readFile(join(source, name), "utf8")] as const));
  expect(texts.filter(([, text]) => text.includes("'Europe/London'")).map(([name]) => name)).toEqual([]);
});

test("no list of slots is written out", () => {
  expect(holding(/\[1\][\s\S]*\[2\][\s\S]*\[3\]/)).toEqual([]);
  expect(holding(/won\([^()]*, 1\)[\s\S]*won\([^()]*, 2\)/)).toEqual([]);
});

test("a second home would be found", () => {
  const written = [
    "year(d) - (month(d) < 4)::integer",
    "make_date(y + 1, 3, 31) <= getvariable('as_of')",
    "coalesce(valid_to, date '9999-12-31')",
    "timezone('Europe/London', t)",
    "[each slot: sum(kwh[:slot])]"
  ];
  expect(written.map((sql, index) => ideas[index]?.[1].test(sql))).toEqual(written.map(() => true));
});

test("no macro is made twice", () => {
  const all = files.map(({sql}) => sql.replaceAll(/^\s*--.*$/gm, "")).join("\n");
  const macros = [...all.matchAll(/create or replace temp macro (\w+)/g)].map(match => match[1] ?? "");
  expect(macros.length).toBeGreaterThan(15);
  expect(macros.filter((name, index) => macros.indexOf(name) !== index)).toEqual([]);
});
