import {readFile} from "node:fs/promises";
import {describe, expect, test} from "vitest";
import {indicatorTable} from "../../src/sources/national-statistics/indicator-table.ts";
import {licensedVehiclesByCategory} from "../../src/sources/national-statistics/licensed-vehicles-by-category.ts";
import {hasRealData, realPath} from "../support/real-data.ts";
import {parsed, said, samples} from "./borough-files.ts";

describe("tables of indicators", () => {
  test("several values of one indicator side by side", () => {
    expect(parsed(indicatorTable, samples["trafford-data-lab-indicators"]?.text ?? "").rows.map(said)).toEqual([
      "licensed_ultra_low_emission_vehicles |  | E08000007 | 2031-10-01 | 1200 | vehicles",
      "licensed_vehicles |  | E08000007 | 2031-10-01 | 16000 | vehicles"
    ]);
  });

  const header = "area_code,area_name,indicator,period,measure,unit,value,group";

  test("NA is suppressed where the publisher suppresses, and missing elsewhere", () => {
    const row = (indicator: string, unit: string) =>
      `${header}\nE08000007,Stockport,${indicator},2031,Energy,${unit},NA,Gas\n`;
    expect(parsed(indicatorTable, row("Renewable electricity generation", "MWh")).rows[0]).toMatchObject({
      value: null,
      status: "suppressed"
    });
    expect(parsed(indicatorTable, row("Domestic energy consumption", "ktoe")).rows[0]).toMatchObject({
      value: null,
      status: "missing",
      item: "Gas"
    });
  });

  test("an indicator or period that is not known is rejected", () => {
    const text = [
      header,
      "E08000007,Stockport,Domestic energy consumption,2031/Q1,Energy,ktoe,1,Gas",
      "E08000007,Stockport,Number of bees,2031,Count,Bees,1,",
      "E08000007,Stockport,All licensed vehicles,2031,Count,Thousands,1,"
    ].join("\n");
    expect(parsed(indicatorTable, text).rejected.map(({line, rule}) => [line, rule])).toEqual([
      [2, "the period is one of the indicator"],
      [3, "the indicator is one that is known here"],
      [4, "the indicator is one that is known here"]
    ]);
    expect(
      indicatorTable.isOf({
        fileName: "x.csv",
        head: `${header}\nE08000007,Stockport,Number of bees,2031,Count,Bees,1,\n`
      })
    ).toBe(false);
  });
});

test("vehicles by category are named as in the tables they come from", () => {
  expect(
    parsed(licensedVehiclesByCategory, samples["trafford-data-lab-licensed-vehicles"]?.text ?? "").rows.map(said)
  ).toEqual([
    "licensed_ultra_low_emission_vehicles | Battery electric, Private | E08000007 | 2031-04-01 | 71 | vehicles",
    "licensed_vehicles | Cars, Diesel | E08000007 | 2031-10-01 | 40123 | vehicles"
  ]);
  const bad =
    "area_code,area_name,category,year,quarter,effective_date,vehicle_count\nE08000007,Stockport,Hovercraft,2031,2,2031-06-30,1\nE08000007,Stockport,All licensed cars,2031,2,2031-06-29,1\n";
  expect(parsed(licensedVehiclesByCategory, bad).rejected.map(({rule}) => rule)).toEqual([
    "the category is one that is known here",
    "the day is the last of a quarter"
  ]);
});

