import {readFile, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {readArchive} from "../../src/archive/archive.ts";
import {snapshotPath} from "../../src/archive/snapshots.ts";
import {canopyLine} from "../hostile/command-line.ts";
import {makeDataFolder} from "../support/data-folder.ts";

const at = async (line: readonly string[], folder: string, start: string) => {
  const answer = await canopyLine(line, folder, start);
  expect([answer.code, answer.error], answer.printed).toEqual([0, ""]);
  return answer.printed.split("\n");
};

test("an edited row of a register has a before, an after and a date, and the bytes of both are kept", async () => {
  const folder = await makeDataFolder();
  const sites = join(folder, "council", "sites.csv");
  const text = await readFile(sites, "utf8");
  expect(await at(["history"], folder, "2026-11-03T12:00:00Z")).toEqual([
    "nothing yet: registers and settings are kept at each canopy run and canopy build"
  ]);
  await at(["build"], folder, "2026-11-03T12:00:00Z");
  await writeFile(sites, `${text.replace("1000", "1100")}library,Library,library,500,09:00,17:00,Mon-Sat\n`);
  await at(["build"], folder, "2026-11-04T09:30:00Z");
  // The same again is no change.
  await at(["build"], folder, "2026-11-05T09:30:00Z");
  await writeFile(sites, text);
  await at(["build"], folder, "2026-11-06T09:30:00Z");
  expect(await at(["history", "sites"], folder, "2026-11-07T12:00:00Z")).toEqual([
    expect.stringMatching(/^Fri 6 Nov 2026, 09:30 GMT: 2 changes$/),
    "  removed: library",
    "  town-hall, floor_area_m2: 1100, now 1000",
    expect.stringMatching(/^Wed 4 Nov 2026, 09:30 GMT: 2 changes$/),
    "  added: library",
    "  town-hall, floor_area_m2: 1000, now 1100",
    expect.stringMatching(/^Tue 3 Nov 2026, 12:00 GMT: first kept$/)
  ]);
  const all = await at(["history"], folder, "2026-11-07T12:00:00Z");
  expect(all).toContain("council/sites.csv: kept since 3 Nov 2026, 2 changes, last 6 Nov 2026");
  expect(all).toContain("reference/units.csv: kept since 3 Nov 2026, unchanged");
  const archive = await readArchive(join(folder, "snapshots"));
  const kept = archive.entries.filter(({file}) => file === "council/sites.csv");
  expect(kept.map(({sha256}) => sha256)).toEqual([kept[0]?.sha256, expect.any(String), kept[0]?.sha256]);
  expect(await readFile(snapshotPath(archive.root, {sha256: kept[0]?.sha256 ?? ""}), "utf8")).toBe(text);
  // Bytes of a setting that are lost are named; those that are still in use are put back by the next build.
  await rm(snapshotPath(archive.root, {sha256: kept[0]?.sha256 ?? ""}));
  expect(await canopyLine(["verify"], folder)).toMatchObject({
    code: 1,
    printed: expect.stringContaining("the bytes of council/sites.csv are gone")
  });
  await canopyLine(["build"], folder);
  await at(["verify", "--full"], folder, "2026-11-08T12:00:00Z");
});

test("a register that is gone, a setting of council.json, and a name that is none", async () => {
  const folder = await makeDataFolder();
  // It breaks its rules, so that the build fails: what it was is kept all the same.
  await writeFile(join(folder, "council", "fuel-products.csv"), "provider,product_code,fuel\n");
  expect((await canopyLine(["build"], folder)).code).toBe(1);
  const path = join(folder, "council", "council.json");
  const council = JSON.parse(await readFile(path, "utf8"));
  await writeFile(path, JSON.stringify({...council, name: "New Council"}));
  await rm(join(folder, "council", "fuel-products.csv"));
  await at(["build"], folder, "2026-11-04T12:00:00Z");
  expect((await at(["history", "council"], folder, "2026-11-05T12:00:00Z")).slice(0, 2)).toEqual([
    expect.stringContaining("1 change"),
    '  name: "Test Council", now "New Council"'
  ]);
  expect(await at(["history"], folder, "2026-11-05T12:00:00Z")).toContain(
    "council/fuel-products.csv: kept since 3 Nov 2026, 1 change, last 4 Nov 2026, now gone"
  );
  expect(await canopyLine(["history", "site"], folder)).toMatchObject({
    code: 2,
    error: expect.stringContaining("Did you mean sites?")
  });
});
