import {expect, test} from "vitest";
import {datesBetween} from "../../src/illustrative/calendar.ts";
import {ESTATE_PERIOD, type MeterPoint} from "../../src/illustrative/estate.ts";
import {generate} from "../../src/illustrative/generation.ts";
import {MISHAPS, type Mishaps, NO_MISHAPS} from "../../src/illustrative/happenings.ts";
import {loadOn} from "../../src/illustrative/loads.ts";
import {draw} from "../../src/illustrative/measure.ts";
import {ARRAYS} from "../../src/illustrative/sites/arrays.ts";
import {SITES, siteOf, siteOn, supplyOf} from "../../src/illustrative/sites/sites.ts";
import {inventWeather} from "../../src/illustrative/weather.ts";
import {SEED} from "./written.ts";

const weather = inventWeather(SEED, datesBetween(ESTATE_PERIOD.from, ESTATE_PERIOD.to));
/** The months in which something is wrong, and some beside them. */
const dates = [
  ...datesBetween("2025-05-31", "2025-07-01"),
  ...datesBetween("2025-12-20", "2026-03-31"),
  ...datesBetween("2026-07-20", ESTATE_PERIOD.to)
];
const meters = SITES.flatMap(({meterPoints}) => meterPoints);

/** Places of a day in what a meter draws or an array gives. */
const PLACES = 50;

/** The days on which two courses differ. */
const daysApart = (one: Float64Array, other: Float64Array) =>
  dates.filter((_, day) => {
    const start = day * PLACES;
    return one.subarray(start, start + PLACES).some((value, place) => value !== other[start + place]);
  });

/** kW or m3 an hour that a mishap adds at each half-hour of the wall clock. */
function addedTo(siteId: string, meter: MeterPoint, date: string): (time: string) => number {
  const [with_, without] = [MISHAPS, NO_MISHAPS].map(mishaps =>
    loadOn(siteOf(siteId), meter, {weather, mishaps}, date)
  );
  return time => {
    const index = Number(time.slice(0, 2)) * 2 + Number(time.slice(3)) / 30;
    return (with_?.[index] ?? Number.NaN) - (without?.[index] ?? Number.NaN);
  };
}

test("each mishap changes its own meter, on its own days, and no other", () => {
  const world = (mishaps: Mishaps) => ({weather, mishaps});
  const changed = [
    ...meters.map(meter => {
      const [one, other] = [MISHAPS, NO_MISHAPS].map(mishaps => draw(SEED, meter, world(mishaps), dates));
      return [`${siteOn(meter, ESTATE_PERIOD.to).siteId} ${meter.energy}`, one, other] as const;
    }),
    ...ARRAYS.map(array => {
      const [one, other] = [MISHAPS, NO_MISHAPS].map(mishaps => generate(SEED, array, world(mishaps), dates));
      return [array.assetId, one, other] as const;
    })
  ].flatMap(([what, one, other]) => {
    const days = daysApart(one ?? new Float64Array(), other ?? new Float64Array());
    return days.length === 0 ? [] : [[what, days.length, days[0], days.at(-1)]];
  });
  expect(changed.sort()).toEqual([
    // 24 days of September, 31 of October.
    ["civic-office electricity", 55, "2026-09-07", "2026-10-31"],
    ["civic-office gas", 2, "2026-01-17", "2026-01-18"],
    // 27 days of February, 15 of March.
    ["library-03 electricity", 42, "2026-02-02", "2026-03-15"],
    ["primary-school-07 gas", 31, "2026-01-01", "2026-01-31"],
    ["primary-school-11 gas", 27, "2026-10-05", "2026-10-31"],
    ["primary-school-13 gas", 31, "2026-08-01", "2026-08-31"],
    ["secondary-school-05 electricity", 41, "2026-09-21", "2026-10-31"],
    ["solar-leisure-centre-02", 21, "2025-06-04", "2025-06-24"],
    ["solar-office-03", 20, "2026-10-12", "2026-10-31"]
  ]);
});

test("the office draws 6 kW more, day and night", () => {
  const added = addedTo("civic-office", supplyOf("civic-office", "electricity"), "2026-09-09");
  for (const time of ["03:00", "11:00", "23:30"]) expect(added(time)).toBeCloseTo(6, 9);
});

test("a school's lamps burn in the dark while it is closed, and no longer than that", () => {
  const [meter] = siteOf("secondary-school-05").meterPoints as [MeterPoint];
  const added = addedTo("secondary-school-05", meter, "2026-10-14");
  // 0.4 of the lamps × 5 W/m² × (12,100 − 1,700) m² × 0.98^(6 + 6/12) = 18.24 kW.
  expect(added("03:00")).toBeCloseTo(0.4 * 5 * 10.4 * 0.98 ** 6.5, 9);
  expect(added("23:00")).toBeCloseTo(18.24, 2);
  expect([added("09:00"), added("12:00"), added("16:30")]).toEqual([0, 0, 0]);
  const saturday = addedTo("secondary-school-05", meter, "2026-10-17");
  expect([saturday("03:00") > 18, saturday("12:00")]).toEqual([true, 0]);
});

test("a school's hot water is made day and night through August", () => {
  const added = addedTo("primary-school-13", supplyOf("primary-school-13", "gas"), "2026-08-11");
  // 0.5 of 0.3 l/h/m² × 2,250 m² × 0.98^(6 + 4/12) = 0.297 m3 an hour.
  expect(added("03:00")).toBeCloseTo((0.5 * 0.3 * 2250 * 0.98 ** (6 + 4 / 12)) / 1000, 9);
  expect(added("03:00")).toBeCloseTo(0.297, 3);
});

test("heating of another school runs at night and at weekends", () => {
  const added = addedTo("primary-school-11", supplyOf("primary-school-11", "gas"), "2026-10-17");
  const celsius = weather.temperaturesOn("2026-10-17")[6] ?? Number.NaN;
  // 0.8 l/h/m² for each °C below 15.5 × 2,500 m² × 0.98^(6 + 6/12), of which none is burnt on a Saturday above frost.
  expect(celsius).toBeGreaterThan(1);
  expect(added("03:00")).toBeCloseTo((0.8 * (15.5 - celsius) * 2500 * 0.98 ** 6.5) / 1000, 9);
});

test("LED lamps halve the lighting of an office from a day on: of its kind's shape, 1.6 W/m² in the dark and an eighth of what people draw", () => {
  const office = siteOf("office-02");
  const [meter] = office.meterPoints as [MeterPoint];
  const at = (siteId: string, date: string, place: number) => {
    const other = siteOf(siteId).meterPoints[0] as MeterPoint;
    return (loadOn(siteOf(siteId), other, {weather, mishaps: NO_MISHAPS}, date)[place] ?? 0) / other.scale;
  };
  // Another office of the same hours, which was not changed: the same watts a square metre until then.
  expect(meter.scale).toBe(6800);
  expect(at("office-02", "2025-08-29", 20)).toBeCloseTo(at("office-03", "2025-08-29", 20), 12);
  const saved = 1000 * (at("office-03", "2025-12-02", 20) - at("office-02", "2025-12-02", 20));
  // 10:00 on a day in December, full and light: 0.9 of a full building (offices since April 2022) × 15.5 W/m² / 8 × 0.98^(5 + 8/12).
  expect(saved).toBeCloseTo((0.9 * 15.5 * 0.98 ** (5 + 8 / 12)) / 8, 9);
  expect(at("office-02", "2025-12-02", 4)).toBeCloseTo(at("office-03", "2025-12-02", 4), 12);
});
