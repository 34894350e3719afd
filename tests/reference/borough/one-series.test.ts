import {expect, test} from "vitest";
import {CheckError} from "../../../src/errors.ts";
import {readBorough} from "../../../src/reference/borough/borough-emissions.ts";
import {oneSeries} from "../../../src/reference/borough/one-series.ts";
import {emissionsText, releasesText} from "./borough-tables.ts";

const {emissions} = readBorough(emissionsText, releasesText);
const line = (statistic: string, release: string) =>
  emissions.filter(
    row =>
      row.area_code === "E08000007" &&
      row.sector === "All sectors" &&
      row.statistic === statistic &&
      row.release === release
  );
const within = line("co2_within_influence", "2005-2020");

test("one statistic of one release is one line, by year", () => {
  expect(oneSeries(within.toReversed())).toEqual(within);
  expect(oneSeries(within).map(({year}) => year)).toEqual(Array.from({length: 16}, (_, index) => 2005 + index));
  expect(oneSeries([])).toEqual([]);
});

test("the points given are left as they were", () => {
  const given = within.toReversed();
  oneSeries(given);
  expect(given).toEqual(within.toReversed());
});

test("two statistics are refused, also where their years do not meet", () => {
  const later = line("co2_territorial", "2005-2023").filter(({year}) => year > 2020);
  expect(() => oneSeries([...within, ...later])).toThrow(CheckError);
  expect(() => oneSeries([...within, ...later])).toThrow(
    "one line cannot join values of statistic: co2_within_influence, co2_territorial: each measures something else"
  );
});

test("two releases of one statistic are refused, also where their years do not meet", () => {
  const [older, newer] = [line("co2_territorial", "2005-2021"), line("co2_territorial", "2005-2022")];
  expect(() => oneSeries([...older, ...newer.filter(({year}) => year === 2022)])).toThrow(
    "one line cannot join values of release: 2005-2021, 2005-2022: each restates every year"
  );
});

test("two areas, sectors, or a part and its whole, are refused", () => {
  const [point] = within;
  if (point === undefined) throw new Error("no point");
  const other = {...point, year: 2006};
  expect(() => oneSeries([point, {...other, area_code: "E08000009"}])).toThrow("area_code: E08000007, E08000009");
  expect(() => oneSeries([point, {...other, sector: "Domestic"}])).toThrow("sector: All sectors, Domestic");
  expect(() => oneSeries([point, {...other, subsector: "Domestic Gas"}])).toThrow("subsector: the total, Domestic Gas");
});

test("points of a table without subsectors are joined as well", () => {
  const points = within.map(({area_code, sector, statistic, release, year}) => ({
    area_code,
    sector,
    statistic,
    release,
    year
  }));
  expect(oneSeries(points)).toEqual(points);
});

test("a year that stands twice is refused, and a missing one stays missing", () => {
  expect(() => oneSeries([...within, ...within.slice(3, 4)])).toThrow("a year stands twice on one line: 2008");
  expect(oneSeries(within.filter(({year}) => year !== 2010))).toHaveLength(15);
});
