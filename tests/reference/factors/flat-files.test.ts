import {readFile} from "node:fs/promises";
import {beforeAll, describe, expect, test} from "vitest";
import {findFactors} from "../../../src/reference/factors/find-factors.ts";
import {type FlatFile, readFlatFile} from "../../../src/reference/factors/read-flat-file.ts";
import {hasRealData, realPath} from "../../support/real-data.ts";
import {type FactorRow, keyOf, kgOf, readFactorTable} from "./table.ts";

let rows: FactorRow[];

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
    flat = await readFlatFile(realPath(`factors/${name}`));
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
    expect(found.map(({used, kg}) => [keyOf(used), kg])).toEqual(ours.map(row => [keyOf(row), kgOf(row)]));
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

test.runIf(hasRealData)("a file's bytes are read as the file is", async () => {
  const name = "ghg-conversion-factors-2025-flat-file.xlsx";
  const bytes = await readFile(realPath(`factors/${name}`));
  expect(await readFlatFile(bytes, name)).toEqual(await readFlatFile(realPath(`factors/${name}`)));
});

test.runIf(hasRealData)("a condensed workbook and an .xls are not flat files, and say so", async () => {
  await expect(readFlatFile(realPath("factors/conversion-factors-2024.xlsx"))).rejects.toThrow(
    "conversion-factors-2024.xlsx: no sheet has the header of the government flat file"
  );
  await expect(readFlatFile(realPath("factors/conversion-factors-2018.xls"))).rejects.toThrow(
    "conversion-factors-2018.xls: not an .xlsx workbook"
  );
});
