import {createHash} from "node:crypto";
import {chmod, mkdir, readdir, readFile, rm, stat, truncate, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, describe, expect, test} from "vitest";
import {main} from "../../src/cli.ts";
import {readProgramme} from "../../src/programme/folder.ts";
import {rollUp} from "../../src/programme/rollup/rollup.ts";
import {writeRollup} from "../../src/programme/rollup/write.ts";
import {fixedEffects} from "../support/canopy.ts";
import {makeTemporaryFolder} from "../support/data-folder.ts";
import {keepShellIn} from "../support/kept-shell.ts";
import {boroughOf, type LakeCouncil, ratingOf, sourceOf, writeLake, yearOf} from "../support/lake.ts";

const folders: string[] = [];
afterAll(() => Promise.all(folders.map(folder => rm(folder, {recursive: true, force: true}))));

/** A programme whose lake holds these editions. */
async function programmeOf(councils: readonly LakeCouncil[]): Promise<string> {
  const folder = await makeTemporaryFolder();
  folders.push(folder);
  await writeLake(folder, councils);
  return folder;
}

const read = (folder: string) => readProgramme(folder, new Date("2026-11-03"));
const rolled = async (councils: readonly LakeCouncil[]) => rollUp(await read(await programmeOf(councils)));

const alder: LakeCouncil = {
  code: "E08000001",
  name: "Alder Council",
  manifest: {has_pages: true},
  years: [
    yearOf(2024, {scope_1_and_2_t_co2e: 100.1}),
    yearOf(2025, {scope_1_and_2_t_co2e: 190.25}),
    yearOf(2026, {scope_1_and_2_t_co2e: 50, has_ended: false, is_whole_year: false})
  ],
  sources: [
    sourceOf(2025, "building gas", 150.15),
    sourceOf(2025, "fleet", 40.1),
    sourceOf(2025, "grey fleet", 7, {scope: "3"})
  ],
  ratings: [100, 200, 300, 400, 500, null].map((kwh, i) => ratingOf(`office-${i}`, "office", kwh)),
  boroughs: [
    boroughOf("E08000001", 2005, 1000),
    boroughOf("E08000001", 2023, 600),
    boroughOf("E08000001", 2023, 9, {is_all_sectors: false, sector: "Homes"}),
    boroughOf("E08000009", 2023, 5)
  ]
};
const birch: LakeCouncil = {
  code: "E08000002",
  name: "Birch Council",
  years: [yearOf(2025, {scope_1_and_2_t_co2e: 140.5, is_whole_year: false, expected_t_co2e: 200, held_t_co2e: 140.5})],
  sources: [sourceOf(2025, "building gas", 140.5, {is_whole_year: false, is_provisional: true})],
  ratings: [10, 20, 30, 40].map((kwh, i) => ratingOf(`library-${i}`, "library", kwh)),
  boroughs: [boroughOf("E08000002", 2006, 500), boroughOf("E08000002", 2023, 400)]
};
/** Its edition is of February: 2025/26 was not over then. */
const cedar: LakeCouncil = {
  code: "E08000003",
  name: "Cedar Council",
  asOf: "2026-02-28",
  years: [
    yearOf(2024, {scope_1_and_2_t_co2e: 60.3}),
    yearOf(2025, {scope_1_and_2_t_co2e: 30, has_ended: false, is_whole_year: false})
  ]
};
const dogwood: LakeCouncil = {code: "E08000004", name: "Dogwood Council", isWithout: true};

