import {readdir, readFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";

const src = new URL("../../src/", import.meta.url).pathname;

/** Who proves marts and passes on the questions of others: they know no row by its type. */
const without = new Set(["models/prove.ts", "models/read-mart.ts", "warehouse/published.ts"]);

test("marts are read by their contracts: nobody else asks for their rows, or casts them", async () => {
  const names = (await readdir(src, {recursive: true})).filter(name => name.endsWith(".ts") && !without.has(name));
  const texts = await Promise.all(names.map(async name => ({name, text: await readFile(join(src, name), "utf8")})));
  const asks = /\.(rows|row)(<[^;]*?>)?\(\s*[`"'][^`"']*\b(from|join) marts\./;
  expect(asks.test("each.rows<Load>(\n  `select * from marts.loads`")).toBe(true);
  expect(texts.filter(({text}) => asks.test(text)).map(({name}) => name)).toEqual([]);
  expect(texts.filter(({text}) => /\b(from|join) marts\./.test(text)).length).toBeGreaterThan(3);
});
