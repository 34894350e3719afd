import {readdir, readFile} from "node:fs/promises";
import {dirname, join, relative, resolve} from "node:path";
import {expect, test} from "vitest";

const root = new URL("../..", import.meta.url).pathname;

/** Who may import whom. A name ending in `.ts` is one file; the longest name that fits a file is its area. */
const may: Record<string, readonly string[]> = {
  "src/errors.ts": [],
  "src/effects.ts": [],
  "src/csv.ts": [],
  "src/nearest.ts": ["src/errors.ts"],
  "src/config.ts": ["src/errors.ts"],
  "src/domain": [],
  "src/feeds": ["src/domain", "src/csv.ts", "src/errors.ts"],
  "src/illustrative": ["src/domain"],
  "src/warehouse": ["src/errors.ts"],
  "src/ingest": [
    "src/feeds",
    "src/warehouse",
    "src/domain",
    "src/config.ts",
    "src/csv.ts",
    "src/errors.ts",
    "src/effects.ts"
  ],
  "src/models/mart.ts": [],
  "src/models/marts": ["src/models/mart.ts"],
  "src/models": [
    "src/feeds",
    "src/models/mart.ts",
    "src/models/marts",
    "src/warehouse",
    "src/domain",
    "src/config.ts",
    "src/csv.ts",
    "src/errors.ts"
  ],
  "src/charts": ["src/models/mart.ts", "src/models/marts"],
  "src/publish": [
    "src/charts",
    "src/models",
    "src/models/mart.ts",
    "src/models/marts",
    "src/warehouse",
    "src/config.ts",
    "src/csv.ts",
    "src/errors.ts"
  ],
  "src/pipeline": [
    "src/ingest",
    "src/models",
    "src/publish",
    "src/warehouse",
    "src/illustrative",
    "src/config.ts",
    "src/errors.ts",
    "src/effects.ts"
  ],
  "src/reports": [
    "src/effects.ts",
    "src/feeds",
    "src/models",
    "src/models/marts",
    "src/ingest",
    "src/pipeline",
    "src/warehouse",
    "src/config.ts",
    "src/csv.ts",
    "src/errors.ts"
  ],
  "src/init.ts": ["src/feeds", "src/errors.ts"],
  "src/commands.ts": ["*"],
  "src/service-commands.ts": ["*"],
  "src/cli.ts": [
    "src/commands.ts",
    "src/service-commands.ts",
    "src/reports",
    "src/config.ts",
    "src/effects.ts",
    "src/errors.ts"
  ],
  pipelines: ["src/pipeline"]
};

/** One owner for each library. */
const owners: Record<string, readonly string[]> = {
  "@duckdb/node-api": ["src/warehouse"],
  "apache-arrow": ["src/warehouse/arrow.ts"],
  "@observablehq/plot": ["src/charts"],
  linkedom: ["src/charts"],
  "@resvg/resvg-js": ["src/charts"],
  "csv-parse/sync": ["src/csv.ts"],
  commander: ["src/cli.ts"],
  got: ["src/feeds/http"],
  yauzl: ["src/ingest/containers/zip.ts"],
  "@e965/xlsx": ["src/ingest/containers"],
  "postal-mime": ["src/ingest/containers/message.ts"],
  "read-excel-file": ["src/feeds/context/factors"],
  "fastest-levenshtein": ["src/nearest.ts"],
  vite: ["src/publish/site-shell.ts"],
  "@observablehq/notebook-kit/vite": ["src/publish/site-shell.ts"],
  "node-cron": ["src/pipeline/schedule.ts"]
};

const areas = Object.keys(may).sort((a, b) => b.length - a.length);
const areaOf = (file: string) => areas.find(area => file === area || file.startsWith(`${area}/`));

async function filesOf(folder: string): Promise<string[]> {
  const names = await readdir(join(root, folder), {recursive: true});
  return names.filter(name => /\.ts$/.test(name)).map(name => join(folder, name));
}

async function importsOf(file: string): Promise<string[]> {
  const text = await readFile(join(root, file), "utf8");
  return [
    ...text.matchAll(/^(?:import|export)\s[^;]*?from\s+"([^"]+)"|^import\s+"([^"]+)"|import\("(\.[^"]+)"\)/gms)
  ].map(match => match[1] ?? match[2] ?? match[3] ?? "");
}

const files = (await Promise.all(["src", "pipelines"].map(filesOf))).flat();
const edges = (await Promise.all(files.map(async file => (await importsOf(file)).map(name => ({file, name}))))).flat();

test("every file of the house is in an area of the table", () => {
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter(file => areaOf(file) === undefined)).toEqual([]);
});

test("each area imports only what the table allows", () => {
  const ours = edges
    .filter(({name}) => name.startsWith("."))
    .map(({file, name}) => ({file, to: relative(root, resolve(root, dirname(file), name))}));
  expect(ours.length).toBeGreaterThan(100);
  const wrong = ours.filter(({file, to}) => {
    const [from, target] = [areaOf(file) ?? "", areaOf(to) ?? ""];
    return from !== target && !may[from]?.includes(target) && !may[from]?.includes("*");
  });
  expect(wrong).toEqual([]);
});

test("each library has one owner", () => {
  const libraries = edges.filter(({name}) => !name.startsWith(".") && !name.startsWith("node:") && name !== "zod");
  const strays = libraries.filter(({file, name}) => {
    const owner =
      owners[name] ??
      owners[
        name
          .split("/")
          .slice(0, name.startsWith("@") ? 2 : 1)
          .join("/")
      ] ??
      [];
    return !owner.some(place => file === place || file.startsWith(`${place}/`));
  });
  expect(strays).toEqual([]);
});

test("only the edges look at the clock, the environment and the console", async () => {
  const allowed = new Set(["src/effects.ts", "src/cli.ts"]);
  const texts = await Promise.all(
    files.filter(file => !allowed.has(file)).map(async file => ({file, text: await readFile(join(root, file), "utf8")}))
  );
  expect(
    texts
      .filter(({text}) => /new Date\(\)|Date\.now\(\)|process\.env|console\.|Math\.random/.test(text))
      .map(({file}) => file)
  ).toEqual([]);
});

test("every file is one idea of at most 300 lines", async () => {
  const long = await Promise.all(
    files.map(async file => ({file, lines: (await readFile(join(root, file), "utf8")).split("\n").length}))
  );
  expect(long.filter(({lines}) => lines > 300)).toEqual([]);
});
