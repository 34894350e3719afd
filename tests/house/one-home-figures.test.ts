import {readdir, readFile} from "node:fs/promises";
import {dirname, join, relative, resolve} from "node:path";
import {expect, test} from "vitest";

const root = new URL("../../", import.meta.url).pathname;
const figures = join(root, "src/figures");

const entries = await readdir(figures, {withFileTypes: true});
const ids = entries.map(({name}) => name).filter(name => !["kit", "render", "index.ts"].includes(name));

test("a figure is one folder: what it is, its query, its examples and its accepted pictures", async () => {
  expect(ids.length).toBeGreaterThan(8);
  for (const id of ids) {
    const files = await readdir(join(figures, id));
    expect(files, id).toEqual(expect.arrayContaining(["accepted", "examples.ts", "figure.ts", "rows.sql"]));
    const accepted = await readdir(join(figures, id, "accepted"));
    expect(accepted.filter(name => name.endsWith(".svg")).length, id).toBeGreaterThan(0);
  }
});

test("no file of src names a figure that is not its own", async () => {
  const files = (await readdir(join(root, "src"), {recursive: true})).filter(name => /\.(ts|sql)$/.test(name));
  expect(files.length).toBeGreaterThan(300);
  const named: string[] = [];
  for (const file of files) {
    const text = await readFile(join(root, "src", file), "utf8");
    const speaksOfFigures = /^(figures|publish)\//.test(file);
    for (const id of ids.filter(each => !file.startsWith(`figures/${each}/`)))
      if (new RegExp(`/${id}/|figures/${id}\\b`).test(text) || (speaksOfFigures && text.includes(`"${id}"`)))
        named.push(`${file}: ${id}`);
  }
  expect(named).toEqual([]);
});

test("the script of the pages draws no figure, and needs no library, no Node and no database", async () => {
  const seen = new Set<string>();
  const foreign = new Set<string>();
  const follow = async (file: string): Promise<void> => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = await readFile(file, "utf8");
    for (const [, name = ""] of text.matchAll(/^\s*import (?!type\b)(?:[^"';]*? from )?"([^"]+)";/gm))
      if (name.startsWith(".")) await follow(resolve(dirname(file), name));
      else foreign.add(name);
  };
  await follow(join(root, "notebooks/page/script.ts"));
  const ours = [...seen].map(file => relative(root, file));
  expect(ours.length).toBeGreaterThan(4);
  expect(ours.filter(file => !/^(notebooks\/page|src\/wording|src\/domain)\//.test(file))).toEqual([]);
  expect([...foreign]).toEqual([]);
});

test("pictures are accepted in the folders of their figures alone", async () => {
  const names = await readdir(join(root, "tests"), {recursive: true});
  expect(names.length).toBeGreaterThan(50);
  expect(names.filter(name => name.endsWith(".svg") && !name.startsWith("output/"))).toEqual([]);
});
