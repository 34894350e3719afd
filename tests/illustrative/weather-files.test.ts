import {expect, test} from "vitest";
import {datesBetween} from "../../src/illustrative/calendar.ts";
import {ESTATE_PERIOD} from "../../src/illustrative/estate.ts";
import type {Faults} from "../../src/illustrative/faults/plan.ts";
import {STATION_ID} from "../../src/illustrative/sites/station.ts";
import {inventWeather} from "../../src/illustrative/weather.ts";
import {weatherFiles} from "../../src/illustrative/weather-files.ts";
import {printWeatherAnswer} from "../../src/illustrative/writers/weather-answer.ts";
import {openMeteoArchive} from "../../src/sources/weather/open-meteo.ts";
import {SEED} from "./written.ts";

const dates = datesBetween(ESTATE_PERIOD.from, ESTATE_PERIOD.to);
const weather = inventWeather(SEED, dates);

/** Every hour of the files, as canopy reads them. */
const read = (faults: Faults) =>
  [...weatherFiles(weather, faults)].flatMap(file => {
    const given = {fileName: file.name, meterPointId: null};
    const {rows, rejected, dropped} = openMeteoArchive.parse(printWeatherAnswer(file), given);
    expect([rejected, dropped]).toEqual([[], 0]);
    return rows;
  });
const known = {planted: read("planted"), none: read("none")};
const hoursOf = (faults: Faults) => known[faults];

const londonDay = new Intl.DateTimeFormat("en-CA", {timeZone: "Europe/London", dateStyle: "short"});

test("an answer for each year holds every hour from the first day to the last, of the station in the register", () => {
  const files = [...weatherFiles(weather, "planted")];
  expect(files.map(({name}) => name)).toEqual([
    "open-meteo-53.4--2.15-20200113-20201231.json",
    "open-meteo-53.4--2.15-20210101-20211231.json",
    "open-meteo-53.4--2.15-20220101-20221231.json",
    "open-meteo-53.4--2.15-20230101-20231231.json",
    "open-meteo-53.4--2.15-20240101-20241231.json",
    "open-meteo-53.4--2.15-20250101-20251231.json",
    "open-meteo-53.4--2.15-20260101-20261031.json"
  ]);
  const hours = hoursOf("planted");
  expect(openMeteoArchive.isOf({fileName: "", head: printWeatherAnswer(files[0] as never).slice(0, 2000)})).toBe(true);
  expect(new Set(hours.map(({area}) => area))).toEqual(new Set([STATION_ID]));
  const first = Date.parse("2020-01-13T00:00:00Z");
  expect(hours.every(({starts_at}, index) => Date.parse(starts_at) === first + index * 3_600_000)).toBe(true);
  expect(hours.at(-1)?.starts_at).toBe("2026-10-31T23:00:00Z");
});

test("the mean of a local day is the weather's, within the rounding to a tenth", () => {
  const celsius = new Map<string, number[]>();
  for (const {starts_at, value} of hoursOf("none")) {
    const day = londonDay.format(new Date(starts_at));
    celsius.set(day, [...(celsius.get(day) ?? []), Number(value)]);
  }
  expect([...celsius.keys()]).toEqual(dates);
  // 01:00 is 3.2 × cos(2π × (60 − 900) / 1440) = -2.771 °C from the mean of the day. A spring day is without it, an autumn day has it twice.
  const off = new Map([
    [23, 2.771 / 23],
    [24, 0],
    [25, -2.771 / 25]
  ]);
  for (const [day, values] of celsius) {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean - weather.meanOn(day) - (off.get(values.length) ?? Number.NaN)), day).toBeLessThan(0.0501);
  }
});

test("it is warmest at three in the afternoon by the clock: an hour earlier by UTC in summer", () => {
  const at = new Map(hoursOf("none").map(({starts_at, value}) => [starts_at, Number(value)]));
  for (const [day, hour] of [
    ["2026-01-15", "15"],
    ["2026-06-15", "14"],
    ["2026-10-24", "14"],
    ["2026-10-26", "15"]
  ] as const)
    expect(Math.abs((at.get(`${day}T${hour}:00:00Z`) ?? 0) - weather.meanOn(day) - 3.2), day).toBeLessThan(0.0501);
});

test("three days have no temperature, and are told as a fault; without faults none are missing", () => {
  const missing = hoursOf("planted").filter(({value}) => value === null);
  expect(missing).toHaveLength(72);
  expect([missing[0]?.starts_at, missing.at(-1)?.starts_at]).toEqual(["2025-11-18T00:00:00Z", "2025-11-20T23:00:00Z"]);
  expect(missing.every(({status}) => status === "missing")).toBe(true);
  expect([...weatherFiles(weather, "planted")].flatMap(({faults}) => faults)).toEqual([
    {
      kind: "weather_missing",
      file: "open-meteo-53.4--2.15-20250101-20251231.json",
      first_date: "2025-11-18",
      last_date: "2025-11-20",
      hours: 72
    }
  ]);
  expect(hoursOf("none").filter(({value}) => value === null)).toEqual([]);
});
