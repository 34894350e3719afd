import {readFile} from "node:fs/promises";
import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {hadcetMonths, hadcetTotals} from "../../src/sources/weather/hadcet.ts";
import {midasDailyTemperature} from "../../src/sources/weather/midas-daily-temperature.ts";
import {hasRealData, realPath, samplePath} from "../support/real-data.ts";
import {given, knownAs, parsed} from "./weather-forms.ts";

describe("Central England Temperature, a day a line", () => {
  const text =
    "Central England daily means\nDate          Value\n1890-01-01     3.2\r\n1890-01-02    -0.4\r1890-01-03   -99.9\n\n";
  test("after a preamble and whatever ends the lines", () => {
    const {values, rows} = parsed(hadcetTotals, text);
    expect(values).toEqual([
      ["1890-01-01", "3.2", "actual"],
      ["1890-01-02", "-0.4", "actual"],
      ["1890-01-03", null, "missing"]
    ]);
    expect(rows[0]).toMatchObject({area: "Central England", period: "day", unit: "degC", line: 3});
    expect(knownAs(text)).toEqual(["hadcet-daily"]);
    expect(knownAs(`\ufeff${text}`)).toEqual(["hadcet-daily"]);
  });

  test("rejects what is no day and value; without the header it is refused", () => {
    const {rules} = parsed(
      hadcetTotals,
      "Date Value\n1890-02-30 1.0\n1890-01-01 1.0 2.0\n1890-01-02 warm\n1890-01-03 123.0\n1890-01-04 1.0\n1890-01-04 2.0\n1890-01-0"
    );
    expect(rules).toEqual([
      [2, "date"],
      [3, "row shape"],
      [4, "number"],
      [5, "number"],
      [8, "date"],
      [6, "repeated"],
      [7, "repeated"]
    ]);
    expect(() => hadcetTotals.parse("1890-01-01 1.0", given)).toThrow(FeedError);
  });
});

/** A year of the older form; `tenths` by month and day. */
const year = (name: number, tenths: (month: number, day: number) => number) =>
  Array.from({length: 31}, (_, index) => {
    const cells = Array.from({length: 12}, (_month, month) => String(tenths(month + 1, index + 1)).padStart(5));
    return `${String(name).padStart(5)}${String(index + 1).padStart(5)}${cells.join("")}`;
  }).join("\n");
const isDate = (name: number, month: number, day: number) =>
  new Date(Date.UTC(name, month - 1, day)).getUTCDate() === day;

describe("Central England Temperature, months side by side", () => {
  test("in tenths, exactly; dates that are none are no records", () => {
    const text = year(1892, (month, day) =>
      isDate(1892, month, day) ? (month === 2 && day === 29 ? -4 : month === 12 ? -999 : 105) : -999
    );
    const {rows, values, records} = parsed(hadcetMonths, text);
    expect(records).toBe(366);
    expect(values.find(([date]) => date === "1892-02-29")).toEqual(["1892-02-29", "-0.4", "actual"]);
    expect(values.find(([date]) => date === "1892-03-31")).toEqual(["1892-03-31", "10.5", "actual"]);
    expect(rows.filter(({status}) => status === "missing")).toHaveLength(31);
    expect(knownAs(text)).toEqual(["hadcet-months"]);
  });

  test("rejects a value on a date that is none", () => {
    const text = year(1893, (month, day) => (isDate(1893, month, day) || (month === 2 && day === 30) ? 50 : -999));
    expect(parsed(hadcetMonths, text).rejected).toEqual([{line: 30, rule: "date", value: "1893-02-30: 5.0"}]);
  });

  const whole = year(1894, () => 1);
  test.each([
    ["cut off between days", whole.split("\n").slice(0, 20).join("\n")],
    ["cut off in a line", whole.slice(0, -7)],
    ["out of order", whole.split("\n").reverse().join("\n")],
    ["another table", "1894 1 2 3"]
  ])("%s is refused", (_, text) => expect(() => hadcetMonths.parse(text, given)).toThrow(FeedError));

  test("any temperature comes back from its tenths", () => {
    fc.assert(
      fc.property(fc.integer({min: -400, max: 400}), tenths => {
        const {values} = parsed(
          hadcetMonths,
          year(1895, (month, day) => (isDate(1895, month, day) ? tenths : -999))
        );
        expect(Math.round(Number(values[0]?.[1]) * 10) || 0).toBe(tenths || 0);
      }),
      {numRuns: 50}
    );
  });
});

const columns = "ob_end_time,id_type,ob_hour_count,version_num,max_air_temp,min_air_temp";
const badc = (rows: readonly string[], {missing = "NA", end = "end data"} = {}) =>
  [
    "Conventions,G,BADC-CSV,1",
    "title,G,uk-daily-temperature-obs",
    "observation_station,G,invented-moor",
    "midas_qc_version_number,G,1",
    `missing_value,G,${missing}`,
    'long_name,max_air_temp,"maximum, of the air",degC',
    "data",
    columns,
    ...rows,
    end
  ].join("\n");

