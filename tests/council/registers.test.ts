import {mkdtemp, readdir, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {expect, onTestFinished, test} from "vitest";
import {type Columns, column, date, inFileOnly, name, optional, wholeLife} from "../../src/council/columns.ts";
import {initCouncil} from "../../src/council/init.ts";
import {defineRegister, loadRegister, type RegisterFacts, rowsOf} from "../../src/council/register.ts";
import {councilRegisters, loadRegisters, readRegisters} from "../../src/council/registers.ts";
import {parts} from "../../src/council/targets.ts";
import {boroughEmissions, boroughReleases} from "../../src/reference/borough/borough-registers.ts";
import {factorChecks} from "../../src/reference/factors/checks.ts";
import {emissionFactors} from "../../src/reference/factors/table.ts";
import {implausibleReadings} from "../../src/reference/implausible.ts";
import {referenceRegisters} from "../../src/reference/references.ts";
import {thresholds} from "../../src/reference/thresholds.ts";
import {openDatabase} from "../../src/warehouse/connection.ts";
import {expectGenerated, markdownTable} from "../support/sources-readme.ts";

const coded = (names: readonly string[]) => names.map(each => `\`${each}\``).join(", ");

const filesTable = (registers: readonly RegisterFacts[]) =>
  markdownTable(
    ["file", "a row is", "named by"],
    registers.map(({file, description, key, isOptional}) => [
      `\`${file}\`${isOptional ? "" : " (needed)"}`,
      description,
      coded(key)
    ])
  );

const mayBeEmpty = (columns: Columns, each: string) => columns[each]?.cell.safeParse(null).success ?? false;

const columnsTable = (registers: readonly RegisterFacts[]) =>
  markdownTable(
    ["file", "column", "may be empty", "what it says"],
    registers.flatMap(({file, columns}) =>
      Object.entries(columns).map(([each, {description, words = []}]) => [
        `\`${file}\``,
        `\`${each}\``,
        mayBeEmpty(columns, each) ? "yes" : "",
        [description, ...(words.length === 0 ? [] : [`One of ${coded(words)}.`])].join(" ")
      ])
    )
  );

test("the tables of src/council/README.md and src/reference/README.md are those of the declared registers", async () => {
  const council = "src/council/README.md";
  await expectGenerated("registers", filesTable(councilRegisters), council);
  await expectGenerated("columns", columnsTable(councilRegisters), council);
  const items = Object.entries(parts).map(([item, {description, cell}]) => [
    `\`${item}\``,
    cell.safeParse(undefined).success ? "yes" : "",
    description
  ]);
  await expectGenerated("targets", markdownTable(["item", "may be left out", "what it says"], items), council);
  const factors = [emissionFactors, factorChecks];
  const reference = [
    ...referenceRegisters,
    implausibleReadings,
    thresholds,
    ...factors,
    boroughEmissions,
    boroughReleases
  ];
  await expectGenerated("reference", filesTable(reference), "src/reference/README.md");
  await expectGenerated("columns", columnsTable(reference), "src/reference/README.md");
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "canopy-registers-"));
  onTestFinished(() => rm(folder, {recursive: true, force: true}));
  return folder;
}

test("init writes every register with its header and no row, and reads them all", async () => {
  const folder = await newFolder();
  await initCouncil(folder, "Test Council", null);
  const council = join(folder, "council");
  const written = (await readdir(council)).filter(each => each.endsWith(".csv")).sort();
  expect(written).toEqual(councilRegisters.map(({file}) => file).sort());
  for (const {file, header} of councilRegisters)
    expect(await readFile(join(council, file), "utf8"), file).toBe(`${header}\n`);
  expect(written).toContain("meters.csv");
  expect(await readFile(join(council, "meters.csv"), "utf8")).toBe(
    "meter_point_id,serial,unit,digits,multiplier,volume_correction,gas_zone,valid_from,valid_to\n"
  );
  expect(await readRegisters(folder)).toMatchObject({sites: [], meterPoints: [], targets: [], annualReturns: []});
});

