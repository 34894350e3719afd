import {mkdir, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {beforeAll, describe, expect, onTestFinished, test} from "vitest";
import {main} from "../../src/cli.ts";
import {readLake} from "../../src/programme/lake.ts";
import {openDatabase} from "../../src/warehouse/connection.ts";
import {defineProof} from "../prove/proof.ts";
import {fixedEffects} from "../support/canopy.ts";
import {makeTemporaryFolder} from "../support/data-folder.ts";
import {keepShellIn} from "../support/kept-shell.ts";
import {startMailServer} from "../support/mail-server.ts";
import {makeCouncil, makeProgramme} from "../support/programme.ts";
import {askBoth} from "./golden-proof.ts";
import {goldenQuestions} from "./golden-questions.ts";
import {clickhouseOver, differences, duckdbOver} from "./lake-engines.ts";

/** Runs a command line on 3 November 2026. */
async function canopy(...line: string[]): Promise<{code: number; text: string}> {
  const effects = fixedEffects();
  const code = await main(line, effects);
  return {code, text: effects.printed.join("\n")};
}

/** Every file of a folder with its bytes, as one text to compare. */
async function bytesOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  const paths = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  return Promise.all(paths.sort().map(async path => `${path} ${(await readFile(path)).toString("base64")}`));
}

const alder = {folder: "alder", name: "Alder Council", onsCode: "E08000001", sites: 3, seed: 1};
const birch = {folder: "birch", name: "Birch Council", onsCode: "E08000002", sites: 2, seed: 2, to: "2026-02-15"};
const cedar = {folder: "cedar", name: "Cedar Council", onsCode: "E08000003", sites: 1, seed: 3, from: "2026-06-01"};

describe("councils of a programme, one after another", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await makeTemporaryFolder();
    await makeProgramme(folder, [alder, birch, cedar]);
    await keepShellIn(join(folder, ".cache"));
    return () => rm(folder, {recursive: true, force: true});
  });

  test("each gets an edition of the end of the last month, and the lake has its open tables", async () => {
    const {code, text} = await canopy("councils", "run", folder, "--no-pages");
    expect(text.replaceAll(/\d+ (ms|s)\b/g, "TIME").split("\n")).toEqual([
      "alder: edition 2026-10-31, TIME",
      "birch: edition 2026-10-31, TIME",
      "cedar: edition 2026-10-31, TIME",
      "",
      "3 editions made, 0 councils with nothing new",
      `the lake: ${join(folder, "lake")}`,
      `what they come to together: canopy rollup ${folder}`
    ]);
    expect(code).toBe(0);
    const {editions, unreadable} = await readLake(join(folder, "lake"));
    expect(unreadable).toEqual([]);
    expect(editions.map(({manifest}) => [manifest.council, manifest.edition, manifest.as_of])).toEqual(
      ["E08000001", "E08000002", "E08000003"].map(code => [code, "2026-10-31", "2026-10-31"])
    );
    // No meter number in full: the councils have not said what may leave the house.
    const all = (await bytesOf(join(folder, "lake"))).join("\n");
    expect(all).toContain("emissions_by_source.parquet");
    expect(all).not.toContain("meter_points.parquet");
  });

  test("a year that is not whole stands beside the total as at least so much, and one without a figure is counted", async () => {
    const {code, text} = await canopy("rollup", folder);
    expect(code).toBe(0);
    // Alder's 2025/26 by hand: 48 × 364 + 46 half-hours (the repeated autumn hour has no place in its file), × (1.7 + 2.0 + 2.3) kWh = 105,108 kWh,
    // × 0.177 kg (the 2025 set) = 18.604 t.
    // Birch's, until 15 February: (2.4 + 2.7) kWh × 48 × 321 = 78,580.8 kWh, 13.909 t at the least. Cedar's meter was not read in it.
    expect(text).toMatch(/2025\/26 +1 +19 +1 +14 +1 /);
    expect(text).toMatch(/Alder Council +2026-10-31 +2025\/26 +19\n/);
    expect(text).toMatch(/Birch Council +2026-10-31 +2025\/26 +at least 14\n/);
    expect(text).toMatch(/Cedar Council +2026-10-31 +none yet +–/);
  });

  test("twenty questions of the lake have one answer, whichever engine reads it (ClickHouse where chdb is installed)", async ({
    annotate
  }) => {
    const lake = join(folder, "lake");
    const [duckdb, clickhouse] = [await duckdbOver(lake), await clickhouseOver(lake)];
    if (clickhouse === null) await annotate("skipped: ClickHouse, since the package chdb is not installed");
    try {
      expect(goldenQuestions).toHaveLength(20);
      for (const {asks, sql} of goldenQuestions) {
        const rows = await duckdb.ask(sql);
        expect(rows.length, asks).toBeGreaterThan(0);
        if (clickhouse !== null) expect(differences(rows, await clickhouse.ask(sql)), asks).toEqual([]);
      }
      // By hand: the years of the test above.
      const [, , whole] = await Promise.all(goldenQuestions.slice(0, 3).map(({sql}) => duckdb.ask(sql)));
      expect(whole?.map(([year, councils, t]) => [year, Number(councils), Math.round(1000 * Number(t))])).toEqual([
        [2025, 1, 18_604]
      ]);
    } finally {
      duckdb.close();
      clickhouse?.close();
    }
  });

  test("a second run does nothing: not a byte of the programme changes", async () => {
    const before = await bytesOf(folder);
    const {code, text} = await canopy("councils", "run", folder, "--no-pages");
    expect(code).toBe(0);
    expect(text).toContain("alder: nothing new, edition 2026-10-31 stands");
    expect(text).toContain("0 editions made, 3 councils with nothing new");
    expect(await bytesOf(folder)).toEqual(before);
    expect((await canopy("councils", "status", folder)).text).toContain("3 councils, 0 with work owed, 0 failed");
  });

  test("a damaged archive and a mart that does not build fail alone: both are named, the other goes on, and what was good stands", async () => {
    for (const council of [alder, birch, cedar])
      await makeCouncil(folder, {...council, to: "2026-10-30", seed: council.seed});
    await removeFirstSnapshot(join(folder, "alder", "snapshots"));
    await spoil(join(folder, "birch", "warehouse", "canopy.duckdb"));
    const {code, text} = await canopy("councils", "run", folder, "--no-pages");
    expect(code).toBe(1);
    expect(text).toMatch(
      /alder: FAILED after .*\n {2}alder: no edition was made, since\n {4}the archive is damaged: .*are gone/
    );
    expect(text).toMatch(/birch: FAILED after .*\n {2}birch: no edition was made, since\n {4}.*energy_kwh/);
    expect(text).toMatch(/cedar: edition 2026-10-31-2, /);
    expect(text).toContain("2 FAILED: alder, birch");
    const status = await canopy("councils", "status", folder);
    expect(status.code).toBe(1);
    expect(status.text).toContain("3 councils, 2 with work owed, 2 failed");
    expect(status.text).toMatch(/alder +2026-10-31 +31 Oct 2026 +FAILED/);
    expect(status.text).toMatch(/cedar +2026-10-31-2 +31 Oct 2026 +up to date/);
  });

  test("one message tells how all councils stand; where nothing is set up, or it is not taken, that is said", async () => {
    const said = await main(["councils", "status", folder, "--send"], fixedEffects());
    expect(said).toBe(1);
    const mails = await startMailServer();
    onTestFinished(mails.close);
    const environment = {
      CANOPY_SMTP_URL: `smtp://127.0.0.1:${mails.port}`,
      CANOPY_DIGEST_FROM: "canopy@region.example",
      CANOPY_DIGEST_TO: "climate@region.example"
    };
    const effects = fixedEffects();
    await main(["councils", "status", folder, "--send"], {...effects, environment});
    expect(effects.printed.join("\n").split("\n").at(-1)).toBe("sent by e-mail");
    expect(mails.mails.map(({headers}) => headers.get("subject"))).toEqual([
      "Invented Programme: 3 councils, 2 with work owed, 2 failed"
    ]);
    expect(mails.mails[0]?.body).toContain("the archive is damaged");
    await mails.close();
    const refused = fixedEffects();
    expect(await main(["councils", "status", folder, "--send"], {...refused, environment})).toBe(1);
    expect(refused.printed.join("\n")).toMatch(/\nnot sent by e-mail: .+$/);
  });

  test("before any work begins it is said which folders are no council, and which have one code", async () => {
    await mkdir(join(folder, "notes"));
    await makeCouncil(folder, {...cedar, folder: "dogwood", onsCode: "E08000001"});
    await makeCouncil(folder, {...cedar, folder: "elder", onsCode: null as never});
    const before = await bytesOf(join(folder, "lake"));
    await expect(canopy("councils", "run", folder)).resolves.toMatchObject({code: 1, text: ""});
    expect(await bytesOf(join(folder, "lake"))).toEqual(before);
    const {code, text} = await canopy("councils", "status", folder);
    expect(code).toBe(1);
    expect(text).toContain("NOT A COUNCIL: notes is no council: it has no council/council.json");
    expect(text).toContain("NOT A COUNCIL: alder and dogwood have one ONS code, E08000001");
    expect(text).toContain("NOT A COUNCIL: elder (Cedar Council) has no ons_code");
  });
});

