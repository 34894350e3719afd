import {cp, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {answer} from "../../src/commands/query/answer.ts";
import {summary as summaryOfRun} from "../../src/commands/run/summary.ts";
import {status} from "../../src/commands/status/status.ts";
import {readConfig} from "../../src/council/config.ts";
import {CanopyError} from "../../src/errors.ts";
import {type BuildResult, build, checkPublished, type Inputs, readInputs} from "../../src/models/build.ts";
import {type Model, nameOf, parseModel, withAncestors} from "../../src/models/graph.ts";
import {publish} from "../../src/publish/publish.ts";
import {type Connection, openDatabase} from "../../src/warehouse/connection.ts";
import {ofOneBuild, withPublished} from "../../src/warehouse/published.ts";
import {type Warehouse, warehousePaths} from "../../src/warehouse/warehouse.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {keepShell} from "../support/kept-shell.ts";
import {flat, portalFile} from "../support/supplier-files.ts";
import {openTestWarehouse} from "../support/warehouse.ts";

const [mpan] = mpans;

type Change = (model: Model) => Model;
const asItIs: Change = model => model;

/** The model of this name with one more check, which no row meets. */
const broken =
  (name: string): Change =>
  model =>
    nameOf(model) === name ? parseModel(model.layer, model.name, `-- broken\n-- check: 1 = 2\n${model.sql}`) : model;

/** The model of this name with other SQL. */
const replaced =
  (name: string, sql: string): Change =>
  model =>
    nameOf(model) === name ? {...model, sql} : model;

/** Builds every model, or these marts with all they are made from, some of them changed. */
async function buildWith(
  c: Canopy,
  change: Change,
  {marts = [], through = each => each}: {marts?: readonly string[]; through?: (warehouse: Warehouse) => Warehouse} = {}
): Promise<BuildResult> {
  const [config, read] = [await readConfig(c.folder, c.effects.now()), await readInputs(c.folder)];
  const warehouse = await openTestWarehouse(c.folder);
  try {
    const names = marts.map(name => `marts.${name}`);
    const models = marts.length === 0 ? read.models : await withAncestors(warehouse.connection, read.models, names);
    const inputs: Inputs = {...read, models: models.map(change)};
    return await build(through(warehouse), config, inputs);
  } finally {
    await warehouse.close();
  }
}

/** A day of 96 kWh, and the day up to which figures speak. */
async function bringDay(c: Canopy, date: string, asOf: string): Promise<void> {
  await c.bring(`${date}.csv`, portalFile("02/11/26 07:00", [{mpan, date, cells: flat(2)}]));
  const council = {name: "Test Council", ons_code: null, illustrative: null, as_of: asOf};
  await writeFile(join(c.folder, "council", "council.json"), JSON.stringify(council));
}

let made: Canopy;
const leave: (() => Promise<void>)[] = [];

beforeAll(async () => {
  made = new Canopy(await makeDataFolder(undefined, undefined, each => leave.push(each)));
  await bringDay(made, "2026-10-30", "2026-10-31");
  expect(await buildWith(made, asItIs)).toMatchObject({isUnchanged: false, failures: []});
  await bringDay(made, "2026-10-31", "2026-11-02");
  await keepShell(made.folder);
});

afterAll(async () => {
  for (const each of leave) await each();
});

/** Built on 31 October 2026 with one day of reads; another day and two days later, not built yet. A copy, which may be changed. */
async function twoDays(): Promise<Canopy> {
  const c = new Canopy(await makeDataFolder());
  await cp(made.folder, c.folder, {recursive: true});
  return c;
}

const rowsOf = (c: Canopy, sql: string) => withPublished(c.folder, connection => connection.rows(sql));
const daysOf = (c: Canopy, mart: string) =>
  rowsOf(c, `select settlement_date::date::varchar as day from marts.${mart} where consumption_kwh > 0 order by 1`);
const notFresh = (c: Canopy) =>
  rowsOf(c, "select mart, as_of::varchar as as_of from main.build_models where not is_fresh order by mart");

async function statusOf(c: Canopy, format: "text" | "json") {
  const {lines, code} = await status(await readConfig(c.folder, c.effects.now()), format, c.effects);
  return {text: lines.join("\n"), code};
}

/** The profile of a site is drawn from its energy by day, and its months are held against other records. */
const ofEnergy = ["agreements", "site_energy_daily", "site_load_profile"];
const energyAndProfile = ofEnergy.map(mart => ({mart, as_of: "2026-10-31"}));

describe("one mart breaks after a good build", () => {
  test("it keeps its rows, the others are new, and status, summary and check say so", async () => {
    const c = await twoDays();
    const {models, failures} = await buildWith(c, broken("marts.site_energy_daily"));
    expect(failures).toEqual([
      {
        model: "marts.site_energy_daily",
        reason: expect.stringMatching(/^marts\.site_energy_daily breaks its check \(1 = 2\)/)
      }
    ]);
    expect(models).toContain("marts.meter_days");
    expect(models).not.toContain("marts.site_energy_daily");
    expect(await rowsOf(c, "select count(*)::integer as days from marts.meter_days")).toEqual([{days: 2}]);
    expect(await daysOf(c, "site_energy_daily")).toEqual([{day: "2026-10-30"}]);
    expect(await notFresh(c)).toEqual(energyAndProfile);

    const {text, code} = await statusOf(c, "text");
    expect(code).toBe(1);
    expect(text).toContain("Failed    marts.site_energy_daily breaks its check (1 = 2)");
    expect(text).toContain("          not renewed since 31 Oct 2026: agreements, site_energy_daily, site_load_profile");
    expect(text).toContain("Withheld  energy: marts.site_energy_daily is of an earlier build, 31 Oct 2026");
    expect(text).not.toContain("Energy    ");
    const json = JSON.parse((await statusOf(c, "json")).text);
    expect(json).toMatchObject({
      is_well: false,
      not_renewed: energyAndProfile.map(({mart, as_of}) => ({
        mart,
        as_of_date: as_of,
        failed_model: "marts.site_energy_daily"
      })),
      parts_not_renewed: [
        {part: "last_12_months", mart: "site_energy_daily", as_of_date: "2026-10-31", is_withheld: true}
      ],
      last_12_months: {energy: null, coverage: null, generation: null}
    });
    const run = {pipelines: [], collected: [], ingests: [], builds: [], published: null, verified: null};
    const summary = await summaryOfRun(await readConfig(c.folder, c.effects.now()), run, c.effects);
    expect(summary.lines.join("\n")).toContain("Failed    marts.site_energy_daily breaks its check (1 = 2)");
    const checked = await checkPublished(c.folder);
    expect(checked.notRenewed.map(({mart}) => mart)).toEqual(ofEnergy);
    expect(checked.proved).toBe(models.filter(name => name.startsWith("marts.")).length);
  });

  test("what is told together is of one build: alone it is told with its date, beside a newer mart not at all", async () => {
    const c = await twoDays();
    await buildWith(c, broken("marts.site_energy_daily"), {marts: ["site_energy_daily", "meter_days"]});
    const told = (...statements: string[]) =>
      withPublished(c.folder, connection =>
        ofOneBuild(connection, async each => {
          for (const sql of statements) await each.rows(sql);
          return "told";
        })
      );
    const old = "select * from marts.site_energy_daily";
    const fresh = "select * from marts.meter_days";
    expect(await told(fresh)).toEqual({value: "told", notRenewed: null});
    expect(await told(old, old)).toMatchObject({value: "told", notRenewed: {as_of: new Date("2026-10-31")}});
    for (const mixed of [[old, fresh], [fresh, old], [`${old} semi join marts.meter_days using (settlement_date)`]])
      expect(await told(...mixed)).toMatchObject({value: null, notRenewed: {mart: "site_energy_daily"}});
    expect(await told(`${old} where settlement_date > (select as_of from main.build)`)).toMatchObject({value: null});
  });

  test("a question to it says of which day it is, one that joins it with newer marts is refused", async () => {
    const c = await twoDays();
    await buildWith(c, broken("marts.site_energy_daily"), {marts: ["site_energy_daily", "site_load_profile", "loads"]});
    const ask = async (sql: string) => {
      const notes: string[] = [];
      return {answer: JSON.parse(await answer(c.folder, sql, "json", {onOld: note => notes.push(note)})), notes};
    };
    const days = "select count(*)::integer as n from Site_Energy_Daily";
    const of = "is of 31 Oct 2026, because marts.site_energy_daily failed";
    expect(await ask("select count(*)::integer as n from loads")).toEqual({answer: [{n: 2}], notes: []});
    expect((await ask(days)).notes).toEqual([`not renewed in the last build: site_energy_daily ${of}`]);
    expect((await ask(`${days} where exists (from marts.site_load_profile)`)).notes).toHaveLength(1);
    await expect(ask(`${days} where exists (with l as (from marts.loads) from l)`)).rejects.toThrow(
      `this question reads marts of different builds: site_energy_daily ${of}`
    );
  });

  test("all that is made from it is old with it, to the same day; a second failure of another day is told apart", async () => {
    const c = await twoDays();
    const marts = ["annual_emissions", "trajectories", "energy_by_source", "loads"];
    const {failures} = await buildWith(
      c,
      replaced("intermediate.emissions", "select no_such_column from intermediate.activities"),
      {marts}
    );
    expect(failures.map(({model}) => model)).toEqual(["intermediate.emissions"]);
    const old = await notFresh(c);
    expect(old).toContainEqual({mart: "annual_emissions", as_of: "2026-10-31"});
    expect(old).toContainEqual({mart: "trajectories", as_of: "2026-10-31"});
    expect(old).not.toContainEqual(expect.objectContaining({mart: "energy_by_source"}));
    expect(await rowsOf(c, "select count(*)::integer as n from main.build_models where is_fresh")).not.toEqual([
      {n: 0}
    ]);

    await buildWith(c, model => broken("marts.loads")(broken("intermediate.emissions")(model)), {marts});
    const later = {mart: "loads", as_of: "2026-11-02"};
    expect(new Set(await notFresh(c))).toEqual(new Set([...old, later]));
    const told = (sql: string) => withPublished(c.folder, connection => ofOneBuild(connection, each => each.rows(sql)));
    expect((await told("from marts.annual_emissions semi join marts.trajectories on true")).value).not.toBeNull();
    expect((await told("from marts.annual_emissions semi join marts.loads on true")).value).toBeNull();
  });

  test("it is tried again each time, and fresh once it is mended", async () => {
    const c = await twoDays();
    for (const _ of [1, 2]) {
      expect(await buildWith(c, broken("marts.site_energy_daily"), {marts: ofEnergy})).toMatchObject({
        isUnchanged: false
      });
      expect(await notFresh(c)).toEqual(energyAndProfile);
      expect(await daysOf(c, "site_energy_daily")).toEqual([{day: "2026-10-30"}]);
    }
    expect(await buildWith(c, asItIs)).toMatchObject({isUnchanged: false, failures: []});
    expect(await daysOf(c, "site_energy_daily")).toEqual([{day: "2026-10-30"}, {day: "2026-10-31"}]);
    expect(await notFresh(c)).toEqual([]);
    const {text, code} = await statusOf(c, "text");
    expect(code).toBe(0);
    expect(text).not.toContain("Failed");
    expect(await buildWith(c, asItIs)).toMatchObject({isUnchanged: true});
  });

  test("with another contract its earlier rows do not fit: it is withheld", async () => {
    const c = await twoDays();
    const database = await openDatabase(warehousePaths(c.folder).published, {folders: []});
    const connection = await database.connect();
    await connection.run("update main.build_models set contract = '[]' where mart = 'site_energy_daily'");
    connection.close();
    database.close();
    await buildWith(c, broken("marts.site_energy_daily"), {marts: ofEnergy});
    expect(await notFresh(c)).toEqual(
      energyAndProfile.map(each => (each.mart === "site_energy_daily" ? {...each, as_of: null} : each))
    );
    await expect(daysOf(c, "site_energy_daily")).rejects.toThrow("does not exist");
  });
});

test("broken in the first build it is withheld, and what is told says so and goes on", async () => {
  const c = new Canopy(await makeDataFolder());
  await bringDay(c, "2026-10-30", "2026-10-31");
  await buildWith(c, broken("marts.data_coverage"));
  expect(await notFresh(c)).toEqual([{mart: "data_coverage", as_of: null}]);
  const {text, code} = await statusOf(c, "text");
  expect(code).toBe(1);
  expect(text).toContain("          withheld, no earlier rows fit: data_coverage");
  expect(text).toContain("Withheld  energy: marts.data_coverage is not there, because marts.data_coverage failed");
  expect(text).toContain("Nothing needs your attention");
  await buildWith(c, broken("marts.data_coverage"), {marts: ["data_coverage"]});
  expect(await notFresh(c)).toEqual([{mart: "data_coverage", as_of: null}]);
});

/** What was published, by path. */
async function published(c: Canopy) {
  const {folder, notices} = await publish(await readConfig(c.folder, c.effects.now()));
  const manifest = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"));
  const paths: string[] = manifest.files.map(({path}: {path: string}) => path);
  const text = async (ending: string) =>
    readFile(join(folder, paths.find(path => path.endsWith(ending)) ?? "not there"), "utf8");
  return {notices, manifest, paths, text};
}

describe("published over a failure", () => {
  test("a figure of one earlier build says its day; one that would mix two builds is not drawn", async () => {
    const c = await twoDays();
    const both: Change = model => broken("marts.site_energy_daily")(broken("marts.data_coverage")(model));
    await buildWith(c, both);
    const {notices, manifest, paths, text} = await published(c);
    const [coverage, energy] = ["marts.data_coverage", "marts.site_energy_daily"];
    const old = {what: "figure data-coverage", as_of: "31 Oct 2026", failed_model: coverage};
    expect(notices).toContainEqual(old);
    expect(manifest.not_renewed).toEqual(notices);
    expect(await text("figures/data-coverage.svg")).toMatch(/not\s+renewed/);
    expect(notices).toContainEqual({what: "figure carpet", as_of: null, failed_model: energy});
    const carpets = (all: readonly string[]) => all.filter(path => path.startsWith("figures/carpet"));
    expect(carpets(paths)).toEqual([]);
    expect(notices).toContainEqual({what: "table site_energy_daily", as_of: "31 Oct 2026", failed_model: energy});
    expect(await text("tables/site_energy_daily.csv")).not.toContain("2026-10-31");
    const badge = `<p class="badge">figure data-coverage: as of 31 Oct 2026, not renewed, because ${coverage} failed`;
    expect(await text("site/data-health.html")).toContain(badge);
    expect(await text("site/open-data.html")).toContain('<p class="badge">table site_energy_daily: as of 31 Oct 2026');
    expect(await text("figures/emissions-by-source.svg")).not.toContain("renewed");

    await buildWith(c, asItIs);
    const mended = await published(c);
    expect(mended.notices).toEqual([]);
    expect(mended.manifest).not.toHaveProperty("not_renewed");
    expect(await mended.text("site/data-health.html")).not.toContain("renewed");
    expect(carpets(mended.paths)).toHaveLength(2);
  });

  test("what was never built is withheld, with the reason in its place, and the rest is published", async () => {
    const c = new Canopy(await makeDataFolder());
    await bringDay(c, "2026-10-30", "2026-10-31");
    await buildWith(c, broken("intermediate.emissions"));
    await keepShell(c.folder);
    const {notices, paths, text} = await published(c);
    const failed_model = "intermediate.emissions";
    expect(notices).toContainEqual({what: "figure emissions-by-source", as_of: null, failed_model});
    expect(notices).toContainEqual({what: "table annual_emissions", as_of: null, failed_model});
    expect(paths).toContain("figures/data-coverage.svg");
    expect(paths).not.toContain("tables/annual_emissions.csv");
    expect(paths).not.toContain("site/data/annual_emissions.csv");
    expect(paths).not.toContain("site/figures/emissions-by-source.csv");
    const page = await text("site/index.html");
    expect(page).toContain(
      '<p class="badge">figure emissions-by-source: withheld, because intermediate.emissions failed'
    );
    expect(page).toContain(
      '<p class="absent">figure emissions-by-source: withheld, because intermediate.emissions failed'
    );
  });
});

test("a model that does not parse, or reads itself in a circle, stops only what is made from it", async () => {
  const c = new Canopy(await makeDataFolder());
  const change: Change = model =>
    replaced(
      "marts.loads",
      "select from from"
    )(replaced("marts.observations", "select * from marts.observations_again")(model));
  const {failures, models} = await buildWith(c, change, {marts: ["loads", "observations", "meter_days"]});
  expect(failures.map(({reason}) => reason)).toEqual([
    expect.stringMatching(/^marts\.loads: /),
    "marts.observations reads what is not there: marts.observations_again"
  ]);
  expect(models).toContain("marts.meter_days");
});

test("a failure of the machine is no failure of a model: it ends the build, and the marts stay as they were", async () => {
  const c = await twoDays();
  const failing = (connection: Connection): Connection => ({
    ...connection,
    script: async sql => {
      if (sql.startsWith("create table published.marts.loads")) throw new CanopyError("no memory", {code: "fatal"});
      return connection.script(sql);
    }
  });
  const through = (warehouse: Warehouse): Warehouse => ({
    ...warehouse,
    database: {...warehouse.database, connect: async () => failing(await warehouse.database.connect())}
  });
  await expect(buildWith(c, asItIs, {marts: ["loads"], through})).rejects.toThrow(
    "marts.loads does not build: no memory"
  );
  expect(await daysOf(c, "site_energy_daily")).toEqual([{day: "2026-10-30"}]);
});
