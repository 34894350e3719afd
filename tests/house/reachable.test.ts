import {existsSync} from "node:fs";
import {readdir, readFile} from "node:fs/promises";
import {dirname, join, relative, resolve} from "node:path";
import {expect, test} from "vitest";

const root = new URL("../..", import.meta.url).pathname;

/** Where canopy is entered: the command line, what npm runs, and files that are found by looking into a folder. */
const isEntrance = (file: string) =>
  [
    /^src\/(cli\.ts|install\.mjs)$/,
    /^src\/commands\/[^/]+\.ts$/,
    /^src\/figures\/[^/]+\/figure\.ts$/,
    /^src\/models\/marts\/[^/]+\.ts$/,
    /^(pipelines|notebooks)\//
  ].some(pattern => pattern.test(file));

async function filesOf(folder: string): Promise<string[]> {
  const names = await readdir(join(root, folder), {recursive: true});
  return names.filter(name => /\.(ts|mjs|js|html)$/.test(name)).map(name => join(folder, name));
}

/** Files that a file names as its own: imports of every kind, and addresses beside it, such as a worker's. */
function namedIn(text: string): string[] {
  const names = /(?:\bfrom\s+|\bimport\s+|\bimport\(\s*|\bnew URL\(\s*)"(\.[^"]+)"/g;
  return [...text.matchAll(names)].map(match => match[1] ?? "");
}

/** The files that can be come to from `entrances`, by what each file names. */
async function reached(entrances: readonly string[], textOf: (file: string) => Promise<string | null>) {
  const seen = new Set(entrances);
  for (const file of seen) {
    const text = await textOf(file);
    if (text === null) continue;
    for (const name of namedIn(text)) seen.add(relative(root, resolve(root, dirname(file), name)));
  }
  return seen;
}

const readText = async (file: string) =>
  /\.(ts|mjs|js|html)$/.test(file) && existsSync(join(root, file)) ? readFile(join(root, file), "utf8") : null;

test("every file of src is come to from a command, a figure, a mart, a pipeline or the page, not from tests alone", async () => {
  const files = (await Promise.all(["src", "pipelines", "notebooks"].map(filesOf))).flat();
  const seen = await reached(files.filter(isEntrance), readText);
  const ours = files.filter(file => file.startsWith("src/"));
  expect(ours.length).toBeGreaterThan(200);
  expect(ours.filter(file => !seen.has(file))).toEqual([]);
});

test("a file that nothing names would be told, whatever it names itself", async () => {
  const texts: Record<string, string> = {
    "src/cli.ts": 'import {a} from "./a.ts";',
    "src/a.ts": 'const b = await import("./b.ts");\nnew URL("./worker.ts", import.meta.url);',
    "src/alone.ts": 'import {a} from "./a.ts";'
  };
  const seen = await reached(["src/cli.ts"], async file => texts[file] ?? null);
  expect([...seen]).toEqual(["src/cli.ts", "src/a.ts", "src/b.ts", "src/worker.ts"]);
});