async function removeFirstSnapshot(archive: string): Promise<void> {
  const names = await readdir(archive, {recursive: true});
  const [first = ""] = names.filter(name => /[0-9a-f]{64}$/.test(name)).sort();
  await rm(join(archive, first));
}

/** Renames a column in a warehouse that a model reads. */
async function spoil(path: string): Promise<void> {
  const database = await openDatabase(path, {folders: []});
  const connection = await database.connect();
  await connection.run("alter table raw.charging_sessions rename column energy_kwh to spoilt");
  connection.close();
  database.close();
}

// Its small form is the test of twenty questions above.
defineProof("lake-engines", {parts: {small: 0, whole: 3}, prove: (_, seed) => askBoth(seed)});

test("a programme is made, councils are added, and neither is written over", async () => {
  const folder = await makeTemporaryFolder();
  const path = join(folder, "region");
  expect((await canopy("councils", "init", path, "--name", "Region")).code).toBe(0);
  expect((await canopy("councils", "init", path)).code).toBe(1);
  const add = (name: string, code: string) =>
    canopy("councils", "add", path, name, "--name", "Stockport Council", "--ons-code", code);
  expect((await add("stockport", "E08000007")).code).toBe(0);
  expect(JSON.parse(await readFile(join(path, "stockport", "council", "council.json"), "utf8"))).toMatchObject({
    ...{name: "Stockport Council", ons_code: "E08000007"}
  });
  expect([await add("stockport", "E08000008"), await add("again", "E08000007")]).toMatchObject([{code: 1}, {code: 2}]);
  expect([
    await add("../out", "E08000009"),
    await add("lake", "E08000009"),
    await add("bury", "stockport")
  ]).toMatchObject([{code: 2}, {code: 2}, {code: 2}]);
  expect((await readdir(path)).sort()).toEqual(["programme.json", "stockport"]);
  await writeFile(join(path, "programme.json"), "{");
  expect((await canopy("councils", "status", path)).code).toBe(1);
  expect((await canopy("councils", "run", folder)).code).toBe(1);
  await rm(folder, {recursive: true});
});
