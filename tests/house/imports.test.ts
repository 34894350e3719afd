import {readdir, readFile} from "node:fs/promises";
import {dirname, join, relative, resolve} from "node:path";
import {expect, test} from "vitest";

const root = new URL("../..", import.meta.url).pathname;

/** Who may import whom. A name ending in `.ts` is one file; the longest name that fits a file is its room. Domain, errors, effects and wording are everybody's. */
const may: Record<string, readonly string[]> = {
  "src/errors.ts": [],
  "src/effects.ts": [],
  "src/holds.ts": ["src/errors.ts"],
  "src/durable.ts": ["src/errors.ts", "src/holds.ts"],
  "src/domain": [],
  "src/wording": ["src/domain", "src/effects.ts"],
  "src/illustrative": [],
  "src/warehouse": [],
  "src/sources": [],
  "src/sending": ["src/sources"],
  "src/layouts": ["src/sources"],
  "src/archive": ["src/layouts"],
  "src/backup": ["src/archive"],
  "src/council": ["src/sources", "src/warehouse"],
  "src/reference": ["src/council", "src/sources", "src/warehouse"],
  "src/trial": ["src/council", "src/reference", "src/warehouse"],
  "src/ingest": [
    "src/archive",
    "src/council",
    "src/layouts",
    "src/reference",
    "src/sources",
    "src/trial",
    "src/warehouse"
  ],
  "src/models/mart.ts": [],
  "src/models/marts": ["src/models/mart.ts"],
  "src/models": ["src/council", "src/models/mart.ts", "src/models/marts", "src/reference", "src/warehouse"],
  "src/figures": ["src/models/mart.ts", "src/models/marts", "src/wording"],
  "src/frozen": [
    "src/archive",
    "src/council",
    "src/ingest",
    "src/models",
    "src/models/marts",
    "src/warehouse",
    "src/wording"
  ],
  "src/publish": [
    "src/council",
    "src/figures",
    "src/frozen",
    "src/models",
    "src/models/mart.ts",
    "src/models/marts",
    "src/reference",
    "src/warehouse",
    "src/wording"
  ],
  "src/editions": [
    "src/archive",
    "src/council",
    "src/frozen",
    "src/ingest",
    "src/models",
    "src/models/marts",
    "src/pipeline",
    "src/publish",
    "src/warehouse",
    "src/wording"
  ],
  "src/pipeline": [
    "src/archive",
    "src/council",
    "src/illustrative",
    "src/ingest",
    "src/models",
    "src/models/marts",
    "src/publish",
    "src/sending",
    "src/sources",
    "src/warehouse"
  ],
  "src/programme": [
    "src/archive",
    "src/council",
    "src/editions",
    "src/figures",
    "src/frozen",
    "src/ingest",
    "src/models",
    "src/models/mart.ts",
    "src/models/marts",
    "src/pipeline",
    "src/publish",
    "src/reference",
    "src/warehouse"
  ],
  "src/commands": ["*"],
  "src/cli.ts": ["src/commands", "src/council"],
  pipelines: ["src/pipeline"]
};
const everybodys = ["src/domain", "src/errors.ts", "src/effects.ts", "src/durable.ts", "src/holds.ts", "src/wording"];

/** One owner for each library. */
const owners: Record<string, readonly string[]> = {
  "@duckdb/node-api": ["src/warehouse"],
  "apache-arrow": ["src/warehouse/arrow.ts"],
  "@observablehq/plot": ["src/figures", "src/programme/rollup/figures"],
  linkedom: ["src/figures/render"],
  "@resvg/resvg-js": ["src/figures/render"],
  "csv-parse/sync": ["src/domain/csv.ts"],
  commander: ["src/cli.ts"],
  jszip: ["src/commands/summit/zip.ts"],
  "age-encryption": ["src/backup/age.ts"],
  "big.js": ["src/sources/text/decimal.ts"],
  got: ["src/sources/http"],
  "https-proxy-agent": ["src/sources/http"],
  "proxy-from-env": ["src/sources/http"],
  yauzl: ["src/archive/containers/zip.ts"],
  "@e965/xlsx": ["src/archive/containers"],
  "postal-mime": ["src/archive/containers/message.ts"],
  "fastest-levenshtein": ["src/wording/nearest.ts"],
  vite: ["src/publish/site-shell.ts"],
  "@observablehq/notebook-kit/vite": ["src/publish/site-shell.ts"],
  "node-cron": ["src/pipeline/schedule.ts"],
  nodemailer: ["src/sending/mail.ts"],
  pptxgenjs: ["src/commands/summit/pptx.ts"],
  pg: ["src/programme/queue-database.ts"],
  "pg-boss": ["src/programme/queue.ts"],
  send: ["src/commands/serve/site-server.ts"],
  unpdf: ["src/editions/proof/pdf/pages.ts"]
};

const isEverybodys = (area: string) => everybodys.includes(area);
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
    const isAllowed = [...(may[from] ?? []), ...(isEverybodys(from) ? [] : everybodys)];
    return from !== target && !isAllowed.includes(target) && !isAllowed.includes("*");
  });
  expect(wrong).toEqual([]);
});

test("no room imports another that imports it, by whatever way", () => {
  const beyond = (room: string, seen = new Set<string>()): Set<string> => {
    for (const next of may[room] ?? [])
      if (!seen.has(next)) {
        seen.add(next);
        beyond(next, seen);
      }
    return seen;
  };
  const rooms = Object.keys(may).filter(room => !may[room]?.includes("*"));
  expect(rooms.filter(room => beyond(room).has(room))).toEqual([]);
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
