import {readdir, readFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";

const root = new URL("../..", import.meta.url).pathname;

/** What only the phrase book does, and who else may do the like for a machine: file formats, clocks that are read, positions in a picture. */
const ideas: readonly {idea: string; pattern: RegExp; machines: readonly string[]}[] = [
  {
    idea: "a number rounded for people",
    pattern: /\.toFixed\(|toLocaleString\("en-GB"|Intl\.NumberFormat/,
    machines: [
      "src/illustrative/writers",
      "src/figures/render/wrapped-text.ts",
      "src/reference/factors/write-table.ts",
      "src/sources/text/decimal.ts",
      "src/trial/judge.ts"
    ]
  },
  {
    idea: "a percentage worked out in a sentence",
    pattern: /\$\{[^}]*\b100\b[^}]*\}%|Math\.round\([^)]*\b1000?\b[^)]*\) \/ 10\b|\$\{percent\}%/,
    machines: []
  },
  {
    idea: "a date in words",
    pattern: /Intl\.DateTimeFormat\("en-GB"|"Jan(uary)?", ?"Feb/,
    machines: ["src/illustrative/writers"]
  },
  {idea: "the name of a reporting year", pattern: /\+ 1\) % 100\)/, machines: []},
  {idea: "one thing or several", pattern: /=== 1 \? "[a-z ]+" : "[a-z ]+s"|=== 1 \? "" : "s"/, machines: []},
  {idea: "a list that is cut short", pattern: /(and|…) \$\{[^}]* - [^}]*\} more/, machines: []},
  {idea: "a table of text", pattern: /"─"\.repeat/, machines: []}
];

async function filesOf(folder: string): Promise<string[]> {
  const names = await readdir(join(root, folder), {recursive: true});
  return names.filter(name => name.endsWith(".ts")).map(name => join(folder, name));
}

const files = (await Promise.all(["src", "notebooks", "pipelines"].map(filesOf))).flat();
const texts = new Map(
  await Promise.all(files.map(async file => [file, await readFile(join(root, file), "utf8")] as const))
);
const isIn = (file: string, places: readonly string[]) => places.some(place => file.startsWith(place));

test.each(ideas)("$idea has its one home in src/wording", ({pattern, machines}) => {
  const homes = files.filter(file => pattern.test(texts.get(file) ?? "") && !isIn(file, machines));
  expect(homes.filter(file => !file.startsWith("src/wording/"))).toEqual([]);
});

test.each(ideas)("$idea: each machine that is let off still does it", ({pattern, machines}) => {
  expect(
    machines.filter(place => !files.some(file => isIn(file, [place]) && pattern.test(texts.get(file) ?? "")))
  ).toEqual([]);
});

test("no idea of the phrase book is exported twice", () => {
  const names = files
    .filter(file => file.startsWith("src/wording/"))
    .flatMap(file =>
      [...(texts.get(file) ?? "").matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name)
    );
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test("each sentence of the phrase book is used", () => {
  const used = [...texts].flatMap(([file, text]) => (file.startsWith("src/wording/") ? [] : [text])).join("\n");
  const book = [...texts].flatMap(([file, text]) => (file.startsWith("src/wording/") ? [text] : [])).join("\n");
  const names = [...book.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name ?? "");
  const isUsed = (name: string) =>
    new RegExp(`\\b${name}\\b`).test(used) || (book.match(new RegExp(`\\b${name}\\b`, "g"))?.length ?? 0) > 1;
  expect(names.filter(name => !isUsed(name))).toEqual([]);
});
