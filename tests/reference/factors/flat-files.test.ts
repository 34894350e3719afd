import {beforeAll, describe, expect, test} from "vitest";
import {openFlatFile} from "../../../src/commands/factors/open-flat-file.ts";
import {findFactors} from "../../../src/reference/factors/find-factors.ts";
import type {FlatFile} from "../../../src/reference/factors/read-flat-file.ts";
import {hasRealData, realPath} from "../../support/real-data.ts";
import {type FactorRow, keyOf, kgOf, readFactorTable} from "./table.ts";

let rows: FactorRow[];

/** A sheet keeps 15 digits; the table has the noise of binary fractions in some of its figures. */
const toSheetDigits = (kg: ReturnType<typeof kgOf>) =>
  Object.fromEntries(Object.entries(kg).map(([gas, value]) => [gas, value && Number(value.toPrecision(15))]));

beforeAll(async () => {
  rows = await readFactorTable();
});

const published = [
  {
    name: "Conversion_Factors_2020_flat.xlsx",
    is: {factor_set: 2020, set_version: "1", header_row: 5, set_aside: {energy: 514, empty: 853, bound: 2}},
    lastRow: 7514,
    factors: 6140
  },
  {
    name: "ghg-conversion-factors-2023-flat-file-update.xlsx",
    is: {factor_set: 2023, set_version: "1.1", header_row: 6, set_aside: {energy: 514, empty: 1047, bound: 0}},
    lastRow: 8044,
    factors: 6477
  },
  {
    name: "ghg-conversion-factors-2025-flat-file.xlsx",
    is: {factor_set: 2025, set_version: "1", header_row: 6, set_aside: {energy: 514, empty: 1648, bound: 0}},
    lastRow: 8746,
    factors: 6578
  }
];

describe.runIf(hasRealData).each(published)("$name", ({name, is, lastRow, factors}) => {
  let flat: FlatFile;

  beforeAll(async () => {
    flat = (await openFlatFile(realPath(`factors/${name}`))).flat;
  });

  test("is read whole: each row between header and END is a factor or is counted", () => {
    expect(flat).toMatchObject({...is, file: name, sheet: "Factors by Category"});
    expect(flat.factors).toHaveLength(factors);
    const {energy, empty, bound} = flat.set_aside;
    expect(flat.factors.length + energy + empty + bound).toBe(lastRow - flat.header_row);
    expect(flat.factors.at(-1)?.sheet_row).toBeLessThanOrEqual(lastRow);
  });

  test("holds the figures of the table, and no factor in use beside them", () => {
    const ours = rows.filter(row => row.factor_set === flat.factor_set);
    const {found, missing} = findFactors(flat);
    expect(found.map(({used, kg}) => [keyOf(used), kg])).toEqual(
      ours.map(row => [keyOf(row), toSheetDigits(kgOf(row))])
    );
    expect(found.map(({sheet_rows}) => [sheet_rows[0], sheet_rows.at(-1)].join("-"))).toEqual(
      ours.map(({source}) => source.replace(/.*rows? (\d+)(-\d+)?$/, (_, from, to = `-${from}`) => `${from}${to}`))
    );
    expect(missing.map(keyOf)).toEqual(
      flat.factor_set === 2020
        ? ["electricity biogenic kWh", "hvo combustion l", "hvo well_to_tank l", "hvo biogenic l"]
        : []
    );
  });
});

test.runIf(hasRealData).each([
  ["conversion-factors-2018.xls", "the workbook holds macros: save it as xlsx, without them"],
  ["conversion-factors-2019.xls", "the workbook holds macros: save it as xlsx, without them"],
  ["conversion-factors-2021.xls", "the workbook holds macros: save it as xlsx, without them"],
  ["conversion-factors-2022.xls", "the workbook holds macros: save it as xlsx, without them"],
  ["conversion-factors-2024.xlsx", "a condensed or full set, laid out for people"]
])("%s is a condensed set and is refused by name: %s", async (name, words) => {
  await expect(openFlatFile(realPath(`factors/${name}`))).rejects.toThrow(`${name}: ${words}`);
});
