import {mkdir, mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {factorLines} from "../../../src/commands/status/factors.ts";
import {keyOf, mergeFactors} from "../../../src/reference/factors/merge.ts";
import {type Factor, factorSchema, readFactors, readProductFactors} from "../../../src/reference/factors/table.ts";

const columns = Object.keys(factorSchema.shape);

/** An official row of the council's: gas of an invented 2027 set. */
const official: Factor = {
  factor_set: 2027,
  set_version: "1",
  activity: "natural_gas",
  unit: "kWh",
  lifecycle_stage: "combustion",
  line: "combustion",
  scope: "1",
  kg_co2e_per_unit: 0.18,
  kg_co2_per_unit: null,
  kg_ch4_co2e_per_unit: null,
  kg_n2o_co2e_per_unit: null,
  calorific_basis: "gross",
  gwp_basis: "AR5",
  valid_from: "2027-01-01",
  valid_to: "2027-12-31",
  publisher: "DESNZ",
  source: "flat-2027.xlsx: Factors by Category, row 59",
  source_sha256: "0".repeat(64),
  held_as: "workbook",
  confirmation: "official",
  stand_in: null,
  note: null
};
const standIn: Factor = {...official, confirmation: "provisional", stand_in: "2026 set"};
const secondHand: Factor = {...official, confirmation: "provisional", held_as: "republication"};

describe("row by row", () => {
  test("a row the product does not have is added after its own", () => {
    const other = {...official, activity: "gas_oil", unit: "l" as const};
    expect(mergeFactors([other], [official])).toEqual({factors: [other, official], conflicts: []});
  });

  test.each([
    ["a stand-in", standIn],
    ["a second-hand figure", secondHand],
    ["a second-hand figure that is another", {...secondHand, kg_co2e_per_unit: 0.19}]
  ])("official takes the place of %s", (_, held) => {
    expect(mergeFactors([held], [official])).toEqual({factors: [official], conflicts: []});
  });

  test("equal official rows pass, and the product's stays", () => {
    const held = {...official, source: "the product's"};
    expect(mergeFactors([held], [official])).toEqual({factors: [held], conflicts: []});
    const noise = {...official, kg_co2e_per_unit: 0.18000000000000002};
    expect(mergeFactors([held], [noise]).conflicts).toEqual([]);
    expect(mergeFactors([{...held, kg_co2_per_unit: 0.17}], [official]).conflicts).toEqual([]);
  });

  test("of two official rows that differ the product's counts, and the council's is told", () => {
    const held = {...official, kg_co2e_per_unit: 0.19};
    expect(mergeFactors([held], [official])).toEqual({factors: [held], conflicts: [{council: official, counts: held}]});
    expect(
      mergeFactors([{...official, kg_co2_per_unit: 0.17}], [{...official, kg_co2_per_unit: 0.1}]).conflicts
    ).toHaveLength(1);
  });

  test("a council's second-hand figure takes no place, and is told where it differs", () => {
    const other = {...secondHand, kg_co2e_per_unit: 0.2};
    expect(mergeFactors([official], [other])).toEqual({
      factors: [official],
      conflicts: [{council: other, counts: official}]
    });
    expect(mergeFactors([standIn], [other]).factors).toEqual([standIn]);
  });
});

test("status names the rows that do not count, and is silent without any", () => {
  expect(factorLines({conflicts: []})).toEqual([]);
  const counts = {...official, kg_co2e_per_unit: 0.19};
  expect(
    factorLines({conflicts: [{council: official, counts}]})
      .join(" ")
      .replace(/\s+/g, " ")
  ).toBe(
    "Factors 1 row of council/emission-factors.csv not used, because the official figure differs: natural_gas combustion 2027 is 0.18 there, officially 0.19"
  );
});

describe("the table of a data folder", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "canopy-factors-"));
    await mkdir(join(folder, "council"));
  });
  afterEach(() => rm(folder, {recursive: true}));

  const write = (rows: readonly Factor[]) => {
    const cells = rows.map(row => columns.map(column => row[column as keyof Factor] ?? "").join(","));
    return writeFile(join(folder, "council", "emission-factors.csv"), [columns.join(","), ...cells, ""].join("\n"));
  };
  const plain = {...official, source: "flat.xlsx: row 59"};

  test("without a file of the council's the product's rows are as they are", async () => {
    expect(await readFactors(folder)).toEqual({factors: await readProductFactors(), conflicts: []});
  });

  test("a council's set that the product does not have yet is added", async () => {
    await write([plain]);
    const {factors, conflicts} = await readFactors(folder);
    expect(conflicts).toEqual([]);
    expect(factors.filter(({factor_set}) => factor_set === 2027)).toEqual([plain]);
    expect(factors).toHaveLength((await readProductFactors()).length + 1);
  });

  test("one factor twice, another scope and a word for a number are refused by row", async () => {
    await write([plain, plain]);
    await expect(readFactors(folder)).rejects.toThrow(
      `council/emission-factors.csv, row 3: a factor stands twice: ${keyOf(plain).replaceAll(" ", ", ")}`
    );
    await write([{...plain, scope: "3"}]);
    await expect(readFactors(folder)).rejects.toThrow(
      "council/emission-factors.csv, row 2: no factor that canopy uses"
    );
    await write([{...plain, kg_co2e_per_unit: "much" as unknown as number}]);
    await expect(readFactors(folder)).rejects.toThrow("council/emission-factors.csv, row 2, kg_co2e_per_unit: much:");
  });
});
