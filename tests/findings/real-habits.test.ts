import {expect, test} from "vitest";
import {addDays, datesBetween, type IsoDate, weekdayOf} from "../../src/illustrative/calendar.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {gmtFile} from "../support/supplier-files.ts";
import {findingsAsOf} from "./judge.ts";

/**
 * What real buildings do that invented ones do not: heating that runs on some nights and not on others, a year with a winter of its own, days that drift, and a day
 * that strays among readings that are far too low. Nothing strays by chance here, and no weather is at hand, so that every number can be worked out.
 */
const asOf = "2026-02-28";
/** The year of the signatures ends three months before: 1 December 2024 to 30 November 2025. */
const first = "2024-12-01";
const begun = "2026-02-02";

type Course = (date: IsoDate, halfHour: number) => number;

/** kW of a half-hour, of which a file tells kWh. */
const fileOf = (kw: Course) =>
  gmtFile(
    datesBetween(first, asOf).map(date => ({
      date,
      cells: Array.from({length: 48}, (_, halfHour) => Math.round(kw(date, halfHour) * 500_000) / 1_000_000)
    }))
  );

/** Heating that burns 40 kW through every other night, and on the working days between through the day: no middle says anything; its evenings are at rest. */
const heated: Course = (date, halfHour) => {
  const isOn = datesBetween(first, date).length % 2 === 0;
  if (halfHour < 12) return isOn ? 40 : 0;
  return !isOn && weekdayOf(date) < 5 && halfHour < 36 ? 40 : 0;
};

/** A day that is highest at noon, and so many half-hours later: its first wave stands 7.5 degrees later for each, its second 15. */
const dayMoved =
  (by: (date: IsoDate) => number): Course =>
  (date, halfHour) => {
    const turn = (2 * Math.PI * (halfHour + 0.5 - 24 - by(date))) / 48;
    return 10 + 5 * Math.cos(turn) + 2 * Math.cos(2 * turn);
  };

const newestWeeks = datesBetween(addDays(asOf, -77), asOf);
/** 20 kW of gas; since it began a fifth of that, 10 kW in the first four hours and 2.8 after them, and on one day a third. */
const tooLow: Course = (date, halfHour) => {
  if (date < begun) return 20;
  return (date === "2026-02-25" ? 1.65 : 1) * (halfHour < 8 ? 10 : 2.8);
};

const courses: Readonly<Record<string, readonly ["electricity" | "gas", Course]>> = {
  "at-rest": ["gas", heated],
  leaking: ["gas", (date, halfHour) => heated(date, halfHour) + (date >= begun ? 4 : 0)],
  "a-winter": ["electricity", date => 2 + (date < "2025-03-01" || date >= begun ? 1 : 0)],
  drifting: ["electricity", dayMoved(date => (0.7 * Math.max(newestWeeks.indexOf(date), 0)) / newestWeeks.length)],
  moved: ["electricity", dayMoved(date => (date >= begun ? 2 : 0))],
  "too-low": ["gas", tooLow]
};

test("a leak among erratic heating, a step after an odd winter, a clock that moved and gas that is far too low are found, and no drift", async () => {
  const meters = Object.entries(courses).map(([site, [energy]]) => ({id: `${site}-${energy}`, energy, site}));
  const c = new Canopy(await makeDataFolder(meters, asOf));
  for (const [site, [energy, course]] of Object.entries(courses))
    await c.bring(`${site}.csv`, fileOf(course), {meterPoint: `${site}-${energy}`});
  const found = await findingsAsOf(c, asOf);
  expect(found.map(({site_id, kind, detail, since}) => [site_id, kind, detail, since].join(" ")).sort()).toEqual([
    `a-winter base load up  ${begun}`,
    `leaking gas day and night  ${begun}`,
    `moved readings in doubt shifted ${begun}`,
    `too-low readings in doubt divided ${begun}`
  ]);
  const measured = await c.ask<{site_id: string; measured: number; usual: number; low: number; high: number}>(
    "select site_id, measured, usual, kwh_a_year * t_co2e_a_year_low / t_co2e_a_year as low, kwh_a_year * t_co2e_a_year_high / t_co2e_a_year as high from marts.findings where measured is not null order by site_id"
  );
  // The odd winter is 90 days of the year's 365: 2 + 90 / 365 = 2.247 kW are expected, of which a day strays by 0.431 kW. 3 kW are 0.753 more, less than twice that.
  expect(measured[0]?.usual).toBeCloseTo(2.247, 2);
  expect(measured[0]?.measured).toBeCloseTo(0.753, 2);
  // The quietest two hours took nothing all year, and take the leak since: 4 kW, all hours of a year, to a tenth more; by all hours of the days since, of erratic heating, it is
  // less.
  expect(measured[1]).toMatchObject({site_id: "leaking", measured: 4, usual: 0});
  expect(measured[1]?.high).toBeCloseTo(1.1 * 4 * 24 * 365, 6);
  expect(measured[1]?.low).toBeGreaterThan(0.8 * 4 * 24 * 365);
  expect(measured[1]?.low).toBeLessThan(0.9 * 4 * 24 * 365);
});
