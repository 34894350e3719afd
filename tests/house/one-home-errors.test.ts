import {readdir, readFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";

const root = new URL("../../", import.meta.url).pathname;

/** Where the words of others are read, because they give no code: DuckDB's, when it gives up or a file of it is damaged. */
const readers = new Set(["src/warehouse/connection.ts"]);

test("no error is recognised by its sentence, and what a failed machine is stands in one place", async () => {
  const names = (await readdir(join(root, "src"), {recursive: true})).filter(name => name.endsWith(".ts"));
  const texts = await Promise.all(
    names.map(async name => [`src/${name}`, await readFile(join(root, "src", name), "utf8")] as const)
  );
  const bySentence =
    /messageOf\((\w+)\)\.(startsWith|includes|match)|\.message\.(startsWith|includes|match)\(|\.test\(\s*(messageOf\(|\w+\.message)/;
  expect(texts.filter(([file, text]) => bySentence.test(text) && !readers.has(file)).map(([file]) => file)).toEqual([]);
  const defined = texts
    .filter(([, text]) => /(const|function) isFatal\b|No space left|ENOSPC/.test(text))
    .map(([file]) => file);
  expect(defined.sort()).toEqual(["src/errors.ts", "src/warehouse/connection.ts"]);
});