describe("what the newest edition of each council comes to", () => {
  test("a total is of councils that are whole; what is held of the others stands beside it, and who has none is counted", async () => {
    const old = {...alder, edition: "old", asOf: "2025-10-31", years: [yearOf(2024, {scope_1_and_2_t_co2e: 9999})]};
    const {years, asOf, without} = await rolled([old, alder, birch, cedar, dogwood]);
    // 100.1 + 60.3; 140.5 of Birch and 30 of Cedar, whose year goes on in its own edition; 190.25 + 170.5.
    expect(years).toEqual([
      {
        ...{reporting_year: 2024, has_ended: true, councils: 4, whole_councils: 2, whole_t_co2e: 160.4},
        ...{part_councils: 0, part_at_least_t_co2e: null, councils_without: 2, together_t_co2e: 160.4},
        ...{is_total: false, held_share: null, is_provisional: false}
      },
      {
        ...{reporting_year: 2025, has_ended: true, councils: 4, whole_councils: 1, whole_t_co2e: 190.25},
        ...{part_councils: 2, part_at_least_t_co2e: 170.5, councils_without: 1, together_t_co2e: 360.75},
        ...{is_total: false, held_share: null, is_provisional: false}
      },
      {
        ...{reporting_year: 2026, has_ended: false, councils: 4, whole_councils: 0, whole_t_co2e: null},
        ...{part_councils: 1, part_at_least_t_co2e: 50, councils_without: 3, together_t_co2e: 50},
        ...{is_total: false, held_share: null, is_provisional: false}
      }
    ]);
    expect([asOf, without]).toEqual(["2026-10-31", [{folder: "e08000004", name: "Dogwood Council"}]]);
  });

  test("of all that is expected a share is told only where every council knows what to expect, and it is a total only where all are whole", async () => {
    const {years} = await rolled([alder, birch]);
    // (190.25 + 140.5) of (190.25 + 200).
    expect(years[1]?.held_share).toBeCloseTo(330.75 / 390.25, 12);
    expect(years[1]?.is_total).toBe(false);
    const whole = {...birch, years: [yearOf(2025, {scope_1_and_2_t_co2e: 9.75})]};
    expect((await rolled([alder, whole])).years[1]).toMatchObject({
      whole_t_co2e: 200,
      together_t_co2e: 200,
      is_total: true
    });
  });

  test("each council stands with its last year that is over for anybody, and one without a figure has none", async () => {
    const {councils, council_years} = await rolled([
      alder,
      birch,
      cedar,
      {code: "E08000005", name: "Elder", folder: null}
    ]);
    expect(
      councils.map(row => [row.council_name, row.folder, row.reporting_year, row.t_co2e, row.is_whole_year])
    ).toEqual([
      ["Alder Council", "e08000001", 2025, 190.25, true],
      ["Birch Council", "e08000002", 2025, 140.5, false],
      ["Cedar Council", "e08000003", 2025, 30, false],
      ["Elder", null, null, null, null]
    ]);
    expect(council_years.map(row => [row.council, row.reporting_year, row.has_ended, row.t_co2e])).toEqual([
      ["E08000001", 2024, true, 100.1],
      ["E08000003", 2024, true, 60.3],
      ["E08000001", 2025, true, 190.25],
      ["E08000002", 2025, true, 140.5],
      ["E08000003", 2025, true, 30],
      ["E08000001", 2026, false, 50]
    ]);
  });

  test("sources are added up by scope, provisional where one of them is", async () => {
    const {sources} = await rolled([alder, birch]);
    expect(sources.map(row => [row.emission_source, row.scope, row.whole_t_co2e, row.part_at_least_t_co2e])).toEqual([
      ["building gas", "1", 150.15, 140.5],
      ["fleet", "1", 40.1, null],
      ["grey fleet", "3", 7, null]
    ]);
    expect(sources.map(row => [row.whole_councils, row.part_councils, row.is_provisional])).toEqual([
      [1, 1, true],
      [1, 0, false],
      [1, 0, false]
    ]);
  });

  test("boroughs are each council's own, over the years that all of them have, of the newest release", async () => {
    const older = {...cedar, boroughs: [boroughOf("E08000003", 2023, 700, {release: "2005-2022"})]};
    const {boroughs} = await rolled([alder, birch, older]);
    // Birch begins in 2006, which Alder was not given here: of 2006 nothing is known of it.
    expect(
      boroughs.map(row => [row.area_code, row.first_year, row.first_year_kt, row.last_year, row.last_year_kt])
    ).toEqual([
      ["E08000001", 2006, null, 2023, 600],
      ["E08000002", 2006, 500, 2023, 400]
    ]);
  });
});

