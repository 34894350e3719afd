import {expect, test} from "vitest";
import {clockMinutes, datesBetween, isSecondPass, periodStartAt, periodsOn} from "../../src/illustrative/calendar.ts";
import {ESTATE_PERIOD} from "../../src/illustrative/estate.ts";
import {clockDay} from "./reread/clock.ts";

test.each([
  ["2025-03-30", 46],
  ["2025-10-26", 50],
  ["2026-03-29", 46],
  ["2026-10-25", 50],
  ["2026-06-22", 48]
])("%s has %i half-hours", (date, periods) => {
  expect(periodsOn(date)).toBe(periods);
});

test("every day has the half-hours and the wall clock of Europe/London", () => {
  for (const date of datesBetween(ESTATE_PERIOD.from, ESTATE_PERIOD.to)) {
    const ours = Array.from({length: periodsOn(date)}, (_, index) => clockMinutes(date, index + 1));
    const theirs = clockDay(date).map(time => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
    expect(ours, date).toEqual(theirs);
  }
});

test("settlement periods are counted from local midnight", () => {
  expect(periodStartAt("2025-10-26", 1)).toBe("2025-10-25T23:00:00.000Z");
  expect(periodStartAt("2025-10-26", 50)).toBe("2025-10-26T23:30:00.000Z");
  expect(periodStartAt("2025-03-30", 46)).toBe("2025-03-30T22:30:00.000Z");
  expect(periodStartAt("2025-12-01", 1)).toBe("2025-12-01T00:00:00.000Z");
});

test("the second pass of the autumn hour is periods 5 and 6", () => {
  const periods = Array.from({length: 50}, (_, index) => index + 1);
  expect(periods.filter(period => isSecondPass("2026-10-25", period))).toEqual([5, 6]);
  expect(periods.filter(period => isSecondPass("2026-10-24", period))).toEqual([]);
});
