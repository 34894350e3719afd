import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {averageDailyTraffic} from "../../src/sources/national-statistics/average-daily-traffic.ts";
import {nomisPopulation} from "../../src/sources/nomis/population.ts";
import {parsed, said, samples} from "./borough-files.ts";

const nomis = samples["nomis-population"]?.text ?? "";
const flows = JSON.parse(samples["dft-average-daily-traffic"]?.text ?? "");

describe("population from Nomis", () => {
  test("everybody is no item; what is no count of people is passed over", () => {
    const {rows, ...file} = parsed(nomisPopulation, nomis);
    expect(rows.map(said)).toEqual([
      "population |  | E08000007 | 2022-01-01 | 297107 | people",
      "population | Female, Aged 16 to 64 | E08000007 | 2023-01-01 | 91003 | people provisional"
    ]);
    expect(file).toEqual({rejected: [], dropped: 1, records: 3, issued: null});
  });

  test.each([
    ['297107,"A"', ',"M"', null, "missing"],
    ['297107,"A"', '0,"Q"', null, "suppressed"],
    ['297107,"A"', '0,"A"', "0", "actual"]
  ])("%s as %s", (from, to, value, status) => {
    expect(parsed(nomisPopulation, nomis.replace(from, to)).rows[0]).toMatchObject({value, status});
  });

  test("a state that is not known is rejected, as is a date that is no year", () => {
    expect(parsed(nomisPopulation, nomis.replace('"A",0', '"W",0')).rejected).toEqual([
      {line: 2, rule: "a figure is a number or a marker", value: "297107[?]"}
    ]);
    expect(parsed(nomisPopulation, nomis.replace("\n2022,", "\n2022-06,")).rejected).toEqual([
      {line: 2, rule: "the date of an estimate is a year", value: "2022-06"}
    ]);
  });

  test("a page that ends early, or whose records do not count on, is not believed", () => {
    expect(() => parsed(nomisPopulation, nomis.split("\n").slice(0, 3).join("\n"))).toThrow(
      "cut off: 2 records from the 1. of 3"
    );
    expect(() => parsed(nomisPopulation, nomis.replace('"P",1,3', '"P",2,3'))).toThrow(FeedError);
    expect(() => parsed(nomisPopulation, nomis.replace('"P",1,3', '"P",1,4'))).toThrow("line 3");
  });

  test("a later page begins where the one before ended", () => {
    const later = nomis.replaceAll(/,([012]),3$/gm, (_, offset) => `,${Number(offset) + 25_000},25003`);
    expect(parsed(nomisPopulation, later).rows).toHaveLength(2);
  });

  test("a limit page in HTML is of no form", () => {
    expect(
      nomisPopulation.isOf({fileName: "x.csv", head: "<!DOCTYPE html><html><body>limit of 25,000 cells</body></html>"})
    ).toBe(false);
  });
});

describe("average daily traffic", () => {
  test("counted and estimated flows are two series, an absent count is missing", () => {
    const {rows, records} = parsed(averageDailyTraffic, JSON.stringify(flows));
    expect(rows.map(said)).toEqual([
      "average_daily_traffic | pedal_cycles | count point 71 | 2023-01-01 | 41 | vehicles a day",
      "average_daily_traffic | lgvs | count point 71 | 2023-01-01 | 900 | vehicles a day",
      "average_daily_traffic | all_hgvs | count point 71 | 2023-01-01 | missing | vehicles a day",
      "average_daily_traffic | all_motor_vehicles | count point 71 | 2023-01-01 | 9100 | vehicles a day",
      "average_daily_traffic_estimated | pedal_cycles | count point 71 | 2024-01-01 | 39 | vehicles a day",
      "average_daily_traffic_estimated | lgvs | count point 71 | 2024-01-01 | 905 | vehicles a day",
      "average_daily_traffic_estimated | all_hgvs | count point 71 | 2024-01-01 | 12 | vehicles a day",
      "average_daily_traffic_estimated | all_motor_vehicles | count point 71 | 2024-01-01 | 9207 | vehicles a day"
    ]);
    expect(records).toBe(8);
  });

  test("a flow of another shape, or one that stands twice, is rejected alone", () => {
    const data = [
      ...flows.data,
      flows.data[0],
      {...flows.data[0], year: "2023"},
      {...flows.data[0], lgvs: -1},
      {...flows.data[0], estimation_method: "Guessed"}
    ];
    const {rows, rejected} = parsed(averageDailyTraffic, JSON.stringify({...flows, data}));
    expect(rows).toHaveLength(8);
    expect(rejected.map(({line, rule}) => [line, rule])).toEqual([
      [3, "a count point stands once a year"],
      [4, "a flow has a count point, a year, a method and counts"],
      [5, "a flow has a count point, a year, a method and counts"],
      [6, "a flow has a count point, a year, a method and counts"]
    ]);
  });

  test("half a page is none", () => {
    expect(() => parsed(averageDailyTraffic, JSON.stringify(flows).slice(0, -10))).toThrow(FeedError);
  });
});
