import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {openFlatFile} from "../../../src/commands/factors/open-flat-file.ts";
import {FeedError} from "../../../src/errors.ts";
import {findFactors} from "../../../src/reference/factors/find-factors.ts";
import {type Cells, flatFile, header2020, header2025, readFlat, row2025, workbook} from "./workbooks.ts";

const gasOil = {
  factor_set: 2025,
  scope: "1",
  level_1: "Fuels",
  level_2: "Liquid fuels",
  level_3: "Gas oil",
  level_4: null,
  column_text: null,
  uom: "litres",
  gas: "co2e",
  kg_co2e_per_unit: 2.5,
  sheet_row: 7
};

describe("a flat file is read as it is published", () => {
  test("in the layout of 2023 and 2025", async () => {
    const parts = ["CO2", "CH4", "N2O"].map(gas => row2025({gas: `kg CO2e of ${gas} per unit`, factor: 0.5}));
    const flat = await readFlat(flatFile([row2025(), ...parts, [], ["END"]]), "flat.xlsx");
    expect(flat).toMatchObject({
      file: "flat.xlsx",
      sheet: "Factors by Category",
      header_row: 6,
      factor_set: 2025,
      set_version: "1.2",
      set_aside: {energy: 0, empty: 0, bound: 0}
    });
    expect(flat.factors[0]).toEqual(gasOil);
    expect(flat.factors.map(({gas, sheet_row}) => [gas, sheet_row])).toEqual([
      ["co2e", 7],
      ["co2", 8],
      ["ch4", 9],
      ["n2o", 10]
    ]);
  });

  test("in the layout of 2020: no identifiers, another unit column, short names of the gases", async () => {
    const rows: Cells[] = ["kg CO2e", "kg CO2", "kg CH4", "kg N2O"].map((gas, index) => [
      ...["Scope 1", "Fuels", "Gaseous fuels", "Natural gas", null, "Energy - Gross CV", "kWh", "kWh (Gross CV)"],
      gas,
      "Natural gas kWh (Gross CV)",
      0.1 * (index + 1)
    ]);
    const flat = await readFlat(flatFile(rows, {header: header2020, year: 2020, blankRows: 2}));
    expect(flat).toMatchObject({header_row: 5, factor_set: 2020});
    expect(flat.factors.map(({gas, uom, column_text}) => [gas, uom, column_text])).toEqual(
      ["co2e", "co2", "ch4", "n2o"].map(gas => [gas, "kWh (Gross CV)", "Energy - Gross CV"])
    );
    const {found, missing} = findFactors(flat);
    expect(found.map(({used, sheet_rows}) => [used.activity, used.line, sheet_rows])).toEqual([
      ["natural_gas", "combustion", [6, 7, 8, 9]]
    ]);
    expect(found.length + missing.length).toBe(46);
  });

  test("an empty factor is no factor; zero is zero; kWh and bounds are set aside by count", async () => {
    const secr = {level_1: "SECR kWh UK electricity for EVs", scope: "Scope 2", uom: "km"};
    const flat = await readFlat(
      flatFile([
        row2025({factor: null}),
        row2025({factor: "", uom: "tonnes"}),
        row2025({factor: 0, level_3: "Landfill gas"}),
        row2025({...secr, gas: "kWh (net)"}),
        row2025({...secr, gas: "kWh", uom: "miles"}),
        row2025({...secr, gas: "`", uom: "tonne.km"}),
        row2025({factor: "< 1", level_3: "R1234yf "})
      ])
    );
    expect(flat.set_aside).toEqual({energy: 3, empty: 2, bound: 1});
    expect(flat.factors.map(({level_3, kg_co2e_per_unit}) => [level_3, kg_co2e_per_unit])).toEqual([
      ["Landfill gas", 0]
    ]);
  });

  test("what comes after END is not read", async () => {
    const flat = await readFlat(flatFile([row2025(), ["END"], row2025({factor: "scribble"})]));
    expect(flat.factors).toHaveLength(1);
  });

  test("wherever the header stands, in whatever order its columns, beside whatever others", async () => {
    const columns = fc.shuffledSubarray([...header2025.keys()], {minLength: header2025.length});
    await fc.assert(
      fc.asyncProperty(columns, fc.nat(30), async (order, blankRows) => {
        const arrange = (cells: Cells): Cells => ["", ...order.map(index => cells[index] ?? null), "remark"];
        const bytes = flatFile([arrange(row2025())], {header: arrange(header2025), blankRows});
        const flat = await readFlat(bytes);
        expect(flat.factors).toEqual([{...gasOil, sheet_row: blankRows + 4}]);
      }),
      {numRuns: 20}
    );
  });

  test("the number is the workbook's own, to the 15 digits that a sheet keeps", async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({min: 0, max: 1e6, noNaN: true}), async factor => {
        const flat = await readFlat(flatFile([row2025({factor})]));
        expect(flat.factors[0]?.kg_co2e_per_unit).toBe(Number(factor.toPrecision(15)) + 0);
      }),
      {numRuns: 30}
    );
  });
});

