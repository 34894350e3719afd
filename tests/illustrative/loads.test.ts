import {beforeAll, expect, test} from "vitest";
import {datesBetween} from "../../src/illustrative/calendar.ts";
import {ESTATE_PERIOD, SITES} from "../../src/illustrative/estate.ts";
import {loadOn} from "../../src/illustrative/loads.ts";
import {inventWeather, type Weather} from "../../src/illustrative/weather.ts";
import {SEED} from "./written.ts";

const WINTER_THURSDAY = "2026-01-15";
const WINTER_SUNDAY = "2026-01-11";
const SUMMER_THURSDAY = "2026-07-16";
const AUGUST_THURSDAY = "2026-08-13";
const dates = datesBetween(ESTATE_PERIOD.from, ESTATE_PERIOD.to);
let weather: Weather;

beforeAll(() => {
  weather = inventWeather(SEED, dates);
});

function loadOf(siteId: string, energy: "electricity" | "gas", date: string): (time: string) => number {
  const site = SITES.find(each => each.siteId === siteId);
  const meter = site?.meterPoints.find(each => each.energy === energy);
  if (!site || !meter) throw new Error(`no meter: ${siteId} ${energy}`);
  const load = loadOn(site, meter, weather, date);
  return time => load(Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
}

test("an office keeps its hours, over a base load", () => {
  const [weekday, sunday] = [WINTER_THURSDAY, WINTER_SUNDAY].map(date => loadOf("civic-office", "electricity", date));
  expect(weekday?.("10:30")).toBeGreaterThan(3 * (weekday?.("03:00") ?? 0));
  expect(weekday?.("03:00")).toBeGreaterThan(0);
  expect(sunday?.("10:30")).toBe(sunday?.("03:00"));
});

test("August is quieter than July", () => {
  const [july, august] = [SUMMER_THURSDAY, AUGUST_THURSDAY].map(date =>
    loadOf("library", "electricity", date)("11:00")
  );
  expect(august).toBeLessThan(july ?? 0);
});

test("boilers peak as they start, before opening, and stand idle in summer", () => {
  const [winter, summer] = [WINTER_THURSDAY, SUMMER_THURSDAY].map(date => loadOf("civic-office", "gas", date));
  expect(winter?.("05:30")).toBeGreaterThan(2 * (winter?.("14:00") ?? 0));
  expect(winter?.("04:30")).toBeLessThan((winter?.("05:30") ?? 0) / 5);
  expect(summer?.("05:30")).toBe(0);
  expect(summer?.("11:00")).toBeGreaterThan(0);
});

test("a pool is warm by night and in summer", () => {
  expect(loadOf("leisure-centre", "gas", SUMMER_THURSDAY)("02:00")).toBeGreaterThan(5);
});

test("the weather is colder in January than in July, and never absurd", () => {
  const meanOf = (month: string) => {
    const days = dates.filter(date => date.slice(5, 7) === month).map(date => weather.meanOn(date));
    return days.reduce((sum, mean) => sum + mean, 0) / days.length;
  };
  expect(meanOf("01")).toBeLessThan(7);
  expect(meanOf("07")).toBeGreaterThan(13);
  for (const date of dates) expect(Math.abs(weather.meanOn(date) - 10)).toBeLessThan(20);
});
