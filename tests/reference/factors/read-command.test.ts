import {readFile, rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {beforeAll, beforeEach, describe, expect, test, vi} from "vitest";
import {main} from "../../../src/cli.ts";
import {factorLines} from "../../../src/commands/status/factors.ts";
import {withRows} from "../../../src/reference/factors/compare.ts";
import {type FactorUsed, factorsUsed} from "../../../src/reference/factors/factors-used.ts";
import {type Factor, productTable, readFactors, readProductFactors} from "../../../src/reference/factors/table.ts";
import {factorsText} from "../../../src/reference/factors/write-table.ts";
import {fixedEffects} from "../../support/canopy.ts";
import {makeDataFolder} from "../../support/data-folder.ts";
import {figureOf, keyOf} from "./table.ts";
import {type Cells, flatFile, header2025, row2025} from "./workbooks.ts";

let folder: string;
let product: Factor[];

beforeAll(async () => {
  product = await readProductFactors();
});

beforeEach(async () => {
  folder = await makeDataFolder();
  return () => rm(folder, {recursive: true, force: true});
});

const ownTable = () => join(folder, "council", "emission-factors.csv");
const hasOwnTable = () =>
  readFile(ownTable()).then(
    () => true,
    () => false
  );

/** Rows of an invented flat file with every factor in use: the figures of a set that is held, but for those of `other`. */
function rowsLike(set: number, other: Record<string, number | null> = {}): Cells[] {
  return factorsUsed.flatMap(used => {
    const held = product.find(row => row.factor_set === set && keyOf(row) === keyOf(used));
    const figure = keyOf(used) in other ? other[keyOf(used)] : held && figureOf(held);
    return figure === null || figure === undefined ? [] : [rowOf(used, figure)];
  });
}

function rowOf({scope, published}: FactorUsed, factor: number, gas = scope === "outside" ? "CO2" : null): Cells {
  const [level_1 = "", level_2 = "", level_3 = ""] = [published.level_1, published.level_2, published.level_3].map(
    labels => labels[0]
  );
  return row2025({
    scope: scope === "outside" ? "Outside of Scopes" : `Scope ${scope}`,
    level_1,
    level_2,
    level_3,
    text: published.column_text[0] ?? null,
    uom: published.uom,
    gas: gas === null ? "kg CO2e" : `kg CO2e of ${gas} per unit`,
    factor
  });
}

async function bring(year: number, rows: Cells[]): Promise<string> {
  const path = join(folder, `flat-${year}.xlsx`);
  const header = [...header2025.slice(0, -1), `GHG Conversion Factor ${year}`];
  await writeFile(path, flatFile(rows, {year, header}));
  return path;
}

/** Runs `canopy factors read`; lines with single spaces. */
async function read(path: string, ...options: string[]) {
  const errors: string[] = [];
  const spy = vi.spyOn(process.stderr, "write").mockImplementation(text => errors.push(String(text)) > 0);
  const effects = fixedEffects();
  try {
    const code = await main(["factors", "read", path, "--data", folder, ...options], effects);
    return {code, out: effects.printed.join("\n").replace(/ +/g, " "), err: errors.join("")};
  } finally {
    spy.mockRestore();
  }
}

const gas = "natural_gas combustion kWh";
const power = "electricity generation kWh";

describe("a set that canopy does not have", () => {
  test("is shown against nothing, as a form that was never tried, and is not written", async () => {
    const {code, out} = await read(await bring(2027, rowsLike(2026, {[gas]: 0.18})));
    expect(code).toBe(0);
    expect(out).toContain("flat-2027.xlsx, sheet Factors by Category: the 2027 set, version 1.2, 46 published figures");
    expect(out).toContain("Unconfirmed: no flat file of 2027 was ever tried. Its form is taken to be that of 2025");
    expect(out).toContain("natural_gas combustion kWh 1 2027 → 0.18 new");
    expect(out).toContain("46 factors that canopy uses: 0 equal to what is held, 46 shown above.");
    expect(out).toContain("Nothing was written: --write keeps it.");
    expect(await hasOwnTable()).toBe(false);
  });

  test("is kept with --write, counts from then on, and is equal when it is read again", async () => {
    const path = await bring(2027, rowsLike(2026, {[gas]: 0.18, "electricity biogenic kWh": 0.1}));
    const {code, out} = await read(path, "--write");
    expect([code, out]).toEqual([0, expect.stringContaining("Written: 46 rows to ")]);
    const {factors, conflicts} = await readFactors(folder);
    const ofSet = factors.filter(({factor_set}) => factor_set === 2027);
    expect(conflicts).toEqual([]);
    expect(ofSet.map(keyOf)).toEqual(factorsUsed.map(keyOf));
    expect(ofSet.find(row => keyOf(row) === gas)).toMatchObject({
      set_version: "1.2",
      kg_co2e_per_unit: 0.18,
      kg_co2_per_unit: null,
      calorific_basis: "gross",
      gwp_basis: "AR5",
      valid_from: "2027-01-01",
      valid_to: "2027-12-31",
      publisher: "DESNZ",
      source: "flat-2027.xlsx: Factors by Category, row 12",
      held_as: "workbook",
      confirmation: "official",
      note: "the form of the file is taken to be that of the 2025 flat file, unconfirmed"
    });
    expect(ofSet.find(row => keyOf(row) === "electricity biogenic kWh")).toMatchObject({
      kg_co2e_per_unit: null,
      kg_co2_per_unit: 0.1
    });
    expect((await read(path, "--write")).out).toContain(
      "46 equal to what is held.\n\nNothing was written: nothing is new."
    );
  });

  test("a later version revises the council's own row, and no other", async () => {
    await read(await bring(2027, rowsLike(2026, {[gas]: 0.18})), "--write");
    const {out} = await read(await bring(2027, rowsLike(2026, {[gas]: 0.189})), "--write");
    expect(out).toContain("natural_gas combustion kWh 1 2027 0.18 → 0.189 +5% revises your own row");
    expect(out).toContain("Written: 1 row to ");
    const {factors} = await readFactors(folder);
    const ofSet = factors.filter(({factor_set}) => factor_set === 2027);
    expect(ofSet).toHaveLength(46);
    const revised = ofSet.find(row => keyOf(row) === gas);
    expect(revised?.kg_co2e_per_unit).toBe(0.189);
    expect(revised?.note).toContain("was 0.18 by flat-2027.xlsx: Factors by Category, row 12");
  });

  test("a set without some factor says so; a step of over a quarter is told, with whether its reason is written", async () => {
    const {code, out} = await read(
      await bring(2027, rowsLike(2026, {"gas_oil combustion l": null, "water_supply supply m3": 0.1}))
    );
    expect(code).toBe(0);
    expect(out).toContain("Not in this workbook, though the 2026 set has it");
    expect(out).toContain("gas_oil combustion per l");
    expect(out).toContain("water_supply supply per m3: −47.7%, not written yet");
  });
});

describe("a set that canopy has", () => {
  test("an official 2026 workbook takes the place of stand-ins and second-hand figures, and its equal figures make them official", async () => {
    const {code, out} = await read(await bring(2026, rowsLike(2026, {"diesel biogenic l": 0.15})), "--write");
    expect(code).toBe(0);
    expect(out).toContain("diesel biogenic l outside 2026 0.14 → 0.15 +7.1% replaces a stand-in");
    expect(out).toContain("electricity generation kWh 2 2026 0.13096 → 0.13096 0% replaces a second-hand figure");
    expect(out).toContain("electricity generation per kWh: −26%, written");
    const {factors, conflicts} = await readFactors(folder);
    const ofSet = factors.filter(({factor_set}) => factor_set === 2026);
    expect(conflicts).toEqual([]);
    expect(ofSet).toHaveLength(46);
    expect(ofSet.every(({confirmation, stand_in}) => confirmation === "official" && stand_in === null)).toBe(true);
    expect(factors).toHaveLength(product.length);
  });

  test("of an official figure that differs canopy's counts, and status names it", async () => {
    const {out} = await read(await bring(2025, rowsLike(2025, {[power]: 0.178})), "--write");
    expect(out).toContain(
      "electricity generation kWh 2 2025 0.177 → 0.178 +0.6% differs from an official row, which counts"
    );
    const held = await readFactors(folder);
    expect(held.factors).toEqual(product);
    expect(factorLines(held).join(" ").replace(/\s+/g, " ")).toContain(
      "electricity generation 2025 is 0.178 there, officially 0.177"
    );
  });
});

describe("what is not as a set of factors is, is said and never written", () => {
  const broken = async (rows: Cells[], words: string) => {
    const {code, out} = await read(await bring(2027, rows), "--write");
    expect(out).toContain(words);
    expect(out).toMatch(/Nothing was written\.$/);
    expect(code).toBe(1);
    expect(await hasOwnTable()).toBe(false);
  };

  test("a line without its well-to-tank", () =>
    broken(rowsLike(2026, {"diesel well_to_tank l": null}), "diesel combustion per l is without its well-to-tank"));

  test("a unit that has slipped", () =>
    broken(
      rowsLike(2026, {[gas]: 182.31}),
      "natural_gas combustion per kWh, flat-2027.xlsx: Factors by Category, row 12: 1.0e+3 times"
    ));

  test("parts that do not add up", async () => {
    const used = factorsUsed.find(one => keyOf(one) === gas) as FactorUsed;
    const parts = [0.18, 0.002, 0.001].map((kg, index) => rowOf(used, kg, ["CO2", "CH4", "N2O"][index]));
    await broken([...rowsLike(2026), ...parts], "parts sum to CO2e within 0.000025");
  });

  test("zero for a factor", () => broken(rowsLike(2026, {[power]: 0}), "within scopes there is CO2e"));
});

describe("what is no flat file is refused before it is read", () => {
  test.each([
    ["a text", "flat.xlsx", "Scope,Level 1", "flat.xlsx: is not what its name says"],
    [
      "an archive",
      "flat.zip",
      Buffer.from("504b0506".padEnd(44, "0"), "hex"),
      "flat.zip: a zip archive, not a workbook"
    ]
  ])("%s", async (_, name, bytes, words) => {
    await writeFile(join(folder, name), bytes);
    const {code, err} = await read(join(folder, name), "--write");
    expect(err).toContain(words);
    expect(code).toBe(1);
  });
});

test("canopy's own table is written as it is read, to the byte", async () => {
  expect(factorsText(withRows(product, []))).toBe(await readFile(productTable, "utf8"));
});

test("canopy's own table is what --product compares with, and alone", async () => {
  await read(await bring(2027, rowsLike(2026)), "--write");
  expect((await read(await bring(2027, rowsLike(2026)), "--product")).out).toContain(
    "0 equal to what is held, 46 shown"
  );
});
