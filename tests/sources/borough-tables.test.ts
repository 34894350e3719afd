import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {chargingDevices} from "../../src/sources/national-statistics/charging-devices.ts";
import {housingEnergyEfficiency} from "../../src/sources/national-statistics/housing-energy-efficiency.ts";
import {licensedVehicles} from "../../src/sources/national-statistics/licensed-vehicles.ts";
import {renewableStatistics} from "../../src/sources/national-statistics/renewable-statistics.ts";
import {roadTraffic} from "../../src/sources/national-statistics/road-traffic.ts";
import {sitesInPositiveManagement} from "../../src/sources/national-statistics/sites-in-positive-management.ts";
import {stationUsage} from "../../src/sources/national-statistics/station-usage.ts";
import {walkingAndCycling} from "../../src/sources/national-statistics/walking-and-cycling.ts";
import type {RecordFormat} from "../../src/sources/record-format.ts";
import {parsed, said, samples} from "./borough-files.ts";

const sampleOf = ({name}: RecordFormat) => samples[name]?.text ?? "";
const rowsOf = (format: RecordFormat<"observation">) =>
  parsed(format, sampleOf(format), samples[format.name]?.fileName).rows.map(said);
const changed = (format: RecordFormat, from: string | RegExp, to: string) => {
  const text = sampleOf(format).replace(from, to);
  expect(text).not.toBe(sampleOf(format));
  return text;
};

describe("renewable electricity", () => {
  test("a suppressed figure is not nought, and a nought is one", () => {
    expect(rowsOf(renewableStatistics)).toEqual([
      "renewable_electricity_capacity | Photovoltaics | E08000007 | 2023-01-01 | 21.75 | MW",
      "renewable_electricity_capacity | Sewage Gas | E08000007 | 2023-01-01 | suppressed | MW",
      "renewable_electricity_capacity | Total | E08000007 | 2023-01-01 | 23 | MW",
      "renewable_electricity_capacity | Photovoltaics | E08000008 | 2023-01-01 | 0 | MW",
      "renewable_electricity_capacity | Sewage Gas | E08000008 | 2023-01-01 | 0 | MW",
      "renewable_electricity_capacity | Total | E08000008 | 2023-01-01 | 0 | MW"
    ]);
  });

  test("totals of the country are passed over and counted", () => {
    expect(parsed(renewableStatistics, sampleOf(renewableStatistics), "LA - Capacity, 2023.csv")).toMatchObject({
      dropped: 2,
      records: 8
    });
  });

  test.each([
    ["LA - Generation, 2024.csv", "renewable_electricity_generation", "2024-01-01", "MWh"],
    ["book.xlsx LA - Sites, 2019", "renewable_electricity_sites", "2019-01-01", "sites"]
  ])("%s says what they are", (fileName, series, starts_at, unit) => {
    const text = changed(renewableStatistics, /^.*\n/, "");
    expect(parsed(renewableStatistics, text, fileName).rows[0]).toMatchObject({series, starts_at, unit});
  });

  test("the title will do; its unit counts; and nothing is guessed", () => {
    const titled = changed(renewableStatistics, /^.*\n/, "Renewable electricity generation (GWh) in 2021\n");
    expect(parsed(renewableStatistics, titled).rows[0]).toMatchObject({
      series: "renewable_electricity_generation",
      starts_at: "2021-01-01",
      unit: "GWh"
    });
    expect(() => parsed(renewableStatistics, sampleOf(renewableStatistics), "sheet.csv")).toThrow(
      /name the file after its sheet/
    );
  });
});

describe("charging devices", () => {
  test("quarters by their headings, markers without a number", () => {
    expect(rowsOf(chargingDevices)).toEqual([
      "public_charging_devices | all speeds | E92000001 | 2025-01-01 | 61234 | devices",
      "public_charging_devices | all speeds | E92000001 | 2025-04-01 | 62345 | devices",
      "public_charging_devices | all speeds | E08000007 | 2025-01-01 | 171 | devices",
      "public_charging_devices | all speeds | E08000007 | 2025-04-01 | missing | devices",
      "public_charging_devices | all speeds | E07000900 | 2025-01-01 | missing | devices",
      "public_charging_devices | all speeds | E07000900 | 2025-04-01 | missing | devices"
    ]);
  });

  test.each([
    [
      "Table 2a: Publicly available electric vehicle charging devices at all speeds per 100,000 population",
      "public_charging_devices_per_100000_people",
      "all speeds",
      "devices per 100,000 people"
    ],
    [
      "Table 1b: Publicly available rapid electric vehicle charging devices",
      "public_charging_devices",
      "rapid and above",
      "devices"
    ],
    ["EVCI0102a: Public electric vehicle chargers at all speeds", "public_chargers", "all speeds", "chargers"]
  ])("%s", (title, series, item, unit) => {
    expect(
      parsed(chargingDevices, changed(chargingDevices, /^.*(?=,,,\r\n)/, title.replaceAll(",", ""))).rows[0]
    ).toMatchObject({series, item, unit});
  });

  test("headings one column out are noticed, and a title that says nothing is not guessed", () => {
    const out = changed(chargingDevices, "name,Jan-25", "name,,Jan-25");
    expect(() => parsed(chargingDevices, out)).toThrow("line 4: a number under no heading (column 3)");
    expect(() => parsed(chargingDevices, changed(chargingDevices, "at all speeds", ""))).toThrow(
      /the title does not say/
    );
  });

  test("dates as a workbook gives them", () => {
    const text = changed(chargingDevices, "Jan-25", "2025-01-01 00:00:00");
    expect(parsed(chargingDevices, text).rows[0]).toMatchObject({starts_at: "2025-01-01"});
  });
});

