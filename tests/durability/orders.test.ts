import {rm} from "node:fs/promises";
import {join} from "node:path";
import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {decide} from "../../src/ingest/withdraw.ts";
import {marts} from "../../src/models/marts/index.ts";
import type {Warehouse} from "../../src/warehouse/warehouse.ts";
import {defineProof} from "../prove/proof.ts";
import {fixedEffects} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {
  buildMarts,
  canonical,
  deliver,
  differences,
  emptyInbox,
  readLedger,
  readMarts,
  sha256,
  type Tables,
  takeIn,
  withWarehouse
} from "./folder.ts";
import {
  type Arrival,
  arrivalsAt,
  dailyByOracle,
  dailyOfSite,
  heldAtSite,
  heldByOracle,
  registeredMeters,
  type Site,
  siteOf,
  stepName,
  tablesOfSite,
  textOf
} from "./sites.ts";

const seed = Number(process.env.CANOPY_TEST_SEED ?? 20261025);
const files = 12;
/** Sites, so orders, of one part of the proof. */
const sitesOfPart = 40;
const everyFile = [...Array(files).keys()];
const compared = ["meter_days", "site_energy_daily", "data_coverage", "held_meters"];
/** Those of one site: no meter of it is unknown. */
const ofHistory = compared.slice(0, 3);

const randomOrders = (count: number, from = seed) =>
  fc.sample(fc.shuffledSubarray(everyFile, {minLength: files}), {seed: from, numRuns: count});

const spoken = ({name, order}: Site) => `seed ${seed}, ${name}, files in the order ${order.join(" ")}`;

function expectAsTheOracleSays(tables: Tables, site: Site, withdrawn: readonly number[] = []): void {
  const held = heldByOracle(site, withdrawn);
  expect(differences(heldAtSite(tables, site), held), spoken(site)).toEqual([]);
  expect(dailyOfSite(tables, site), spoken(site)).toEqual(dailyByOracle(held));
}

/**
 * Many sites in one warehouse, each with the same twelve files for its own meters and an order of its own: every order gives the same tables, and
 * half-hours and totals are those of the oracle. A step's deliveries travel together where they were issued together, so that a hundred histories cost
 * what a dozen would.
 */
defineProof("orders", {
  parts: {small: 1, whole: 12},
  async prove(_part, seed) {
    const sites = randomOrders(sitesOfPart, seed).map((order, index) => siteOf(order, index));
    const folder = await makeDataFolder(registeredMeters(sites));
    const effects = fixedEffects();
    const arrivals = withDuplicates(everyFile.flatMap(step => arrivalsAt(sites, step)));
    await withWarehouse(folder, async warehouse => {
      for (const [first, last] of [
        [0, 2],
        [3, 7],
        [8, 11]
      ] as const) {
        for (const {name, text} of arrivals.filter(({step}) => step >= first && step <= last))
          await deliver(folder, name, text);
        const {loads} = await takeIn(warehouse, folder, effects);
        expect(loads.filter(({outcome, rows_rejected}) => outcome !== "landed" || rows_rejected > 0)).toEqual([]);
      }
      await buildMarts(warehouse, folder, effects);
    });
    const tables = await readMarts(folder, compared);
    const texts = sites.map(site => tablesOfSite(tables, site));
    for (const [index, site] of sites.entries()) {
      expect(texts[index], spoken(site)).toBe(texts[0]);
      expectAsTheOracleSays(tables, site);
    }
    await expectNothingNew(folder, effects, arrivals);
    return {sites: sites.length, files: arrivals.length};
  }
});

/** Every tenth delivery comes a second time under another name, at a step of its own: before the first or after it. */
function withDuplicates(arrivals: readonly Arrival[]): Arrival[] {
  const steps = fc.sample(fc.nat(files - 1), {seed, numRuns: arrivals.length});
  const again = arrivals.map(({text}, index) => {
    const step = steps[index] ?? 0;
    return {step, name: `${stepName(step)}-again-${index}.csv`, text};
  });
  return [...arrivals, ...again.filter((_, index) => index % 10 === 0)];
}

