import {expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {readNationalIntensity} from "../../src/sources/grid/read-national-intensity.ts";
import {halfHoursOfYear, parseUtcHalfHour} from "../../src/sources/grid/utc-half-hours.ts";

const header = "from,to,forecast,actual,index";
const first = "2023-01-01T00:00Z,2023-01-01T00:30Z,73,72,low";
const second = "2023-01-01T00:30Z,2023-01-01T01:00Z,63,80,low";
const table = (...lines: readonly string[]) => [header, ...lines].map(line => `${line}\n`).join("");
const read = (...lines: readonly string[]) => readNationalIntensity(table(...lines), 2023, "2023.csv");

test("a UTC year has its half-hours, a leap year a day of them more", () => {
  expect([2023, 2024, 2100].map(year => halfHoursOfYear(year).length)).toEqual([17_520, 17_568, 17_520]);
  const year = halfHoursOfYear(2023);
  expect([year[0]?.toISOString(), year.at(-1)?.toISOString()]).toEqual([
    "2023-01-01T00:00:00.000Z",
    "2023-12-31T23:30:00.000Z"
  ]);
  expect(new Set(year.map(Number)).size).toBe(17_520);
});

test("the stamps of the API and of its copies are the same instants, whatever the clocks do", () => {
  for (const stamp of [
    "2023-03-26T01:00Z",
    "2023-03-26T01:00:00Z",
    "2023-03-26 01:00:00+00:00",
    "2023-03-26T01:00+00:00"
  ])
    expect(parseUtcHalfHour(stamp)?.toISOString(), stamp).toBe("2023-03-26T01:00:00.000Z");
});

test("a stamp that is not a half-hour of UTC is none", () => {
  for (const stamp of [
    "",
    "2023-01-01",
    "2023-01-01T00:00",
    "2023-01-01 00:00:00",
    "2023-06-01T00:00+01:00",
    "2023-01-01T00:15Z",
    "2023-01-01T00:00:30Z",
    "2023-01-01T24:00Z",
    "2023-02-29T00:00Z",
    "2023-02-30T00:00Z",
    "2023-13-01T00:00Z",
    "01/01/2023 00:00",
    "2023-01-01T00:00Z ; drop"
  ])
    expect(parseUtcHalfHour(stamp), stamp).toBeNull();
});

test("rows are read in order of time, and the rest of the year is missing, not filled", () => {
  const {halfHours, missing, ...others} = read(second, first);
  expect(halfHours).toEqual([
    {period_start_at: new Date("2023-01-01T00:00Z"), forecast_g_per_kwh: 73, actual_g_per_kwh: 72},
    {period_start_at: new Date("2023-01-01T00:30Z"), forecast_g_per_kwh: 63, actual_g_per_kwh: 80}
  ]);
  expect(missing).toHaveLength(17_518);
  expect(missing[0]).toEqual(new Date("2023-01-01T01:00Z"));
  expect(others).toEqual({nullActuals: [], zeroActuals: [], repeatedRows: 0, replacingRows: 0, rowsOutsideYear: 0});
});

test("an actual that was not published is null, not its forecast and not nought", () => {
  const {halfHours, nullActuals, zeroActuals} = read(first.replace(",72,", ",,"), second.replace(",80,", ",0.0,"));
  expect(halfHours.map(row => row.actual_g_per_kwh)).toEqual([null, 0]);
  expect(nullActuals).toEqual([new Date("2023-01-01T00:00Z")]);
  expect(zeroActuals).toEqual([new Date("2023-01-01T00:30Z")]);
});

test("a row said again is counted and ignored", () => {
  const same = "2023-01-01 00:00:00+00:00,2023-01-01 00:30:00+00:00,73,72.0,low";
  expect(read(first, same, second)).toEqual({...read(first, second), repeatedRows: 1});
});

test("of two rows that differ the last stands, and that is counted", () => {
  const later = first.replace(",72,", ",90,");
  expect(read(first, second, later)).toEqual({...read(later, second), replacingRows: 1});
  const withdrawn = read(first, first.replace(",72,", ",,"));
  expect([withdrawn.halfHours[0]?.actual_g_per_kwh, withdrawn.replacingRows]).toEqual([null, 1]);
  expect(withdrawn.nullActuals).toHaveLength(1);
  expect(read(first, later, first)).toMatchObject({replacingRows: 2, repeatedRows: 0});
});

test("rows of another UTC year are counted and left out", () => {
  const before = "2022-12-31T23:30Z,2023-01-01T00:00Z,75,65,low";
  const after = "2024-01-01T00:00Z,2024-01-01T00:30Z,75,65,low";
  expect(read(before, first, after)).toEqual({...read(first), rowsOutsideYear: 2});
});

test("nothing at all is a year that is missing", () => {
  for (const text of ["", header, `\ufeff${header}\r\n`]) {
    const {halfHours, missing} = readNationalIntensity(text, 2023);
    expect([halfHours.length, missing.length]).toEqual([0, 17_520]);
  }
});

test("marks, line ends and columns of others are no matter", () => {
  const text = `\ufeff${table(first, second)}`.replaceAll("\n", "\r\n");
  expect(readNationalIntensity(text, 2023)).toEqual(read(first, second));
  const narrow = table(first, second).replaceAll(/,(index|low)$/gm, "");
  expect(readNationalIntensity(narrow, 2023)).toEqual(read(first, second));
});

test("a hostile row is refused by file, row, column and value", () => {
  const bad: Record<string, string> = {
    [second.replace("2023-01-01T00:30Z", "2023-01-01T00:30")]: "from: 2023-01-01T00:30: not the start of a half-hour",
    [second.replace("2023-01-01T00:30Z", "2023-02-30T00:30Z")]: "from: 2023-02-30T00:30Z: not the start",
    [second.replace("2023-01-01T00:30Z", "")]: "from: (nothing): ",
    [second.replace("01:00Z", "01:30Z")]: "to: 2023-01-01T01:30Z: not half an hour after from",
    [second.replace("01:00Z", "00:30Z")]: "to: 2023-01-01T00:30Z: not half an hour after from",
    [second.replace(",63,", ",,")]: "forecast: (nothing): ",
    [second.replace(",63,", ",-63,")]: "forecast: -63: ",
    [second.replace(",80,", ",null,")]: "actual: null: ",
    [second.replace(",80,", ",NaN,")]: "actual: NaN: ",
    [second.replace(",80,", ",0x50,")]: "actual: 0x50: ",
    [second.replace(",80,", ",1e3,")]: "actual: 1e3: ",
    [second.replace(",80,", ',"1,080",')]: "actual: 1,080: ",
    [second.replace(",80,", ",=1+1,")]: "actual: =1+1: "
  };
  for (const [row, expected] of Object.entries(bad)) {
    expect(() => read(first, row), row).toThrow(FeedError);
    expect(() => read(first, row), row).toThrow(`2023.csv, row 3, ${expected}`);
  }
});

test("a row of another width and a table of other columns are refused", () => {
  expect(() => read(first, `${second},more`)).toThrow(/^2023\.csv: /);
  expect(() => readNationalIntensity("<html>\n<body>\n", 2023, "page")).toThrow(/^page, row 2, from: \(nothing\): /);
  expect(() => readNationalIntensity(table(first).replace("actual", "Actual"), 2023)).toThrow(/row 2, actual: /);
});
