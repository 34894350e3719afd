import {readFile} from "node:fs/promises";
import {beforeAll, describe, expect, test} from "vitest";
import {parseRegister} from "../../../src/domain/csv.ts";
import {readBorough} from "../../../src/reference/borough/borough-emissions.ts";
import {releaseOf} from "../../../src/sources/national-statistics/release-names.ts";
import {hasRealData, realPath} from "../../support/real-data.ts";
import {emissionsText, placeOf, releasesText} from "./borough-tables.ts";

type Cells = Readonly<Record<string, string | null>>;

const stockport = "E08000007";
const statistics: Readonly<Record<string, string>> = {
  "CO2 within LA influence (mySociety: DESNZ subset table)": "co2_within_influence",
  "CO2 subset (excl. motorways, rail, LULUCF, large industry)": "co2_subset",
  "territorial CO2, all sectors (workbook sheet 1_2, Grand Total)": "co2_territorial",
  "territorial GHG, industry (LG Inform metric 19535)": "ghg_territorial_industry"
};

const cellsOf = (text: string): Cells[] => parseRegister(text).map(({cells}) => cells);
const readReal = async (name: string) => cellsOf(await readFile(realPath(`borough/${name}`), "utf8"));
const committed = cellsOf(emissionsText);
const keyOf = (row: Cells) =>
  JSON.stringify(["area_code", "year", "sector", "subsector", "statistic", "release"].map(column => row[column]));
const byKey = new Map(committed.map(row => [keyOf(row), row]));

/** Sector and subsector of a row of Stockport's file. */
function placeOfRow({sector, measure}: Cells) {
  if (sector === "Grand Total") return {sector: "All sectors", subsector: null};
  if (sector === "Industry (GHG)") return {sector: "Industry", subsector: null};
  if (statistics[measure ?? ""] === "co2_subset") return {sector: sector ?? "", subsector: null};
  return placeOf(sector ?? "");
}

/** The committed row that a stored row of Stockport's should be. */
function expectedOf(row: Cells): Cells {
  const {release, published} = releaseOf(row.edition ?? "");
  const place = placeOfRow(row);
  const isEquivalent = row.unit === "kt CO2e";
  return {
    area_code: stockport,
    area_name: "Stockport",
    year: row.year ?? null,
    ...place,
    statistic: statistics[row.measure ?? ""] ?? null,
    release,
    published: published ?? "2025",
    emissions_kt_co2: isEquivalent ? null : (row.value ?? null),
    emissions_kt_co2e: isEquivalent ? (row.value ?? null) : null,
    is_total: String(place.subsector === null)
  };
}

describe.runIf(hasRealData)("the stored files of the borough's emissions", () => {
  let stockportRows: Cells[];
  let manchester: Cells[];
  let territorial: Cells[];

  beforeAll(async () => {
    stockportRows = await readReal("stockport.csv");
    manchester = await readReal("greater_manchester_mysociety_2005-2020.csv");
    territorial = await readReal("themes_borough_wide_emissions_HEAD_2012-2023.csv");
  });

  test("every row of Stockport's but its population is carried over, cell by cell", () => {
    const rows = stockportRows.filter(({measure}) => measure !== "mid-year");
    expect([stockportRows.length, rows.length]).toEqual([551, 535]);
    for (const row of rows) {
      const expected = expectedOf(row);
      expect(byKey.get(keyOf(expected)), JSON.stringify(row)).toMatchObject(expected);
    }
    expect(committed.filter(({area_code}) => area_code === stockport)).toHaveLength(rows.length);
  });

  test("every total of the ten boroughs is carried over, cell by cell, and Stockport's parts", () => {
    let carried = 0;
    for (const row of manchester) {
      const columns = Object.keys(row).filter(column => column.endsWith(":kt CO2"));
      expect(columns).toHaveLength(28);
      for (const column of columns) {
        const place = placeOf(column.replace(":kt CO2", ""));
        const expected = {
          area_code: row.ons_code ?? null,
          year: row.Year ?? null,
          ...place,
          statistic: "co2_within_influence",
          release: "2005-2020"
        };
        const found = byKey.get(keyOf(expected));
        if (place.subsector !== null && row.ons_code !== stockport) expect(found).toBeUndefined();
        else {
          expect(found?.emissions_kt_co2, JSON.stringify(expected)).toBe(row[column]);
          expect(row["official-name"]?.startsWith(`${found?.area_name} `)).toBe(true);
          carried++;
        }
      }
    }
    expect(manchester).toHaveLength(160);
    expect(committed.filter(({statistic}) => statistic === "co2_within_influence")).toHaveLength(carried);
  });

  test("Stockport's newest territorial figures are those of the file they were derived from", () => {
    const rows = territorial.filter(({area_code}) => area_code === stockport);
    const held = committed.filter(row => row.statistic === "co2_territorial" && row.release === "2005-2023");
    expect(rows.map(row => [row.period, row.value])).toEqual(held.map(row => [row.year, row.emissions_kt_co2]));
    expect(rows).toHaveLength(12);
  });

  test("parts that were not carried over sum to the totals that were", () => {
    const {emissions} = readBorough(emissionsText, releasesText);
    for (const row of manchester) {
      const columns = Object.keys(row).filter(column => column.endsWith(":kt CO2") && !column.includes("Total"));
      expect(columns).toHaveLength(20);
      const total = emissions.find(
        one => one.area_code === row.ons_code && one.year === Number(row.Year) && one.sector === "All sectors"
      );
      expect(columns.reduce((sum, column) => sum + Number(row[column]), 0)).toBeCloseTo(
        total?.emissions_kt_co2 ?? 0,
        9
      );
    }
  });

  test("the large industrial installations of every borough and year are published as nought", () => {
    expect(new Set(manchester.map(row => row["Large Industrial Installations:kt CO2"]))).toEqual(new Set(["0.0"]));
  });

  test("every edition named in the files is a release that is described", () => {
    const described = new Set(cellsOf(releasesText).map(({release}) => release));
    const named = new Set(stockportRows.map(({edition}) => releaseOf(edition ?? "").release));
    expect([...named].sort()).toEqual([...described].sort());
  });
});
