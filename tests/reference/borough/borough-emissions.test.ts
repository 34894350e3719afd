import {expect, test} from "vitest";
import {type BoroughEmissions, readBorough} from "../../../src/reference/borough/borough-emissions.ts";
import {emissionsText, releasesText, subsectors} from "./borough-tables.ts";

const {emissions, releases} = readBorough(emissionsText, releasesText);
const stockport = "E08000007";
const sum = (rows: readonly BoroughEmissions[]) => rows.reduce((total, row) => total + (row.emissions_kt_co2 ?? 0), 0);
const within = emissions.filter(({statistic}) => statistic === "co2_within_influence");

test("the tables hold what they are said to hold", () => {
  const counts = new Map<string, number>();
  for (const {statistic, release} of emissions) {
    const key = `${statistic} ${release}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  expect(Object.fromEntries(counts)).toEqual({
    "co2_within_influence 2005-2020": 10 * 16 * 8 + 16 * 20,
    "co2_subset 2005-2017": 3 * 13,
    "co2_territorial 2005-2021": 12,
    "co2_territorial 2005-2022": 12,
    "co2_territorial 2005-2023": 12,
    "ghg_territorial_industry 2005-2023": 12
  });
  expect(releases.map(({statistic, release}) => `${statistic} ${release}`).sort()).toEqual([...counts.keys()].sort());
  expect(new Set(emissions.map(({area_code}) => area_code)).size).toBe(10);
});

test("Stockport's 2018 is four figures, and each says which it is", () => {
  const found = emissions.filter(
    row => row.area_code === stockport && row.year === 2018 && row.sector === "All sectors"
  );
  expect(found.map(row => [row.statistic, row.release, row.emissions_kt_co2?.toFixed(1)])).toEqual([
    ["co2_within_influence", "2005-2020", "1115.0"],
    ["co2_territorial", "2005-2021", "1185.3"],
    ["co2_territorial", "2005-2022", "1231.1"],
    ["co2_territorial", "2005-2023", "1225.1"]
  ]);
  const named = found.map(row => {
    const release = releases.find(one => one.statistic === row.statistic && one.release === row.release);
    return [release?.name, release?.gases, release?.published];
  });
  expect(named).toEqual([
    ["CO₂ within the council's influence", "CO2", "2022-06"],
    ["territorial CO₂", "CO2", "2023-07"],
    ["territorial CO₂", "CO2", "2024"],
    ["territorial CO₂", "CO2", "2025"]
  ]);
});

test("none is the measure of the target, and each says why not", () => {
  for (const {is_measure_of_target, why_not} of releases) {
    expect(is_measure_of_target).toBe(false);
    expect(why_not.length).toBeGreaterThan(20);
  }
});

test("no area, year, sector, subsector, statistic and release stands twice", () => {
  const keys = emissions.map(row =>
    JSON.stringify([row.area_code, row.year, row.sector, row.subsector, row.statistic, row.release])
  );
  expect(new Set(keys).size).toBe(keys.length);
  const totals = emissions
    .filter(({is_total}) => is_total)
    .map(row => JSON.stringify([row.area_code, row.year, row.sector, row.statistic, row.release]));
  expect(new Set(totals).size).toBe(totals.length);
});

test("sectors sum to all sectors in each borough and year, and subsectors to sectors in Stockport", () => {
  const totals = within.filter(({is_total}) => is_total);
  for (const all of totals.filter(({sector}) => sector === "All sectors")) {
    const ofYear = totals.filter(row => row.area_code === all.area_code && row.year === all.year && row !== all);
    expect(ofYear.map(({sector}) => sector)).toEqual(Object.keys(subsectors));
    expect(sum(ofYear)).toBeCloseTo(all.emissions_kt_co2 ?? 0, 9);
  }
  for (const total of totals.filter(row => row.area_code === stockport && row.sector !== "All sectors")) {
    const parts = within.filter(
      row => !row.is_total && row.area_code === stockport && row.year === total.year && row.sector === total.sector
    );
    expect(parts.map(({subsector}) => subsector)).toEqual(subsectors[total.sector]);
    expect(sum(parts)).toBeCloseTo(total.emissions_kt_co2 ?? 0, 9);
  }
});

test("a sum over parts or over sectors is the total, never twice it", () => {
  const year = within.filter(row => row.area_code === stockport && row.year === 2018);
  const all = year.find(({sector}) => sector === "All sectors")?.emissions_kt_co2 ?? 0;
  expect(sum(year.filter(({is_total}) => !is_total))).toBeCloseTo(all, 9);
  expect(sum(year.filter(row => row.is_total && row.sector !== "All sectors"))).toBeCloseTo(all, 9);
  expect(sum(year)).toBeCloseTo(3 * all, 9);
});

test("carbon dioxide equivalent never stands in the column of carbon dioxide", () => {
  for (const row of emissions)
    expect([row.emissions_kt_co2 === null, row.emissions_kt_co2e === null]).toEqual(
      row.statistic.startsWith("ghg_") ? [true, false] : [false, true]
    );
});
