import {readdir, readFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";

const source = new URL("../../src/", import.meta.url).pathname;
const names = (await readdir(source, {recursive: true})).filter(name => /\.(sql|ts)$/.test(name)).sort();
const files = await Promise.all(names.map(async name => ({name, text: await readFile(join(source, name), "utf8")})));
const holding = (pattern: RegExp) => files.filter(({text}) => pattern.test(text)).map(({name}) => name);

test("one model decides whether a year is whole, and one whether a source of it is", () => {
  expect(holding(/threshold\('whole_year'\)/)).toEqual([
    "models/intermediate/source_completeness.sql",
    "models/intermediate/year_completeness.sql",
    // An example in words.
    "reference/thresholds.ts"
  ]);
});

test("only the calendar's macro says when a year is over, and nothing takes that for whole", () => {
  const ends = /make_date\([^()]*3, 31\)|reporting_year_end\(/;
  const others = new Set([
    "warehouse/macros/dates.sql",
    "models/intermediate/factor_years.sql",
    // The last day that a reading of a year stands for.
    "layouts/compile/long-rows.ts"
  ]);
  expect(holding(ends).filter(name => !others.has(name) && !name.startsWith("warehouse/migrations"))).toEqual([]);
  expect(holding(/has_ended\([^)]*\) as is_whole|is_whole\w* (boolean )?as has_ended/)).toEqual([]);
});

test("no threshold of completeness is written into a model", () => {
  expect(
    files.filter(({name, text}) => name.startsWith("models/") && /0\.9[0-9]?\b/.test(text)).map(({name}) => name)
  ).toEqual([
    // Quantiles.
    "models/intermediate/account_months.sql",
    "models/intermediate/moved_clocks.sql",
    "models/intermediate/solar_findings.sql",
    "models/intermediate/water_night_levels.sql",
    "models/marts/site_load_profile.sql",
    "models/marts/solar_yields.sql"
  ]);
});
