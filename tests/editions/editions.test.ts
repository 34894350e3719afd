import {execFile} from "node:child_process";
import {cp, mkdtemp, readdir, readFile, rm, stat, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {promisify} from "node:util";
import {expect, onTestFinished, test} from "vitest";
import {withEdition} from "../../src/frozen/editions.ts";
import {canopyLine} from "../hostile/command-line.ts";
import {bring, edition, said, smallCouncil} from "./council.ts";

const run = promisify(execFile);

async function elsewhere(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "canopy-edition-"));
  onTestFinished(() => rm(folder, {recursive: true, force: true}));
  return folder;
}

test("an edition is frozen, read, checked by a stranger, and made again to the same bytes; it is never overwritten", async () => {
  const folder = await smallCouncil();
  const {place, checkValue} = await edition(folder, "autumn");
  // A stranger has what is published, the checker from elsewhere and the printed check value; no canopy.
  const away = await elsewhere();
  await cp(join(place, "public"), join(away, "edition"), {recursive: true});
  await said(["editions", "checker", join(away, "verify.mjs")], folder);
  const checked = await run("node", [join(away, "verify.mjs"), join(away, "edition"), "--expect", checkValue]);
  expect(checked.stdout).toContain("the check value is the one that was printed");
  await expect(
    run("node", [join(away, "verify.mjs"), join(away, "edition"), "--expect", "0".repeat(64)])
  ).rejects.toMatchObject({code: 1, stdout: expect.stringContaining("manifest.json: not the manifest of the check")});
  const begun = await run("node", [
    join(away, "verify.mjs"),
    join(away, "edition"),
    "--expect",
    checkValue.slice(0, 16)
  ]);
  expect(begun.stdout).toContain("the check value is the one that was printed");
  await expect(
    run("node", [join(away, "verify.mjs"), join(away, "edition"), "--expect", checkValue.slice(0, 8)])
  ).rejects.toMatchObject({code: 1});
  // The page says which edition it is, that it is a draft, and its check value.
  const page = await readFile(join(place, "public", "site", "index.html"), "utf8");
  expect(page).toContain("Edition autumn, a draft, as at 1 October 2026: not final");
  expect(page).toContain(checkValue);
  // A web server may read what is published, and nothing else of the house.
  expect((await stat(join(place, "public", "site", "index.html"))).mode & 0o777).toBe(0o644);
  expect((await stat(join(place, "public", "site"))).mode & 0o777).toBe(0o755);
  expect((await stat(join(place, "marts"))).mode & 0o077).toBe(0);
  // Its marts can be asked like the published ones: 365 days of 2025/26, 24 hours, 20 kW.
  const [year] = await withEdition({dataFolder: folder}, "autumn", connection =>
    connection.rows<{kwh: number}>(
      "select sum(consumption_kwh)::double as kwh from marts.site_energy_daily where settlement_date between '2025-04-01' and '2026-03-31'"
    )
  );
  expect(year?.kwh).toBeCloseTo((365 * 48 - 2) * 10, 3);

  // The same again is the same; with other content the name is taken.
  expect(await said(["publish", "--edition", "autumn"], folder)).toContain(", as it was\n");
  expect(await said(["editions", "rebuild", "autumn"], folder)).toMatch(
    /^made again: all of \d+ files the same bytes$/
  );
  await bring(folder, "second.csv", "03/10/26 07:00", "2025-05-01", 14, 12);
  await said(["ingest"], folder);
  expect(await canopyLine(["publish", "--edition", "autumn"], folder)).toMatchObject({
    code: 1,
    error: expect.stringContaining("an edition is never overwritten")
  });
  expect(await said(["editions", "verify", "autumn", "--expect", checkValue, "--archive"], folder)).toContain(
    "1 of 1 file that its numbers are counted from are in the archive as they came"
  );

  // What moved and by how much: 14 days of 96 kWh more at the factor of 2025, 0.177 kg/kWh, are 0.24 t of 31.0.
  const later = await edition(folder, "winter");
  expect(later.checkValue).not.toBe(checkValue);
  const compared = await said(["editions", "compare", "autumn", "winter"], folder);
  expect(compared).toMatch(/2025\/26\s+scopes 1 and 2\s+31\.0\s+31\.2\s+\+0\.2/);
  expect(compared).toContain("files that came: 1 file of estate-energy");
  // Its first page says so too, the first edition has nothing to say, and the house's own pages speak of the newest edition.
  const start = async (folder: string) => readFile(join(folder, "site", "index.html"), "utf8");
  expect(page).not.toContain("What changed since");
  const told = await start(join(later.place, "public"));
  expect(told).toContain("What changed since edition autumn (draft, to 1 Oct 2026)");
  expect(told).toContain("2025/26: 31 t CO₂e, 0.24 t CO₂e more than it said (31 t).");
  expect(told).toContain("Files that came: 1 file of estate-energy.");
  await said(["publish"], folder);
  expect(await start(join(folder, "published"))).toMatch(
    /What changed since edition winter \(draft, to 1 Oct 2026\)<\/h2><ul[^>]*><li>No year’s total is other than it said\./
  );
  const listed = await said(["editions"], folder);
  for (const each of [checkValue, later.checkValue]) expect(listed).toContain(each);
  // Each edition is made again from the archive as it was then.
  expect(await said(["editions", "rebuild", "winter"], folder)).toMatch(
    /^made again: all of \d+ files the same bytes$/
  );
  expect(await said(["editions", "rebuild", "autumn"], folder)).toMatch(
    /^made again: all of \d+ files the same bytes$/
  );

  // What was erased by law stays out; the edition holds, and says that it cannot be made again.
  await said(["erase", "1", "--yes", "--why", "asked for by the person it is of"], folder);
  expect(await said(["editions", "verify", "autumn", "--archive"], folder)).toContain(
    "1 file erased since: the edition holds, and cannot be made again"
  );
  expect(await canopyLine(["editions", "rebuild", "autumn"], folder)).toMatchObject({
    code: 1,
    error: expect.stringContaining("was erased or is damaged")
  });
  expect((await readdir(join(folder, "editions"))).sort()).toEqual(["autumn", "winter"]);
});

