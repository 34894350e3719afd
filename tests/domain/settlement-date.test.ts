import {expect, test} from "vitest";
import {periodsOnDate} from "../../src/domain/settlement.ts";

const london = new Intl.DateTimeFormat("en-GB", {timeZone: "Europe/London", timeZoneName: "longOffset"});

/** The zone's hours before UTC at the beginning of a UTC day, by the machine's own time zone database. */
function offset(day: number): number {
  const name = london.formatToParts(day).find(({type}) => type === "timeZoneName")?.value;
  return name === "GMT+01:00" ? 1 : 0;
}

test.each([
  ["20260328", 48],
  ["20260329", 46],
  ["20260330", 48],
  ["20261024", 48],
  ["20261025", 50],
  ["20261026", 48],
  ["20250330", 46],
  ["20241027", 50],
  ["20240331", 46],
  ["20311026", 50],
  ["20240229", 48],
  ["20260531", 48],
  ["20261227", 48]
])("%s has %i settlement periods", (date, periods) => {
  expect(periodsOnDate(date)).toBe(periods);
});

test("every day from 1996 to 2037 has the half-hours of Europe/London", () => {
  const day_ms = 86_400_000;
  for (let day = Date.UTC(1996, 0, 1); day < Date.UTC(2038, 0, 1); day += day_ms) {
    const date = new Date(day).toISOString().slice(0, 10).replaceAll("-", "");
    expect(periodsOnDate(date), date).toBe(48 + 2 * (offset(day) - offset(day + day_ms)));
  }
});

test.each([
  "20260230",
  "20250229",
  "20261301",
  "20260001",
  "20260100",
  "00000101",
  "2026-3-1",
  "2026062",
  "202606230",
  "",
  " 20260623",
  "２０２６０６２３"
])("%j is no date", text => {
  expect(periodsOnDate(text)).toBeNull();
});
