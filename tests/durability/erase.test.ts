import {mkdtemp, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, onTestFinished, test} from "vitest";
import {zipFile} from "../archive/containers/zip-file.ts";
import {canopyLine} from "../hostile/command-line.ts";
import {Canopy, fixedEffects} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {claimsFile} from "../support/fleet-records.ts";
import {flat, portalFile} from "../support/supplier-files.ts";

/** What must be nowhere afterwards: an employee's number, where the journeys went, and the name of the file. */
const secrets = ["900017", "QX7Z", "claims-of-900017"];
const claims = claimsFile([
  {employee: "900017", date: "12/06/2025", miles: 10, to: "QX7Z 1AA", fuel: "Diesel"},
  {employee: "900017", date: "14/06/2025", miles: 10, to: "QX7Z 1AA", fuel: "Petrol"},
  {employee: "900018", date: "13/06/2025", miles: 6.4, to: "QX7Z 2BB", fuel: "Petrol"},
  {employee: "900018", date: "13/06/2035", miles: 5, to: "QX7Z 2BB", fuel: "Petrol"}
]);

async function done(line: readonly string[], folder: string): Promise<string> {
  const {code, printed, error} = await canopyLine(line, folder);
  expect([code, error], printed).toEqual([0, ""]);
  return printed;
}

async function elsewhere(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "canopy-erase-"));
  onTestFinished(() => rm(folder, {recursive: true, force: true}));
  return folder;
}

/** The files of a folder that hold a text, in their bytes, their names or packed. */
async function filesWith(folder: string, text: string): Promise<string[]> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  const found: string[] = [];
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (entry.name.includes(text) || (entry.isFile() && (await readFile(path, "latin1")).includes(text)))
      found.push(path);
  }
  return found;
}

const totals = (folder: string) =>
  new Canopy(folder, fixedEffects("2026-11-03T14:00:00Z")).ask(
    "select month, activity, sum(distance_km)::decimal(12, 6)::varchar as km, sum(journeys)::integer as journeys from marts.grey_fleet group by all order by all"
  );

async function council(): Promise<string> {
  const folder = await makeDataFolder([{id: mpans[0]}]);
  await writeFile(
    join(folder, "inbox", "estate-energy", "october.csv"),
    portalFile("01/11/26 07:00", [{mpan: mpans[0], date: "2026-10-05", cells: flat(1.5)}])
  );
  await done(["ingest"], folder);
  await writeFile(join(folder, "claims-of-900017.csv"), claims);
  await done(["ingest", "journeys", "--file", join(folder, "claims-of-900017.csv")], folder);
  // The same file came a second time, packed.
  await writeFile(join(folder, "again.zip"), zipFile([{name: "claims-of-900017.csv", data: claims, isStored: true}]));
  await done(["ingest", "journeys", "--file", join(folder, "again.zip")], folder);
  for (const name of ["claims-of-900017.csv", "again.zip"]) await rm(join(folder, name));
  return folder;
}

test("a driver's claim is erased: it is in no archive, warehouse, publication or later backup; totals, verify and rebuild hold", async () => {
  const [folder, backup] = [await council(), await elsewhere()];
  await done(["withdraw", "1", "--why", "not this one"], folder);
  await done(["build"], folder);
  await done(["backup", backup], folder);
  const before = await totals(folder);
  // 10 + 10 + 6.4 miles; the fourth journey is still to come.
  expect(before).toHaveLength(2);
  for (const secret of secrets) {
    expect(await filesWith(folder, secret), secret).not.toEqual([]);
    expect(await filesWith(backup, secret), secret).not.toEqual([]);
  }

  const asked = await done(["erase", "2", "--why", "the retention period has ended"], folder);
  expect(asked).toMatch(
    /^would go: claims-of-900017\.csv, received 3 Nov 2026\nwould go: again\.zip › claims-of-900017\.csv/
  );
  expect(await filesWith(folder, "900017")).not.toEqual([]);
  const said = await done(["erase", "2", "--why", "the retention period has ended", "--yes"], folder);
  expect(said).toContain("gone for good: claims-of-900017.csv, received 3 Nov 2026");
  await done(["run", "net-zero"], folder);
  await done(["backup", backup], folder);

  for (const secret of secrets) {
    expect(await filesWith(folder, secret), secret).toEqual([]);
    expect(await filesWith(backup, secret), secret).toEqual([]);
  }
  expect(await totals(folder)).toEqual(before);
  expect(await done(["verify", "--full"], folder)).toContain("warehouse: holds what its ledger says");
  expect(await done(["rebuild"], folder)).toMatch(/marts? the same as before$/);
  expect(
    await new Canopy(folder).live(
      "select load_id, file_name, transactions::integer as records from ops.loads order by all"
    )
  ).toEqual([
    {load_id: 1, file_name: "october.csv", records: 0},
    {load_id: 2, file_name: "(erased)", records: 3},
    {load_id: 3, file_name: "(erased)", records: 0}
  ]);
  // The record says what went, when and why.
  const decisions = await filesWith(join(folder, "snapshots"), "the retention period has ended");
  expect(decisions).toHaveLength(2);

  // The same file again is not taken in, and a restored backup does not hold it either.
  await writeFile(join(folder, "back.csv"), claims);
  expect(await canopyLine(["ingest", "journeys", "--file", join(folder, "back.csv")], folder)).toMatchObject({
    code: 1,
    printed: expect.stringContaining("it was erased from the archive for good")
  });
  const restored = await elsewhere();
  await done(["restore", backup], restored);
  expect(await totals(restored)).toEqual([]);
  await done(["ingest"], restored);
  expect(await totals(restored)).toEqual(before);
});

test("files whose time has come are erased by their feed; a copy in the inbox goes too", async () => {
  const folder = await makeDataFolder([{id: mpans[0]}]);
  const inbox = join(folder, "inbox", "journeys");
  await done(["ingest"], folder);
  await writeFile(join(inbox, "claims-of-900017.csv"), claims);
  await done(["ingest"], folder);
  expect(await canopyLine(["erase", "--due", "--why", "old"], folder)).toMatchObject({
    code: 1,
    error: expect.stringContaining("keep_months")
  });
  const path = join(folder, "council", "council.json");
  await writeFile(path, JSON.stringify({...JSON.parse(await readFile(path, "utf8")), keep_months: {journeys: 24}}));
  expect(await done(["erase", "--due", "--why", "old", "--yes"], folder)).toBe("nothing to erase");
  const later = await canopyLine(["erase", "--due", "--why", "old", "--yes"], folder, "2028-12-01T12:00:00Z");
  expect(later).toMatchObject({
    code: 0,
    printed: expect.stringContaining(`gone for good: ${join(inbox, "claims-of-900017.csv")}`)
  });
  for (const secret of secrets) expect(await filesWith(folder, secret), secret).toEqual([]);
});
