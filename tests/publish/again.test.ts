import {readFile, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {readConfig} from "../../src/council/config.ts";
import {publish} from "../../src/publish/publish.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {keepShell} from "../support/kept-shell.ts";
import {flat, portalFile} from "../support/supplier-files.ts";

const [mpan] = mpans;

test("nothing is drawn again where nothing has changed; a file that is gone or altered, other marts and another council are", async () => {
  const c = new Canopy(await makeDataFolder());
  await c.bring("day.csv", portalFile("02/10/26 07:00", [{mpan, date: "2026-06-01", cells: flat(1)}]));
  await c.ask("select 1");
  await keepShell(c.folder);
  const published = async () => publish(await readConfig(c.folder, c.effects.now()));
  const first = await published();
  expect(first.changed).toBeGreaterThan(30);

  // What is kept says a word of its own, so that it can be told from what is made.
  const kept = join(c.folder, "warehouse", "publication.json");
  const mark = async () =>
    writeFile(kept, (await readFile(kept, "utf8")).replace(first.figures[0]?.title ?? "", "kept"));
  const isMade = async () => {
    const {figures, tables, notices, changed} = await published();
    if (figures[0]?.title !== "kept") await mark();
    expect([figures.length, tables, notices]).toEqual([first.figures.length, first.tables, first.notices]);
    return {isMade: figures[0]?.title !== "kept", changed};
  };
  await mark();
  expect(await isMade()).toEqual({isMade: false, changed: 0});

  const [gone, altered] = ["svg", "png"].map(ending =>
    join(c.folder, "published", "figures", `data-coverage.${ending}`)
  );
  const drawn = async () => [await readFile(gone ?? ""), await readFile(altered ?? "")];
  const before = await drawn();
  await rm(gone ?? "");
  await writeFile(altered ?? "", "altered");
  expect(await isMade()).toEqual({isMade: true, changed: 2});
  expect(await drawn()).toEqual(before);
  const manifest = join(c.folder, "published", "manifest.json");
  await writeFile(manifest, (await readFile(manifest, "utf8")).replace("data-coverage.svg", "data-coverage.png"));
  expect((await isMade()).isMade).toBe(true);
  expect(await isMade()).toEqual({isMade: false, changed: 0});

  await c.bring("next.csv", portalFile("03/10/26 07:00", [{mpan, date: "2026-06-02", cells: flat(1)}]));
  await c.ask("select 1");
  expect((await isMade()).isMade).toBe(true);
  const settings = join(c.folder, "council", "council.json");
  await writeFile(settings, (await readFile(settings, "utf8")).replace("Test Council", "Another Council"));
  expect((await isMade()).isMade).toBe(true);
  expect(await readFile(join(c.folder, "published", "site", "index.html"), "utf8")).toContain("Another Council");
});