describe("a file that is not what it should be is refused by file, row, column and value", () => {
  const bad = (cells: Parameters<typeof row2025>[0]) => flatFile([row2025({uom: "kg"}), row2025(cells)]);
  const at = "flat.xlsx, Factors by Category, row 8";

  test.each([
    ["text for a factor", bad({factor: "n/a"}), `${at}, factor: n/a: a factor that is not a number`],
    ["a number with a comma", bad({factor: "2,5"}), `${at}, factor: 2,5: a factor that is not a number`],
    ["an exponent typed as text", bad({factor: "2.5E3"}), `${at}, factor: 2.5E3: a factor that is not a number`],
    ["a spreadsheet error", bad({factor: Number.NaN}), `${at}, factor: #VALUE!: a factor that is not a number`],
    ["a date for a factor", bad({factor: new Date(0)}), `${at}, factor: 1970-01-01`],
    ["true for a factor", bad({factor: true}), `${at}, factor: TRUE: a factor that is not a number`],
    ["an unknown scope", bad({scope: "Scope 4"}), `${at}, scope: Scope 4: a scope that is none of`],
    ["no scope", bad({scope: null}), `${at}, scope: (nothing): nothing where there must be something`],
    ["no unit of measurement", bad({uom: null}), `${at}, uom: (nothing): nothing where`],
    ["no greenhouse gas", bad({gas: null}), `${at}, gas: (nothing): nothing where`],
    ["another gas", bad({gas: "kg SF6"}), `${at}, gas: kg SF6: a unit that is neither`],
    ["a lost label outside the sheets of kWh", bad({gas: "`"}), `${at}, gas: \`: a unit that is neither`],
    [
      "the same key twice",
      bad({uom: "kg", factor: 3}),
      "flat.xlsx, Factors by Category: rows 7 and 8 have the same key: 1 > fuels > liquid fuels > gas oil >  >  > kg > co2e"
    ],
    ["the same key in another spelling", bad({uom: "KG`", level_3: "gas  OIL"}), "rows 7 and 8 have the same key"],
    [
      "another year on the front page",
      flatFile([row2025()], {year: 2024}),
      "flat.xlsx: the front page is of 2024, the factors are of 2025"
    ],
    [
      "a header without the unit",
      flatFile([row2025()], {header: header2025.map(name => (name === "UOM" ? "Unit" : name))}),
      "flat.xlsx, Factors by Category, row 6: the header lacks uom"
    ],
    [
      "a factor column without a year",
      flatFile([row2025()], {header: [...header2025.slice(0, -1), "GHG Conversion Factor"]}),
      "flat.xlsx, Factors by Category, row 6: the header lacks factor"
    ],
    [
      "no header at all",
      workbook({Introduction: [["Fuels", "kg CO2e"]], Fuels: [["Fuel", "Unit", "kg CO2e"]]}),
      "flat.xlsx: no sheet has the header of the government flat file (Scope, Level 1 … UOM, GHG): Introduction, Fuels"
    ],
    [
      "the tables of a condensed set",
      workbook({Introduction: [["Fuels"]], Fuels: [["Activity", "Fuel", "Unit", "kg CO2e"]]}),
      "flat.xlsx: a condensed or full set, laid out for people"
    ],
    [
      "text that is no workbook",
      new TextEncoder().encode("Scope,Level 1\n"),
      "flat.xlsx: is not what its name says (.xlsx): it is plain text; what is read here is the government's flat file"
    ],
    ["nothing", new Uint8Array(), "flat.xlsx: is not what its name says (.xlsx): it is empty"]
  ])("%s", async (_, bytes, words) => {
    const reading = readFlat(bytes, "flat.xlsx");
    await expect(reading).rejects.toThrow(words);
    await expect(reading).rejects.toBeInstanceOf(FeedError);
  });

  test("a file that is not there", async () => {
    await expect(openFlatFile("/nowhere/flat.xlsx")).rejects.toThrow("/nowhere/flat.xlsx cannot be read: ENOENT");
  });

  test("two rows that answer for one factor are not chosen between", async () => {
    const flat = await readFlat(flatFile([row2025(), row2025({text: "Volume", factor: 3})]), "flat.xlsx");
    expect(() => findFactors(flat)).toThrow("flat.xlsx: rows 7 and 8 both are co2e of gas_oil, combustion, per l");
  });
});
