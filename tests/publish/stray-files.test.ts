import {mkdir, readdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {putFiles} from "../../src/publish/files.ts";
import {makeDataFolder} from "../support/data-folder.ts";

/** No process has this number: it is above the largest that Linux gives. */
const dead = 4_194_305;

test("what publications that were cut off left unfinished goes at the next, and nothing else does", async () => {
  const folder = join(await makeDataFolder(), "published");
  const data = "site/data-0123456789ab";
  for (const each of ["figures", data, "notes"]) await mkdir(join(folder, each), {recursive: true});
  const stray = [
    `figures/carpet.svg.${dead}.tmp`,
    "figures/carpet.png.tmp",
    `${data}/facts.json.${dead}.tmp`,
    `site/index.html.${dead}.tmp`,
    `manifest.json.${dead}.tmp`
  ];
  const kept = [`figures/being-made.svg.${process.pid}.tmp`, "notes/mine.csv.tmp", "figures/mine.svg", "mine.tmp"];
  for (const path of [...stray, ...kept]) await writeFile(join(folder, path), "half");
  await putFiles(folder, [{path: "figures/carpet.svg", bytes: Buffer.from("whole")}], {});
  const there = await readdir(folder, {recursive: true, withFileTypes: true});
  const files = there
    .filter(each => each.isFile())
    .map(each => join(each.parentPath, each.name).slice(folder.length + 1));
  expect(files.sort()).toEqual([...kept, "figures/carpet.svg", "manifest.json"].sort());
});
