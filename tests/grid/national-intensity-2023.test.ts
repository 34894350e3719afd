import {readFile} from "node:fs/promises";
import {beforeAll, describe, expect, test} from "vitest";
import {type NationalIntensity, readNationalIntensity} from "../../src/sources/grid/read-national-intensity.ts";
import {hasRealData, readCells, realPath} from "../support/real-data.ts";

const file = realPath("grid/neso_national_2023/neso_2023_national_intensity.csv");
const minutes = (dates: readonly Date[]) => dates.map(date => date.toISOString().slice(0, 16));

describe.runIf(hasRealData)("the national grid of 2023", () => {
  let cells: string[][];
  let year: NationalIntensity;

  beforeAll(async () => {
    cells = (await readCells(file)).slice(1);
    year = readNationalIntensity(await readFile(file, "utf8"), 2023);
  });

  test("of 17,430 rows one is of 2022: 17,429 half-hours of the UTC year are there and 91 are missing", () => {
    expect(cells).toHaveLength(17_430);
    expect([year.halfHours.length, year.missing.length, year.rowsOutsideYear]).toEqual([17_429, 91, 1]);
    expect([year.repeatedRows, year.replacingRows]).toEqual([0, 0]);
  });

  test("what is missing is one stretch of October", () => {
    expect(minutes([...year.missing.slice(0, 1), ...year.missing.slice(-1)])).toEqual([
      "2023-10-20T22:00",
      "2023-10-22T19:00"
    ]);
    const hours = (Number(year.missing.at(-1)) - Number(year.missing[0])) / 3_600_000;
    expect(hours).toBe((91 - 1) / 2);
  });

  test("five actuals of one January afternoon are null", () => {
    expect(minutes(year.nullActuals)).toEqual([
      "2023-01-26T13:30",
      "2023-01-26T14:00",
      "2023-01-26T14:30",
      "2023-01-26T15:00",
      "2023-01-26T15:30"
    ]);
  });

  test("five actuals are published as nought, and kept so", () => {
    expect(minutes(year.zeroActuals)).toEqual([
      "2023-01-31T01:00",
      "2023-06-07T09:30",
      "2023-06-07T10:00",
      "2023-06-07T10:30",
      "2023-06-07T11:00"
    ]);
  });

  test("every cell is what the file says", () => {
    const told = cells.filter(([from]) => from?.startsWith("2023-"));
    expect(year.halfHours.map(row => [row.forecast_g_per_kwh, row.actual_g_per_kwh])).toEqual(
      told.map(([, , forecast, actual]) => [Number(forecast), actual === "" ? null : Number(actual)])
    );
    expect(minutes(year.halfHours.map(row => row.period_start_at))).toEqual(
      told.map(([from]) => from?.slice(0, 16).replace(" ", "T"))
    );
  });

  test("the mean actual is 152.1 g/kWh over the half-hours that have one, noughts among them", () => {
    const actuals = year.halfHours.flatMap(row => row.actual_g_per_kwh ?? []);
    expect(actuals).toHaveLength(17_424);
    expect(actuals.reduce((sum, actual) => sum + actual, 0) / actuals.length).toBeCloseTo(152.1, 1);
  });
});