async function scratch() {
  const database = await openDatabase(":memory:", {folders: []});
  const connection = await database.connect();
  await connection.run("attach ':memory:' as scratch");
  await connection.run("create schema scratch.council");
  return connection;
}

test("each register lands in a table of the columns and types that it declares", async () => {
  const folder = await newFolder();
  await initCouncil(folder, "Test Council", null);
  const connection = await scratch();
  await loadRegisters(connection, await readRegisters(folder));
  const found = await connection.rows<{table_name: string; column_name: string; data_type: string}>(
    "select table_name, column_name, data_type from information_schema.columns where table_catalog = 'scratch' order by table_name, ordinal_position"
  );
  const landing = councilRegisters.filter(({table}) => table !== null);
  expect(landing.length).toBe(councilRegisters.length - 4);
  for (const {table, types} of landing)
    expect(
      found
        .filter(({table_name}) => `council.${table_name}` === table)
        .map(({column_name, data_type}) => `${column_name} ${data_type.toLowerCase()}`),
      String(table)
    ).toEqual(Object.entries(types).map(([each, type]) => `${each} ${type}`));
  expect(found.some(({column_name}) => ["registration", "tag"].includes(column_name))).toBe(false);
});

const lamps = defineRegister({
  file: "lamps.csv",
  description: "A lamp.",
  table: "council.lamps",
  key: ["lamp_id"],
  sharesADay: "two lamps on one post",
  columns: {
    lamp_id: {...name("The post."), lands: "post_id"},
    watts: optional(column("double", name("").cell.transform(Number), "Its watts.")),
    seen_on: date("When it was seen."),
    note: inFileOnly(optional(name("Anything else."))),
    ...wholeLife
  },
  rules: [({watts}) => (watts !== null && watts > 400 ? ["watts", "brighter than any lamp"] : null)]
});

test("one declaration reads, checks and lands: a renamed column, one that stays in the file, an open end", async () => {
  expect(lamps.header).toBe("lamp_id,watts,seen_on,note,valid_from,valid_to");
  const text = (...rows: string[]) => [lamps.header, ...rows, ""].join("\n");
  const rows = rowsOf(lamps, text("P1,35,2026-01-02,x,,2026-03-31", "P1,50,2026-04-02,,2026-04-01,"), "lamps.csv");
  const connection = await scratch();
  await loadRegister(connection, lamps, rows);
  expect(
    await connection.rows(
      "select post_id, watts, seen_on::varchar as seen_on, valid_from::varchar as valid_from, valid_to::varchar as valid_to from scratch.council.lamps order by watts"
    )
  ).toEqual([
    {post_id: "P1", watts: 35, seen_on: "2026-01-02", valid_from: "1900-01-01", valid_to: "2026-03-31"},
    {post_id: "P1", watts: 50, seen_on: "2026-04-02", valid_from: "2026-04-01", valid_to: "9999-12-31"}
  ]);
  const said =
    (...lines: string[]) =>
    () =>
      rowsOf(lamps, text(...lines), "lamps.csv");
  expect(said("P1,35,2026-01-02,,,", "P1,35,2026-01-03,,2026-01-01,")).toThrow(
    "lamps.csv, row 3, lamp_id: P1: two lamps on one post"
  );
  expect(said("P1,500,2026-01-02,,,")).toThrow("lamps.csv, row 2, watts: 500: brighter than any lamp");
  expect(said("P1,5,2026-01-32,,,")).toThrow("lamps.csv, row 2, seen_on: 2026-01-32: ");
  expect(said("P1,5,2026-01-02,,2026-02-02,2026-02-01")).toThrow(
    "lamps.csv, row 2, valid_to: 2026-02-01: valid_to is before valid_from"
  );
});
