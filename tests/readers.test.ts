import {execFile} from "node:child_process";
import {readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {promisify} from "node:util";
import {tableFromIPC} from "apache-arrow";
import {expect, test} from "vitest";
import {answer} from "../src/commands/query/answer.ts";
import {makeDataFolder, mpans} from "./support/data-folder.ts";
import {keepShell} from "./support/kept-shell.ts";
import {flat, portalFile} from "./support/supplier-files.ts";

const run = promisify(execFile);
const cli = new URL("../src/cli.ts", import.meta.url).pathname;
const canopyRun = (folder: string) => run(process.execPath, ["--import", "tsx", cli, "run", "--data", folder]);

const [mpan] = mpans;
/** Each file brings one more day of 48 kWh. */
const bring = (folder: string, day: number) =>
  writeFile(
    join(folder, "inbox", "estate-energy", `day-${day}.csv`),
    portalFile("02/10/26 07:00", [{mpan, date: `2026-06-0${day}`, cells: flat(1)}])
  );

/** What three readers saw of the days, each a number of them: a query, the CSV, the Arrow file. */
async function look(folder: string): Promise<number[]> {
  const tables = join(folder, "published", "tables");
  const asked = JSON.parse(
    await answer(folder, "select sum(consumption_kwh) as kwh from site_energy_daily", "json")
  ) as [{kwh: number}];
  const csv = (await readFile(join(tables, "site_energy_daily.csv"))).toString();
  const arrow = tableFromIPC(await readFile(join(tables, "site_energy_daily.arrow")));
  expect(csv.endsWith("\r\n")).toBe(true);
  JSON.parse((await readFile(join(folder, "published", "manifest.json"))).toString());
  await readPage(join(folder, "published", "site"));
  return [(asked[0]?.kwh ?? Number.NaN) / 48, csv.trimEnd().split("\r\n").length - 1, arrow.numRows];
}

/** Reads a page as a browser does: the page, which holds its pictures, then, a moment later, what it names; and the tables at their addresses. */
async function readPage(site: string): Promise<void> {
  const html = (await readFile(join(site, "index.html"))).toString();
  expect(html.trimEnd().endsWith("</html>")).toBe(true);
  const assets = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, path]) => path ?? "");
  expect(assets.length).toBeGreaterThan(1);
  await new Promise(resolve => setTimeout(resolve, 20));
  for (const asset of assets) expect((await readFile(join(site, asset))).length).toBeGreaterThan(0);
  for (const name of ["emissions_by_source", "data_coverage", "trajectories"]) {
    tableFromIPC(await readFile(join(site, "data", `${name}.arrow`)));
    JSON.parse((await readFile(join(site, "data", `${name}.csv-metadata.json`))).toString());
  }
}

test("while runs follow one another, a query, a table, the manifest and the page are always whole: the old or the new, never half", async () => {
  const folder = await makeDataFolder();
  await keepShell(folder);
  await bring(folder, 1);
  await canopyRun(folder);
  let isDone = false;
  const writing = (async () => {
    for (const day of [2, 3, 4, 5]) {
      await bring(folder, day);
      await canopyRun(folder);
    }
    isDone = true;
  })();
  const seen: number[][] = [];
  while (!isDone) {
    seen.push(await look(folder));
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  await writing;
  seen.push(await look(folder));
  expect(seen.length).toBeGreaterThan(20);
  expect(seen.at(-1)).toEqual([5, 5, 5]);
  for (const reader of [0, 1, 2]) {
    const days = seen.map(numbers => numbers[reader] ?? Number.NaN);
    expect(new Set(days).size).toBeGreaterThan(2);
    expect(days.every(number => [1, 2, 3, 4, 5].includes(number))).toBe(true);
    expect(days).toEqual(days.toSorted((a, b) => a - b));
  }
});