test("a final edition is refused while a year is not complete or a conflict waits, and says why", async () => {
  // 2025/26 lacks its last 65 days.
  const folder = await smallCouncil(300);
  const refused = await canopyLine(["publish", "--edition", "report", "--final"], folder);
  expect(refused).toMatchObject({code: 1, error: expect.stringContaining("an edition of this cannot be final")});
  expect(refused.error).toContain("2025/26 is not complete: 82.1% of what is expected is there");
  expect(await readdir(join(folder, "editions"))).toEqual([]);
  const page = await readFile(join((await edition(folder, "report")).place, "public", "site", "index.html"), "utf8");
  expect(page).toMatch(/not complete/i);
  await bring(folder, "rest.csv", "03/10/26 07:00", "2026-01-26", 249);
  await said(["ingest"], folder);
  const {place} = await edition(folder, "report-2", "--final");
  expect(await readFile(join(place, "public", "site", "index.html"), "utf8")).toContain(
    "Edition report-2, final, as at 1 October 2026"
  );
  // Two deliveries of one moment that disagree.
  await bring(folder, "one.csv", "03/10/26 08:00", "2025-05-01", 1, 11);
  await bring(folder, "other.csv", "03/10/26 08:00", "2025-05-01", 1, 12);
  await said(["ingest"], folder);
  expect(await canopyLine(["publish", "--edition", "report-3", "--final"], folder)).toMatchObject({
    code: 1,
    error: expect.stringContaining("1 conflict between deliveries waits for a decision: canopy status")
  });
});

test("a name that is none, an edition that is not there, and --final without a name say what to do", async () => {
  const folder = await smallCouncil(3);
  for (const name of ["Summit 2026", "../up", "", "a".repeat(61)])
    expect(await canopyLine(["publish", "--edition", name], folder)).toMatchObject({
      code: 2,
      error: expect.stringContaining("lower-case letters, digits and hyphens")
    });
  expect(await canopyLine(["publish", "--final"], folder)).toMatchObject({code: 2});
  expect(await said(["editions"], folder)).toContain("canopy publish --edition NAME");
  expect(await canopyLine(["editions", "verify", "sumit"], folder)).toMatchObject({code: 2});
  await edition(folder, "summit");
  expect(await canopyLine(["editions", "verify", "sumit"], folder)).toMatchObject({
    code: 2,
    error: expect.stringContaining("perhaps summit")
  });
  await writeFile(join(folder, "editions", "summit", "public", "manifest.json"), "{}");
  expect(await canopyLine(["editions"], folder)).toMatchObject({code: 1});
});