describe("road traffic", () => {
  test("notes and flags of a year, and of a figure", () => {
    const file = parsed(roadTraffic, sampleOf(roadTraffic));
    expect(file.rows.map(said)).toEqual([
      "road_traffic | all motor vehicles | E08000007 | 2019-01-01 | 1103.25 | million vehicle miles",
      "road_traffic | all motor vehicles | E08000007 | 2020-01-01 | 841.5 | million vehicle miles",
      "road_traffic | all motor vehicles | E08000007 | 2024-01-01 | 1040.1 | million vehicle miles provisional",
      "road_traffic | all motor vehicles | E09000001 | 2019-01-01 | missing | million vehicle miles",
      "road_traffic | all motor vehicles | E09000001 | 2020-01-01 | 60.2 | million vehicle miles",
      "road_traffic | all motor vehicles | E09000001 | 2024-01-01 | missing | million vehicle miles"
    ]);
  });

  test("kilometres are kilometres, and no unit is assumed", () => {
    const km = changed(roadTraffic, "vehicle miles", "vehicle kilometres");
    expect(parsed(roadTraffic, km).rows[0]?.unit).toBe("million vehicle kilometres");
    expect(() => parsed(roadTraffic, changed(roadTraffic, /Units.*\n/, ",,,,\n"))).toThrow(/does not say its unit/);
  });

  test("a unit in a column of its own", () => {
    const text =
      "Local Authority or Region Code,Local Authority,Notes,Units,2023\nE08000007,Stockport,,Million vehicle miles,5\n";
    expect(parsed(roadTraffic, text).rows.map(said)).toEqual([
      "road_traffic | all motor vehicles | E08000007 | 2023-01-01 | 5 | million vehicle miles"
    ]);
  });
});

describe("licensed vehicles", () => {
  test("thousands are vehicles, newest first or last; what is narrowed twice is passed over", () => {
    const file = parsed(licensedVehicles, sampleOf(licensedVehicles));
    expect(file.rows.map(said)).toEqual([
      "licensed_vehicles |  | E08000007 | 2024-01-01 | 412034 | vehicles",
      "licensed_vehicles |  | E08000007 | 2023-10-01 | 411900 | vehicles",
      "licensed_vehicles | Cars | E08000007 | 2024-01-01 | suppressed | vehicles",
      "licensed_vehicles | Cars | E08000007 | 2023-10-01 | 380100 | vehicles",
      "licensed_vehicles | Private | E08000008 | 2024-01-01 | 500 | vehicles",
      "licensed_vehicles | Private | E08000008 | 2023-10-01 | missing | vehicles"
    ]);
    expect(file).toMatchObject({dropped: 2, records: 8, rejected: []});
  });

  test("a table of ultra low emission vehicles has no body type and counts vehicles", () => {
    const text = [
      "VEH0132: Licensed ultra low emission vehicles,,,,,,",
      "ONS Sort,ONS Code,ONS Geography,Units,Fuel,Keepership,2024 Q2",
      "120,E08000007,Stockport,Number,Battery electric,Private,1412"
    ].join("\n");
    expect(parsed(licensedVehicles, text).rows.map(said)).toEqual([
      "licensed_ultra_low_emission_vehicles | Battery electric, Private | E08000007 | 2024-04-01 | 1412 | vehicles"
    ]);
  });

  test("which table it is may stand in the file's name; a unit that is not known is an error", () => {
    const untitled = changed(licensedVehicles, "VEH0105", "A table");
    expect(parsed(licensedVehicles, untitled, "veh0142.csv").rows[0]?.series).toBe("licensed_plug_in_vehicles");
    expect(() => parsed(licensedVehicles, untitled)).toThrow(/which table this is/);
    expect(() => parsed(licensedVehicles, changed(licensedVehicles, "Thousands", "Dozens"))).toThrow(/"Dozens"/);
  });
});

test("walking and cycling: mode, purpose and how often", () => {
  expect(rowsOf(walkingAndCycling)).toEqual([
    "adults_walking_or_cycling | Walking or cycling, Any, At least once per week | E08000007 | 2022-01-01 | 70.125 | percent of adults",
    "adults_walking_or_cycling | Walking or cycling, Any, At least once per week | E08000007 | 2023-01-01 | missing | percent of adults"
  ]);
});

