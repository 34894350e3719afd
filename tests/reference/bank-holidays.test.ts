import {expect, test} from "vitest";
import {readReferences} from "../../src/reference/references.ts";

const iso = (day: Date) => day.toISOString().slice(0, 10);
const on = (year: number, month: number, day: number) => new Date(Date.UTC(year, month - 1, day));
const after = (day: Date, days: number) => new Date(day.getTime() + days * 86_400_000);
const isWeekend = (day: Date) => day.getUTCDay() % 6 === 0;

/** Easter Sunday by the anonymous Gregorian algorithm (Meeus, Jones, Butcher). */
function easterOf(year: number): Date {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const [d, e] = [Math.floor(b / 4), b % 4];
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const [i, k] = [Math.floor(c / 4), c % 4];
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return on(year, Math.floor(sum / 31), (sum % 31) + 1);
}

const firstMonday = (year: number, month: number) =>
  after(on(year, month, 1), (8 - on(year, month, 1).getUTCDay()) % 7);
function lastMonday(year: number, month: number): Date {
  const last = on(year, month + 1, 0);
  return after(last, -((last.getUTCDay() + 6) % 7));
}

/** A day that falls on a weekend stays, since buildings are shut on it, and the next free weekday is its substitute. */
function withSubstitutes(days: readonly Date[]): string[] {
  const taken = new Set(days.map(iso));
  for (const day of days.filter(isWeekend)) {
    let substitute = day;
    while (isWeekend(substitute) || taken.has(iso(substitute))) substitute = after(substitute, 1);
    taken.add(iso(substitute));
  }
  return [...taken];
}

/** What Parliament or the Crown announced for one year: days that came besides, and the usual ones that they replaced. */
const added = ["2020-05-08", "2022-06-02", "2022-06-03", "2022-09-19", "2023-05-08"];
const moved = ["2020-05-04", "2022-05-30"];

function holidaysOf(year: number): string[] {
  const easter = easterOf(year);
  return [
    ...withSubstitutes([on(year, 1, 1)]),
    iso(after(easter, -2)),
    iso(after(easter, 1)),
    iso(firstMonday(year, 5)),
    iso(lastMonday(year, 5)),
    iso(lastMonday(year, 8)),
    ...withSubstitutes([on(year, 12, 25), on(year, 12, 26)]),
    ...added.filter(day => day.startsWith(String(year)))
  ].filter(day => !moved.includes(day));
}

test("bank holidays are those of the rule, with the announced exceptions, in every year that is held", async () => {
  const {bankHolidays} = await readReferences();
  const held = bankHolidays.map(({holiday_on}) => String(holiday_on)).sort();
  const years = [...new Set(held.map(day => Number(day.slice(0, 4))))];
  expect(years.length).toBeGreaterThanOrEqual(12);
  expect(years).toEqual(Array.from({length: years.length}, (_, index) => (years[0] ?? 0) + index));
  expect(held).toEqual(years.flatMap(holidaysOf).sort());
});

test("the rule itself: Easter of five years, as printed in calendars", () => {
  expect([2015, 2019, 2024, 2025, 2026].map(year => iso(easterOf(year)))).toEqual([
    "2015-04-05",
    "2019-04-21",
    "2024-03-31",
    "2025-04-20",
    "2026-04-05"
  ]);
});