describe("kinds of which there are too few to be shown", () => {
  /** Every text that the roll-up writes. */
  const textsOf = async (folder: string) => {
    await keepShellIn(join(folder, ".cache"));
    const programme = await read(folder);
    await writeRollup(programme, await rollUp(programme));
    const {printed} = await canopy("rollup", folder);
    const entries = await readdir(join(folder, "rollup"), {recursive: true, withFileTypes: true});
    const paths = entries
      .filter(entry => entry.isFile() && /\.(csv|json|html|svg)$/.test(entry.name))
      .map(entry => join(entry.parentPath, entry.name));
    return [printed, ...(await Promise.all(paths.map(path => readFile(path, "utf8"))))].join("\n");
  };

  test("four of a kind are nowhere: not by themselves, not in a sum, not as what is left of one", async () => {
    const folder = await programmeOf([alder, birch]);
    const {kinds} = await rollUp(await read(folder));
    // Offices: 100 to 500, one of which too little is read. A quarter lies under 200, half under 300, a quarter over 400.
    expect(kinds).toEqual([
      {
        ...{site_kind: "office", buildings: 6, councils: 1, read_buildings: 5},
        ...{lower_kwh_per_m2: 200, middle_kwh_per_m2: 300, upper_kwh_per_m2: 400, middle_tm46_rating: 300}
      }
    ]);
    const texts = await textsOf(folder);
    expect(texts).toContain("office");
    // Neither the kind nor any number of buildings from which the four could be had: ten in all, nine that are read.
    expect(texts).not.toMatch(/librar/i);
    expect(texts).not.toMatch(/\b(4|9|10|four|nine|ten)( kinds| buildings|,\d+ buildings)/i);
    expect(texts).not.toMatch(/>(9|10)<\/td>/);
  });

  test("with one of another kind they are put together, and neither can be told from the other", async () => {
    const pool = {...cedar, ratings: [ratingOf("pool-1", "pool", 1000), ratingOf("pool-2", "pool", null)]};
    const folder = await programmeOf([alder, birch, pool]);
    const {kinds} = await rollUp(await read(folder));
    // 10, 20, 30, 40 of the libraries and 1,000 of the pool.
    expect(kinds[1]).toEqual({
      ...{site_kind: "other kinds", buildings: 6, councils: 2, read_buildings: 5},
      ...{lower_kwh_per_m2: 20, middle_kwh_per_m2: 30, upper_kwh_per_m2: 40, middle_tm46_rating: 30}
    });
    expect(await textsOf(folder)).not.toMatch(/librar|\bpools?\b/i);
  });

  test("a building with neither electricity nor gas on file uses nothing that is known, never zero", async () => {
    const rows = [10, 20, 30, 40].map((kwh, i) => ratingOf(`l-${i}`, "library", kwh));
    const unknown = {...ratingOf("l-9", "library", null), tm46_rating: 50};
    expect((await rolled([{...birch, ratings: [...rows, unknown]}])).kinds).toEqual([]);
  });
});

describe("editions that are not as this canopy writes them", () => {
  test("one of an older schema is read, what it lacks is missing, and that is said", async () => {
    const older: LakeCouncil = {
      ...birch,
      years: [yearOf(2025)],
      lacks: ["is_whole_year", "held_t_co2e", "statistic_name", "why_not_measure_of_target"],
      manifest: {canopy_lake: 0}
    };
    const folder = await programmeOf([alder, older]);
    const {councils, years, boroughs} = await rollUp(await read(folder));
    expect(councils.map(row => row.is_other_schema)).toEqual([false, true]);
    // Nothing says that its year is whole, so that it is at least so much.
    expect(years[1]).toMatchObject({whole_t_co2e: 190.25, part_councils: 1, part_at_least_t_co2e: 100});
    expect(boroughs.map(row => [row.statistic_name, row.why_not_measure_of_target])).toEqual([
      ["Territorial CO₂", "land use is in it"],
      ["territorial", null]
    ]);
    await keepShellIn(join(folder, ".cache"));
    expect((await canopy("rollup", folder)).printed).toContain(
      "made by another version of canopy, and what that lacks is missing: Birch Council"
    );
  });

  test("where none has a column, or a table, it is missing for all", async () => {
    const lacks = ["is_whole_year", "held_share", "is_provisional"];
    const {years, kinds} = await rolled([
      {...alder, lacks, ratings: []},
      {...birch, lacks, ratings: []}
    ]);
    expect(years.map(row => [row.whole_councils, row.is_total, row.is_provisional])).toEqual([
      [0, false, true],
      [0, false, true],
      [0, false, true]
    ]);
    expect(kinds).toEqual([]);
  });

  test("a table that is cut short or gone costs its edition alone: the one before stands, and both are told", async () => {
    const before = {...alder, edition: "2026-09", asOf: "2026-09-30", years: [yearOf(2025, {scope_1_and_2_t_co2e: 7})]};
    const folder = await programmeOf([before, alder, birch]);
    const edition = join(folder, "lake", "council=E08000001", "edition=2026-10-31");
    const [table = ""] = (await readdir(edition)).filter(name => name.startsWith("reporting_years"));
    await truncate(join(edition, table), 100);
    await mkdir(join(folder, "lake", "council=E08000002", "edition=2026-11-30"));
    await writeFile(join(folder, "lake", "council=E08000002", "edition=2026-11-30", "manifest.json"), "{");
    const {councils, unreadable} = await rollUp(await read(folder));
    expect(unreadable).toEqual(["council=E08000001/edition=2026-10-31", "council=E08000002/edition=2026-11-30"]);
    expect(councils.map(row => [row.edition, row.t_co2e])).toEqual([
      ["2026-09", 7],
      ["2026-10-31", 140.5]
    ]);
    await rm(join(folder, "lake", "council=E08000001"), {recursive: true});
    await rm(join(folder, "lake", "council=E08000002", "edition=2026-10-31"), {recursive: true});
    await expect(rollUp(await read(folder))).rejects.toThrow(
      /holds no edition that can be read: .*\n {2}cannot be read: council=E08000002\/edition=2026-11-30/
    );
  });
});

async function canopy(...line: string[]): Promise<{code: number; printed: string}> {
  const effects = fixedEffects();
  const code = await main(line, effects);
  return {code, printed: effects.printed.join("\n")};
}

