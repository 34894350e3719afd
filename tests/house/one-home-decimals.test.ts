import {readdir, readFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";

const root = new URL("../../", import.meta.url).pathname;
const home = "src/sources/text/decimal.ts";

test("exact decimals have one home: no other file owns the library, or counts digits in whole numbers of its own", async () => {
  const names = (await readdir(join(root, "src"), {recursive: true})).filter(name => name.endsWith(".ts"));
  const texts = await Promise.all(
    names.map(async name => [`src/${name}`, await readFile(join(root, "src", name), "utf8")] as const)
  );
  const ofLibrary = texts.filter(([, text]) => text.includes('"big.js"')).map(([file]) => file);
  expect(ofLibrary).toEqual([home]);
  const ofOwn = texts.filter(([file, text]) => file.startsWith("src/sources/") && /BigInt\(|\b\d+n\b/.test(text));
  expect(ofOwn.map(([file]) => file)).toEqual([]);
  const ofThousands = texts.filter(
    ([file, text]) => file.startsWith("src/sources/") && text.includes(String.raw`,\d{3}`)
  );
  expect(ofThousands.map(([file]) => file)).toEqual([home]);
});
