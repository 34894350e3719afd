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

/** What names one row of its group, so that the smallest or greatest is one row: each by the model that groups so. */
const uniqueKeys = [
  "models/intermediate/billing_periods.sql: first_date",
  "models/intermediate/fleet_findings.sql: file_row",
  "models/intermediate/period_days.sql: bill_order",
  "models/intermediate/period_days.sql: read_order",
  "models/intermediate/period_days.sql: s.rank",
  "models/intermediate/read_periods.sql: read_at",
  "models/intermediate/site_calendar.sql: p.rank",
  "models/intermediate/site_water_rates.sql: r.tariff",
  "models/marts/doubts.sql: r.settlement_date",
  "models/marts/findings.sql: decided_at",
  "models/marts/site_years.sql: counted_on",
  "models/staging/calorific_values.sql: status",
  "models/staging/decided_days.sql: d.decided_at",
  "models/staging/observations.sql: precedence",
  "models/staging/ruled_meters.sql: decided_at"
];

/** What arg_min and arg_max choose by: the last argument of each call that is a plain name. */
function chosenBy(sql: string): string[] {
  const calls = [...sql.matchAll(/\barg_(?:min|max)\(/g)].map(({index, 0: call}) => sql.slice(index + call.length));
  return calls.map(rest => {
    let [depth, from, at] = [0, 0, 0];
    for (; at < rest.length && depth >= 0; at += 1) {
      if ("([{".includes(rest[at] as string)) depth += 1;
      if (")]}".includes(rest[at] as string)) depth -= 1;
      if (depth === 0 && rest[at] === ",") from = at + 1;
    }
    return rest.slice(from, at - 1).trim();
  });
}

test("what arg_min and arg_max choose depends on no order of rows: by a structure that settles ties, or by what names one row", () => {
  const plain = files
    .filter(({name}) => name.startsWith("models/"))
    .flatMap(({name, sql}) =>
      chosenBy(sql)
        .filter(key => /^[\w.]+$/.test(key))
        .map(key => `${name}: ${key}`)
    );
  expect([...new Set(plain)].sort()).toEqual(uniqueKeys);
  expect(chosenBy("arg_max(a, b), arg_min(f(a, b), {'x': c, 'y': d})")).toEqual(["b", "{'x': c, 'y': d}"]);
});