describe("what is written", () => {
  const filesOf = async (folder: string) => {
    const entries = await readdir(join(folder, "rollup"), {recursive: true, withFileTypes: true});
    const paths = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
    return new Map(
      await Promise.all(
        paths.sort().map(async path => [path.slice(join(folder, "rollup").length + 1), await readFile(path)] as const)
      )
    );
  };

  test("the same lake gives the same bytes wherever it lies, nothing is written twice, and all may be read by a web server", async () => {
    const [one, other] = [await programmeOf([alder, birch, dogwood]), await programmeOf([alder, birch, dogwood])];
    for (const folder of [one, other]) await keepShellIn(join(folder, ".cache"));
    const first = await canopy("rollup", one);
    expect(first.code).toBe(0);
    expect(first.printed.split("\n").slice(-2)).toEqual(["21 files written", join(one, "rollup", "index.html")]);
    await canopy("rollup", other);
    const files = await filesOf(one);
    expect(await filesOf(other)).toEqual(files);
    const page = join(one, "rollup", "index.html");
    const [before, manifestBefore] = [await stat(page), await stat(join(one, "rollup", "manifest.json"))];
    await chmod(page, 0o600);
    await chmod(join(one, "rollup", "data"), 0o700);
    expect((await canopy("rollup", one)).printed).toContain("nothing has changed since it was last written");
    expect((await stat(page)).ino).toBe(before.ino);
    expect((await stat(join(one, "rollup", "manifest.json"))).ino).toBe(manifestBefore.ino);
    for (const path of files.keys()) expect((await stat(join(one, "rollup", path))).mode & 0o777, path).toBe(0o644);
    for (const folder of ["", "data", "figures", "assets"])
      expect((await stat(join(one, "rollup", folder))).mode & 0o777, folder).toBe(0o755);
    const manifest = JSON.parse(String(files.get("manifest.json")));
    expect(manifest).toMatchObject({
      ...{programme: "Invented Programme", as_of: "2026-10-31", without: ["e08000004"]},
      editions: [
        {council: "E08000001", edition: "2026-10-31"},
        {council: "E08000002", edition: "2026-10-31"}
      ]
    });
    const hashes = [...files]
      .filter(([path]) => path !== "manifest.json")
      .map(([path, bytes]) => ({path, sha256: createHash("sha256").update(bytes).digest("hex")}));
    expect(manifest.files).toEqual(hashes);
    // The clock of the test says November: no file does.
    for (const [path, bytes] of files) expect(bytes.includes("2026-11-0"), path).toBe(false);
    await writeLake(one, [alder, {...birch, years: [yearOf(2025)]}, dogwood]);
    expect((await canopy("rollup", one)).printed).toMatch(/\n[1-9]\d? files written\n/);
    expect(String((await filesOf(one)).get("data/years.csv"))).toContain(
      "2025,true,3,2,290.25,0,,1,290.25,false,,false"
    );
  });

  test("each table is told column by column, in the order of its header, with its key, its units and what each is", async () => {
    const folder = await programmeOf([alder, birch]);
    await keepShellIn(join(folder, ".cache"));
    await canopy("rollup", folder);
    const files = await filesOf(folder);
    const tables = [...files.keys()].filter(path => path.endsWith(".csv"));
    expect(tables).toEqual(
      ["boroughs", "council_years", "councils", "kinds", "sources", "years"].map(name => `data/${name}.csv`)
    );
    for (const path of tables) {
      const metadata = JSON.parse(String(files.get(`${path}-metadata.json`)));
      const [header] = String(files.get(path)).split("\r\n");
      const columns = metadata.tableSchema.columns as Record<string, string>[];
      expect(columns.map(column => column.name).join(","), path).toBe(header);
      for (const column of columns) expect(column["dc:description"], `${path}: ${column.name}`).toMatch(/^\S.{3,}\.$/);
      expect(metadata.tableSchema.primaryKey, path).toBeDefined();
      expect(metadata["dc:description"], path).toMatch(/^\S.{20,}\.$/);
      expect([metadata["dc:publisher"], metadata["dc:modified"]["@value"]]).toEqual([
        "Invented Programme",
        "2026-10-31"
      ]);
    }
    const councils = JSON.parse(String(files.get("data/councils.csv-metadata.json"))).tableSchema.columns;
    expect(councils.find(({name}: {name: string}) => name === "t_co2e")).toMatchObject({
      ...{datatype: "number", required: false, "schema:unitText": "t CO₂e"},
      "dc:description": "Scopes 1 and 2 of it, location-based; at least so much where it is not whole."
    });
    expect(councils.find(({name}: {name: string}) => name === "as_of")).toMatchObject({datatype: "date"});
  });
});