describe("MIDAS Open daily temperatures", () => {
  test("are of the 24 hours up to nine in the morning", () => {
    const text = badc(["2020-06-02 09:00:00,DCNN,24,1,19.5,NA"]);
    const {values, rows} = parsed(midasDailyTemperature, text);
    expect(values).toEqual([
      ["max", "2020-06-01T09:00:00Z", "19.5", "actual"],
      ["min", "2020-06-01T09:00:00Z", null, "missing"]
    ]);
    expect(rows[0]).toMatchObject({area: "invented-moor", period: "day", unit: "degC", line: 9});
    expect(knownAs(text)).toEqual(["midas-daily-temperature"]);
  });

  test("what is missing is what the file declares so", () => {
    const {values, rules} = parsed(
      midasDailyTemperature,
      badc(["2020-06-02 09:00:00,DCNN,24,1,-99,NA"], {missing: "-99"})
    );
    expect(values).toEqual([["max", "2020-06-01T09:00:00Z", null, "missing"]]);
    expect(rules).toEqual([[9, "number"]]);
  });

  test("two rows of twelve hours are a day; one alone is rejected", () => {
    const {values, rules} = parsed(
      midasDailyTemperature,
      badc([
        "2020-06-01 21:00:00,DCNN,12,1,21.0,9.5",
        "2020-06-02 09:00:00,DCNN,12,1,11.0,-2.5",
        "2020-06-04 09:00:00,DCNN,12,1,11.0,NA"
      ])
    );
    expect(values).toEqual([
      ["max", "2020-06-01T09:00:00Z", "21.0", "actual"],
      ["min", "2020-06-01T09:00:00Z", "-2.5", "actual"]
    ]);
    expect(rules).toEqual([
      [11, "hours"],
      [11, "hours"]
    ]);
  });

  test("rows of another version are dropped, and those that cannot be read rejected", () => {
    const {rows, dropped, rules} = parsed(
      midasDailyTemperature,
      badc([
        "2020-06-02 09:00:00,DCNN,24,0,19.5,3",
        "2020-06-31 09:00:00,DCNN,24,1,19.5,3",
        "2020-06-03 09:00:00,DCNN,6,1,19.5,3",
        "2020-06-04 09:00:00,DCNN,24,1,19.5"
      ])
    );
    expect(rows).toEqual([]);
    expect(dropped).toBe(2);
    expect(rules.map(([line, rule]) => `${line} ${rule}`)).toEqual([
      "10 date",
      "10 date",
      "11 hours",
      "11 hours",
      "12 row shape",
      "12 row shape"
    ]);
  });

  test.each([
    ["without its end", badc([], {end: ""})],
    ["without data", badc([]).split("\ndata\n")[0] ?? ""],
    ["without a column", badc([]).replace("min_air_temp", "min_grss_temp")],
    ["of another convention", badc([]).replace("BADC-CSV", "CF-1.6")]
  ])("%s it is refused", (_, text) => expect(() => midasDailyTemperature.parse(text, given)).toThrow(FeedError));
});

describe.skipIf(!hasRealData)("samples and real files", () => {
  const sample = async (name: string) => readFile(samplePath(`08-grid-weather/${name}`), "utf8");

  test("the sample of each form", async () => {
    expect(parsed(hadcetTotals, await sample("hadcet_meantemp_daily.txt")).values).toEqual([
      ["1772-01-01", "3.2", "actual"],
      ["1772-01-02", "2.0", "actual"],
      ["2026-06-22", "17.4", "actual"],
      ["2026-06-23", null, "missing"]
    ]);
    expect(parsed(midasDailyTemperature, await sample("midas_open_daily_temperature_excerpt.csv")).values).toEqual([
      ["max", "1990-12-31T09:00:00Z", "9", "actual"],
      ["min", "1990-12-31T09:00:00Z", "1.2", "actual"],
      ["max", "1991-01-01T09:00:00Z", "12.5", "actual"],
      ["min", "1991-01-01T09:00:00Z", "2", "actual"],
      ["max", "1991-01-02T09:00:00Z", "12.5", "actual"],
      ["min", "1991-01-02T09:00:00Z", "5.6", "actual"]
    ]);
  });

  test("Central England from 1772 to 2014: every date once; the tenths add up to 8,308,677", async () => {
    const {rows, rules, records} = parsed(
      hadcetMonths,
      await readFile(realPath("weather/hadcet/cetdl1772on.dat"), "latin1")
    );
    expect(rules).toEqual([]);
    expect(records).toBe(88_754);
    expect(rows.filter(({value}) => value === null)).toHaveLength(61);
    expect(rows.reduce((sum, {value}) => sum + Math.round(10 * Number(value ?? 0)), 0)).toBe(8_308_677);
    expect(
      rows
        .filter(({starts_at}) => starts_at.startsWith("2013"))
        .reduce((sum, {value}) => sum + Math.round(10 * Number(value)), 0)
    ).toBe(35_061);
  });
});
