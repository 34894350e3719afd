import {expect, test} from "vitest";
import {datesBetween} from "../../src/illustrative/calendar.ts";
import {ESTATE_PERIOD} from "../../src/illustrative/estate.ts";
import {MISHAPS} from "../../src/illustrative/happenings.ts";
import {loadOn} from "../../src/illustrative/loads.ts";
import {siteOf, supplyOf} from "../../src/illustrative/sites/sites.ts";
import {inventWeather} from "../../src/illustrative/weather.ts";
import {SEED} from "./written.ts";

const WINTER_THURSDAY = "2026-01-15";
const WINTER_SUNDAY = "2026-01-11";
const SUMMER_THURSDAY = "2026-07-16";
const AUGUST_THURSDAY = "2026-08-13";
const dates = datesBetween(ESTATE_PERIOD.from, ESTATE_PERIOD.to);
const weather = inventWeather(SEED, dates);
const surroundings = {weather, mishaps: MISHAPS};

function loadOf(siteId: string, energy: "electricity" | "gas", date: string): (time: string) => number {
  const load = loadOn(siteOf(siteId), supplyOf(siteId, energy), surroundings, date);
  return time => load[Number(time.slice(0, 2)) * 2 + Number(time.slice(3)) / 30] ?? Number.NaN;
}

function dayOf(siteId: string, energy: "electricity" | "gas", date: string): number {
  return loadOn(siteOf(siteId), supplyOf(siteId, energy), surroundings, date).reduce(
    (sum, value) => sum + value / 2,
    0
  );
}

function meanOf(siteId: string, energy: "electricity" | "gas", from: string, to: string): number {
  const days = datesBetween(from, to);
  return days.reduce((sum, date) => sum + dayOf(siteId, energy, date), 0) / days.length;
}

test("an office keeps its hours, over a base load", () => {
  const weekday = loadOf("civic-office", "electricity", WINTER_THURSDAY);
  const sunday = loadOf("civic-office", "electricity", WINTER_SUNDAY);
  expect(weekday("10:30")).toBeGreaterThan(3 * weekday("03:00"));
  expect(weekday("03:00")).toBeGreaterThan(0);
  expect(sunday("10:30")).toBe(sunday("03:00"));
});

test("August is quieter than July, and a school's much quieter", () => {
  const at = (siteId: string, date: string) => loadOf(siteId, "electricity", date)("11:00");
  expect(at("library", AUGUST_THURSDAY)).toBeLessThan(at("library", SUMMER_THURSDAY));
  expect(at("primary-school-05", AUGUST_THURSDAY)).toBeLessThan(at("primary-school-05", SUMMER_THURSDAY) / 2);
});

test("boilers peak as they start, before opening, and stand idle in summer", () => {
  const winter = loadOf("civic-office", "gas", WINTER_THURSDAY);
  const summer = loadOf("civic-office", "gas", SUMMER_THURSDAY);
  expect(winter("05:30")).toBeGreaterThan(2 * winter("14:00"));
  expect(winter("04:30")).toBeLessThan(winter("05:30") / 5);
  expect(summer("05:30")).toBe(0);
  expect(summer("11:00")).toBeGreaterThan(0);
});

test("a pool is warm by night and in summer, and a care home lived in by night", () => {
  expect(loadOf("leisure-centre", "gas", SUMMER_THURSDAY)("02:00")).toBeGreaterThan(5);
  const home = loadOf("care-home-01", "electricity", WINTER_SUNDAY);
  expect(home("02:00")).toBeGreaterThan(home("12:00") / 3);
});

test("street lamps burn from dusk to dawn, and less every year", () => {
  const lamps = loadOf("street-lighting-north", "electricity", SUMMER_THURSDAY);
  expect([lamps("12:00"), lamps("06:00") > 0, lamps("00:30") > 0]).toEqual([0, false, true]);
  const years = [2020, 2021, 2022, 2023, 2024, 2025].map(year =>
    dayOf("street-lighting-north", "electricity", `${year}-10-15`)
  );
  expect(years).toEqual([...years].sort((one, other) => other - one));
});

test("2020 is quiet where doors were closed", () => {
  const share = (siteId: string) =>
    meanOf(siteId, "electricity", "2020-04-01", "2021-03-31") /
    meanOf(siteId, "electricity", "2022-04-01", "2023-03-31");
  for (const siteId of ["library", "leisure-centre", "secondary-school-05"]) expect(share(siteId)).toBeLessThan(0.9);
  expect(share("care-home-01")).toBeGreaterThan(1);
});

test("a heat pump halves the gas of one school and raises its electricity", () => {
  const [gas, electricity] = (["gas", "electricity"] as const).map(energy =>
    [2024, 2025].map(year => meanOf("secondary-school-04", energy, `${year - 1}-11-01`, `${year}-02-28`))
  );
  expect((gas?.[1] ?? 0) / (gas?.[0] ?? 1)).toBeLessThan(0.65);
  expect((electricity?.[1] ?? 0) / (electricity?.[0] ?? 1)).toBeGreaterThan(1.15);
});

test("the weather is colder in January than in July, and never absurd", () => {
  const meanIn = (month: string) => {
    const days = dates.filter(date => date.slice(5, 7) === month).map(date => weather.meanOn(date));
    return days.reduce((sum, mean) => sum + mean, 0) / days.length;
  };
  expect(meanIn("01")).toBeLessThan(7);
  expect(meanIn("07")).toBeGreaterThan(13);
  for (const date of dates) expect(Math.abs(weather.meanOn(date) - 10)).toBeLessThan(20);
});