/** Brings everything in again, as it was and under other names: no load, no row and no figure is new. */
async function expectNothingNew(
  folder: string,
  effects: ReturnType<typeof fixedEffects>,
  arrivals: readonly Arrival[]
): Promise<void> {
  const before = await readMarts(folder);
  for (const {name, text} of arrivals) await deliver(folder, `again-${name}`, text);
  await withWarehouse(folder, async warehouse => {
    const ledger = canonical(await readLedger(warehouse));
    const {loads, known} = await takeIn(warehouse, folder, effects);
    expect(loads).toEqual([]);
    expect(known.length).toBeGreaterThanOrEqual(2 * arrivals.length);
    expect(canonical(await readLedger(warehouse))).toBe(ledger);
    expect(await buildMarts(warehouse, folder, effects)).toBe(false);
    await rm(join(folder, "warehouse", "published.duckdb"));
    expect(await buildMarts(warehouse, folder, effects)).toBe(true);
  });
  expect(canonical(await readMarts(folder))).toBe(canonical(before));
}

/** Which files of the story are withdrawn once all have come. */
const withdrawn = [5, 10];

/** One council of one site, to which the files come one by one, in several runs. */
async function bringHistory(site: Site, cuts: readonly number[]): Promise<string> {
  const folder = await makeDataFolder(registeredMeters([site]));
  const effects = fixedEffects();
  for (const step of everyFile) {
    for (const {name, text} of arrivalsAt([site], step)) await deliver(folder, name, text);
    if (cuts.includes(step) || step === files - 1) await withWarehouse(folder, it => takeIn(it, folder, effects));
  }
  await withWarehouse(folder, warehouse => buildMarts(warehouse, folder, effects, ofHistory));
  return folder;
}

/** Withdraws some files and, by mistake, another, then builds these marts. */
async function withdrawSome(folder: string, site: Site, marts: readonly string[]): Promise<void> {
  const effects = fixedEffects("2026-11-04T12:00:00Z");
  await withWarehouse(folder, async warehouse => {
    for (const file of withdrawn) {
      const load = await loadOf(warehouse, textOf(site, file));
      await decide(warehouse, folder, load, "withdrawn", "a trial", effects);
    }
    const load = await loadOf(warehouse, textOf(site, 0));
    await decide(warehouse, folder, load, "withdrawn", "a mistake", effects);
    await decide(warehouse, folder, load, "reinstated", "it was right", effects);
    await buildMarts(warehouse, folder, effects, marts);
  });
}

async function loadOf({connection}: Warehouse, text: string): Promise<number> {
  const sql = "select load_id from ops.loads where sha256 = $1 and superseded_by is null";
  return (await connection.row<{load_id: number}>(sql, [sha256(text)])).load_id;
}

describe("one council and the whole of its history", () => {
  const histories = [everyFile, ...randomOrders(2, seed + 1)].map(order => siteOf(order));
  const cuts = [[], [0, 6], [2, 3, 9]];

  test("every order gives the same tables, the same with loads withdrawn, and the archive alone gives them again, of the last all marts", async () => {
    const texts: string[] = [];
    for (const [index, site] of histories.entries()) {
      const folder = await bringHistory(site, cuts[index] ?? []);
      const whole = await readMarts(folder, ofHistory);
      expectAsTheOracleSays(whole, site);
      const rebuilt = index === histories.length - 1 ? [...marts.keys()] : ofHistory;
      await withdrawSome(folder, site, rebuilt);
      const partly = await readMarts(folder, ofHistory);
      expectAsTheOracleSays(partly, site, withdrawn);
      texts.push(canonical([whole, partly]));
      await expectTheSameFromTheArchive(folder, rebuilt);
    }
    for (const text of texts) expect(text, `seed ${seed}`).toBe(texts[0]);
  });
});

/** Deletes the warehouse and the inbox, and makes the warehouse and these marts again. */
async function expectTheSameFromTheArchive(folder: string, marts: readonly string[]): Promise<void> {
  const before = await readMarts(folder, marts);
  const effects = fixedEffects("2027-01-01T12:00:00Z");
  await rm(join(folder, "warehouse"), {recursive: true});
  await emptyInbox(folder);
  await withWarehouse(folder, async warehouse => {
    const {loads, known} = await takeIn(warehouse, folder, effects);
    expect([loads.length, known.length]).toEqual([files, 0]);
    await buildMarts(warehouse, folder, effects, marts);
  });
  const after = await readMarts(folder, marts);
  for (const name of Object.keys(before)) expect(canonical(after[name]), name).toBe(canonical(before[name]));
}
