import {afterAll, beforeAll, expect, test} from "vitest";
import {addDays, datesBetween, type IsoDate, periodsByClock} from "../../src/illustrative/calendar.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {writeRows} from "../support/registers.ts";
import {portalFile} from "../support/supplier-files.ts";

const asOf = "2026-10-31";
const year = datesBetween(addDays(asOf, -364), asOf);
const [large, small, short, unknown] = mpans;

/** 10 kW by night and 20 by day, a little less or more from day to day and from one half-hour to the next. */
const usual = (date: IsoDate, halfHour: number) =>
  (halfHour < 14 || halfHour > 40 ? 10 : 20) - ((Date.parse(date) / 86_400_000) % 7) / 10 - (halfHour % 3) / 10;
/** 30 kW from 17:00 to 17:30 on 15 January. */
const peaked = (date: IsoDate, halfHour: number) =>
  date === "2026-01-15" && halfHour === 34 ? 30 : usual(date, halfHour);
/** Above 25 kW in three half-hours of two days. */
const above = (date: IsoDate, halfHour: number) =>
  (date === "2026-02-02" && halfHour === 20) || (date === "2026-01-15" && halfHour > 33 && halfHour < 36)
    ? 26 + (halfHour % 2)
    : usual(date, halfHour);

let c: Canopy;
beforeAll(async () => {
  c = new Canopy(await makeDataFolder([{id: large}], asOf, leave => afterAll(leave)));
  const row = (mpan: string, kva: number) => `${mpan},town-hall,electricity,,2020-01-01,,by-time,${kva}`;
  await writeRows(c.folder, "meter-points.csv", [
    row(large, 100),
    row(small, 25),
    row(short, 100),
    `${unknown},town-hall,electricity,,2020-01-01,`
  ]);
  const line = (name: string, rate: number, unit: string, isAvoidable: string, life: string) =>
    `by-time,electricity,${name},all,,,,${rate},${unit},${isAvoidable},${life},test`;
  await writeRows(c.folder, "tariffs.csv", [
    line("energy", 25, "p/kWh", "yes", ","),
    line("capacity", 5, "p/kVA/day", "no", "2025-04-01,2026-03-31"),
    line("capacity", 6.1, "p/kVA/day", "no", "2026-04-01,")
  ]);
  const days = (mpan: string, dates: readonly IsoDate[], kw: (date: IsoDate, halfHour: number) => number) =>
    dates.map(date => ({
      mpan,
      date,
      cells: periodsByClock(date).map((period, halfHour) =>
        period < 0 ? "" : Number((kw(date, halfHour) / 2).toFixed(3))
      )
    }));
  await c.bring(
    "year.csv",
    portalFile("01/11/26 07:00", [
      ...days(large, year, peaked),
      ...days(small, year, above),
      ...days(short, year.slice(-300), usual)
    ])
  );
});

test("the highest half-hour of a year is told in kW with its time, beside the kVA agreed; what is spared needs a year", async () => {
  expect(
    await c.ask(
      "select meter_point_id, agreed_capacity_kva, whole_days, max_kw, max_at::varchar as max_at, half_hours_above, first_above_on::date::varchar as first_above_on, last_above_on::date::varchar as last_above_on, gbp_per_kva_a_year, spare_kva_low, spare_kva_high from marts.maximum_demands order by agreed_capacity_kva, meter_point_id"
    )
  ).toEqual([
    {
      ...{meter_point_id: small, agreed_capacity_kva: 25, whole_days: 365, max_kw: 27, max_at: "2026-01-15 17:30:00"},
      ...{half_hours_above: 3, first_above_on: "2026-01-15", last_above_on: "2026-02-02"},
      ...{gbp_per_kva_a_year: expect.closeTo(22.265, 6), spare_kva_low: null, spare_kva_high: null}
    },
    {
      ...{meter_point_id: large, agreed_capacity_kva: 100, whole_days: 365, max_kw: 30, max_at: "2026-01-15 17:00:00"},
      ...{half_hours_above: 0, first_above_on: null, last_above_on: null},
      // 6.1 p × 365 days; between 100 − 1.25 × 30 and 100 − 30.
      ...{gbp_per_kva_a_year: expect.closeTo(22.265, 6), spare_kva_low: 62.5, spare_kva_high: 70}
    },
    expect.objectContaining({meter_point_id: short, whole_days: 300, spare_kva_low: null, spare_kva_high: null})
  ]);
});

test("demand above it is a finding without £; much too large a one is a finding of capacity charges, no kWh and no tonnes", async () => {
  expect(
    await c.ask(
      "select finding_id, since::date::varchar as since, measured, usual, kwh_a_year, gbp_a_year_low, gbp_a_year_high, t_co2e_a_year, detail from marts.findings where kind like '%capacity%' order by kind"
    )
  ).toEqual([
    {
      ...{finding_id: `capacity-not-needed.${large}`, since: "2025-11-01", measured: 30, usual: 100, kwh_a_year: null},
      ...{gbp_a_year_low: expect.closeTo(62.5 * 22.265, 6), gbp_a_year_high: expect.closeTo(70 * 22.265, 6)},
      ...{t_co2e_a_year: null, detail: null}
    },
    {
      ...{finding_id: `demand-above-capacity.${small}`, since: "2026-01-15", measured: 27, usual: 25, kwh_a_year: null},
      ...{gbp_a_year_low: null, gbp_a_year_high: null, t_co2e_a_year: null, detail: "3 half-hours"}
    }
  ]);
});
