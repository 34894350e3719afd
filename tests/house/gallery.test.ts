import {readdirSync, readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {readFigures} from "../../src/figures/index.ts";

const root = new URL("../../", import.meta.url);

test("the gallery has a picture of every figure, and the README shows each with its words", async () => {
  const pictures = readdirSync(new URL(".github/gallery/", root)).sort();
  const ids = (await readFigures()).map(({definition}) => definition.id);
  expect(ids.filter(id => !pictures.some(name => name.startsWith(id)))).toEqual([]);
  const readme = readFileSync(new URL("README.md", root), "utf8");
  for (const name of pictures)
    expect(readme).toMatch(new RegExp(`<img src="\\.github/gallery/${name.replace(".", "\\.")}" alt="[^"]{15,}">`));
});