describe("station usage", () => {
  test("headings over two lines, thousands separators, and a station's letters", () => {
    expect(rowsOf(stationUsage)).toEqual([
      "station_entries_and_exits | full price | ZZB | 2024-04-01 | 1234 | entries and exits",
      "station_entries_and_exits | all | ZZB | 2024-04-01 | 2300400 | entries and exits",
      "station_interchanges |  | ZZB | 2024-04-01 | missing | interchanges"
    ]);
  });

  test("the year may stand in the file's name, and is not guessed", () => {
    const untitled = changed(stationUsage, "April 2024 to March 2025", "by station");
    expect(parsed(stationUsage, untitled, "table-1410-station-usage-2021-22.csv").rows[0]?.starts_at).toBe(
      "2021-04-01"
    );
    expect(() => parsed(stationUsage, untitled)).toThrow(/the year/);
  });
});

describe("energy efficiency of housing", () => {
  test("a median score in the year up to March", () => {
    expect(rowsOf(housingEnergyEfficiency)).toEqual([
      "median_energy_efficiency_score |  | E08000007 | 2024-04-01 | 66 | SAP points",
      "median_energy_efficiency_score | Flats and maisonettes | E08000007 | 2024-04-01 | suppressed | SAP points",
      "median_energy_efficiency_score |  | E08000008 | 2024-04-01 | 65 | SAP points",
      "median_energy_efficiency_score | Flats and maisonettes | E08000008 | 2024-04-01 | 71 | SAP points"
    ]);
  });

  test("a percentage in band C or above is another series, and other titles are refused", () => {
    const share = changed(
      housingEnergyEfficiency,
      /Median energy efficiency score/,
      "Percentage of dwellings in EPC band C or above"
    );
    expect(parsed(housingEnergyEfficiency, share).rows[0]).toMatchObject({
      series: "dwellings_in_band_c_or_above",
      unit: "percent of dwellings"
    });
    const other = changed(housingEnergyEfficiency, /Median energy efficiency score/, "Median carbon emissions");
    expect(() => parsed(housingEnergyEfficiency, other)).toThrow(FeedError);
  });
});

test("local sites: an authority that made no return has no figure", () => {
  expect(rowsOf(sitesInPositiveManagement)).toEqual([
    "local_sites |  | E08000007 | 2024-04-01 | 40 | sites",
    "local_sites_in_positive_management |  | E08000007 | 2024-04-01 | 19 | sites",
    "local_sites_share_in_positive_management |  | E08000007 | 2024-04-01 | 47.5 | percent of sites",
    "local_sites |  | E08000008 | 2024-04-01 | missing | sites",
    "local_sites_in_positive_management |  | E08000008 | 2024-04-01 | missing | sites",
    "local_sites_share_in_positive_management |  | E08000008 | 2024-04-01 | missing | percent of sites"
  ]);
});

describe("rows that cannot be read", () => {
  const header = "Local Authority or Region Code,Local Authority,2019,2020\n,Units: million vehicle miles,,\n";
  const file = (rows: string) => parsed(roadTraffic, `Units: million vehicle miles\n${header}${rows}`);

  test("each is named by line, rule and value", () => {
    const {rows, rejected, dropped, records} = file(
      [
        "E08000007,Stockport,1,many",
        "E0800007,Stockport,1,2",
        "E08000008,Tameside,3",
        "E08000007,Stockport,5,6",
        "England,all of it,7,8",
        "A note of no matter,,,"
      ].join("\n")
    );
    expect(rows.map(said)).toEqual([
      "road_traffic | all motor vehicles | E08000007 | 2019-01-01 | 1 | million vehicle miles",
      "road_traffic | all motor vehicles | E08000007 | 2020-01-01 | 6 | million vehicle miles"
    ]);
    expect(rejected).toEqual([
      {line: 4, rule: "a figure is a number or a marker", value: "many"},
      {line: 5, rule: "an area has an ONS code", value: "E0800007"},
      {line: 6, rule: "a row has a cell under every heading", value: "3 cells"},
      {line: 7, rule: "a figure stands once", value: "all motor vehicles, E08000007, 2019-01-01"}
    ]);
    expect({dropped, records}).toEqual({dropped: 2, records: 8});
  });

  test("a table without areas, or with its areas elsewhere, is not believed", () => {
    expect(() => file("")).toThrow(FeedError);
    expect(() => file("Stockport,E08000007,1,2\n")).toThrow(/no row names an area/);
  });

  test("a quote that does not close is an error, and not the rest of the file in a cell, however much that is", () => {
    const rows = "E08000008,Tameside,3,4\n".repeat(200_000);
    expect(() => file(`E08000007,"Stockport,1,2\n${rows}`)).toThrow(/a quote that does not close/);
  });

  test("a cell over several lines, with quotes and blank lines in it, is one cell", () => {
    const {rows} = file('E08000007,"Stock\n\n""port"", the\nborough",1,2\nE08000008,Tameside,3,4\n');
    expect(rows.map(({line, area, value}) => [line, area, value])).toEqual([
      [7, "E08000007", "1"],
      [7, "E08000007", "2"],
      [8, "E08000008", "3"],
      [8, "E08000008", "4"]
    ]);
  });
});