describe.runIf(hasRealData)("what was published of Stockport", () => {
  const rowsOf = async (name: string, format = indicatorTable) => {
    const text = await readFile(realPath(`borough/stockport-facts/${name}.csv`), "utf8");
    expect(format.isOf({fileName: `${name}.csv`, head: text.slice(0, 131_072)})).toBe(true);
    const {rows, rejected, dropped} = parsed(format, text);
    expect({rejected, dropped}).toEqual({rejected: [], dropped: 0});
    return rows;
  };
  const valuesOf = (rows: Awaited<ReturnType<typeof rowsOf>>, series: string, starts_at: string, item = "") =>
    rows
      .filter(
        row => row.series === series && row.starts_at === starts_at && row.item === item && row.area === "E08000007"
      )
      .map(({value}) => value);

  test("the jump of 2020 that leasing companies cause is there, as described", async () => {
    const rows = await rowsOf("climate_emergency_ulev");
    const years = (series: string) => ["2019-10-01", "2020-10-01"].map(start => valuesOf(rows, series, start)[0]);
    expect(years("licensed_ultra_low_emission_vehicles")).toEqual(["732", "31157"]);
    expect(years("licensed_vehicles")).toEqual(["167746", "438003"]);
    expect(rows).toHaveLength(30);
  });

  test("years are their last quarters: two tables agree where they meet", async () => {
    const [byYear, byQuarter] = [await rowsOf("climate_emergency_ulev"), await rowsOf("themes_licensed_vehicles")];
    expect(byQuarter).toHaveLength(24);
    for (const series of ["licensed_ultra_low_emission_vehicles", "licensed_vehicles"])
      for (const start of ["2022-10-01", "2023-10-01", "2024-10-01"]) {
        expect(valuesOf(byYear, series, start)).toHaveLength(1);
        expect(valuesOf(byYear, series, start)).toEqual(valuesOf(byQuarter, series, start));
      }
  });

  test("private and company vehicles are all vehicles", async () => {
    const rows = await rowsOf(
      "gm_open_data/licensed_vehicles_licensed_ulev_gm_authorities",
      licensedVehiclesByCategory
    );
    expect(rows).toHaveLength(3900);
    const at = (item: string) => Number(valuesOf(rows, "licensed_ultra_low_emission_vehicles", "2020-10-01", item)[0]);
    expect([at(""), at("Private"), at("Company")]).toEqual([31_110, 774, 30_336]);
    expect(at("Private") + at("Company")).toBe(at(""));
  });

  test("suppressed generation is not nought", async () => {
    const rows = await rowsOf("climate_emergency_renewable_electricity_generation");
    const items = (status: string, value: string | null) =>
      rows.filter(row => row.status === status && row.value === value).map(({item}) => item);
    expect(items("suppressed", null)).toEqual([
      "Onshore Wind",
      "Hydro",
      "Anaerobic Digestion",
      "Sewage Gas",
      "Plant Biomass"
    ]);
    expect(items("actual", "0")).toHaveLength(5);
    expect(valuesOf(rows, "renewable_electricity_generation", "2024-01-01", "Photovoltaics")).toEqual([
      "17989.7476601546"
    ]);
  });

  test.each([
    ["themes_vehicle_miles_travelled", 12, "road_traffic", "2019-01-01", "all motor vehicles", "1244.7"],
    [
      "themes_electric_vehicle_charging_points",
      12,
      "public_charging_devices_per_100000_people",
      "2026-01-01",
      "all speeds",
      "72.7"
    ],
    ["themes_energy_performance_certificates", 276, "energy_certificates_lodged", "2025-10-01", "domestic", "1429"],
    ["themes_energy_performance_certificates", 276, "energy_certificates_lodged", "2008-10-01", "domestic A", "1"],
    ["themes_household_waste_recycling", 23, "household_waste_recycled_share", "2023-04-01", "", "60"],
    [
      "climate_emergency_domestic_energy_consumption",
      6,
      "domestic_energy_consumption",
      "2023-01-01",
      "Gas",
      "130.997714356728"
    ],
    ["climate_emergency_ev", 45, "licensed_plug_in_vehicles", "2019-10-01", "Cars, Light goods vehicles", "717"]
  ])("%s", async (name, count, series, start, item, value) => {
    const rows = await rowsOf(name);
    expect(rows).toHaveLength(count);
    expect(valuesOf(rows, series, start, item)).toEqual([value]);
  });

  test("emissions among the indicators are left to the reader of emissions", async () => {
    const head = await readFile(realPath("borough/themes_borough_wide_emissions_HEAD_2012-2023.csv"), "utf8");
    expect(indicatorTable.isOf({fileName: "x.csv", head})).toBe(false);
  });
});
