import {readFile} from "node:fs/promises";
import {beforeAll, expect, test} from "vitest";
import {type BuildingRegisters, readBuildingRegisters} from "../../src/council/buildings.ts";
import {halfHourOf, meterPoints, sites as sitesRegister, weekdaysOf} from "../../src/council/estate.ts";
import {readRegister} from "../../src/council/register.ts";
import {datesBetween, weekdayOf} from "../../src/illustrative/calendar.ts";
import {ESTATE_PERIOD} from "../../src/illustrative/estate.ts";
import {HEAT_PUMP_SCHOOL, LED_OFFICE} from "../../src/illustrative/happenings.ts";
import {isOpenOn} from "../../src/illustrative/opening.ts";
import {siteOf} from "../../src/illustrative/sites/sites.ts";
import {isSchoolHoliday, isShutDay} from "../../src/illustrative/terms.ts";
import {lifeOn} from "../../src/illustrative/trends.ts";

const folder = new URL("../../data/council", import.meta.url).pathname;
const AS_OF = ESTATE_PERIOD.to;
const HALF_HOURS = Array.from({length: 48}, (_, index) => index);

let registers: BuildingRegisters;
let sites: Awaited<ReturnType<typeof readRegister<typeof sitesRegister.columns>>>;
let bankHolidays: ReadonlySet<string>;

beforeAll(async () => {
  sites = await readRegister(folder, sitesRegister);
  registers = await readBuildingRegisters(folder, new Set(sites.map(({site_id}) => site_id)));
  const text = await readFile(new URL("../../data/reference/bank-holidays.csv", import.meta.url), "utf8");
  bankHolidays = new Set(text.split("\n").map(line => line.split(",")[1] ?? ""));
});

test("by the registers a site is open on the days on which the generator opens it, and on no other", () => {
  for (const {site_id, kind, open_days} of sites) {
    if (open_days === null) continue;
    const rows = registers.calendar.filter(({applies_to}) => applies_to === site_id || applies_to === kind);
    const isUsual = weekdaysOf(open_days);
    for (const date of datesBetween(ESTATE_PERIOD.from, AS_OF)) {
      const said = rows.filter(row => row.first_day <= date && date <= row.last_day).map(({what}) => what);
      const isShut = said.includes("holiday") || said.includes("closed");
      const isBankHoliday = bankHolidays.has(date) && !isUsual(6);
      const isOpen = said.includes("open") || (isUsual(weekdayOf(date)) && !isBankHoliday && !isShut);
      if (isOpen !== isOpenOn(siteOf(site_id), date)) expect(`${site_id} ${date}`).toBe(isOpen ? "closed" : "open");
      expect(said.length).toBeLessThanOrEqual(1);
    }
  }
});

test("the holidays of schools are the generator's, day by day, and end beyond the readings; nothing is lent", () => {
  for (const kind of ["primary-school", "secondary-school", "special-school"]) {
    const holidays = registers.calendar.filter(({applies_to, what}) => applies_to === kind && what === "holiday");
    for (const date of datesBetween(ESTATE_PERIOD.from, "2027-12-31")) {
      const isHoliday = holidays.some(row => row.first_day <= date && date <= row.last_day);
      if (isHoliday !== isSchoolHoliday(date)) expect(`${kind} ${date}`).toBe("as the terms say");
    }
  }
  const shut = registers.calendar.filter(({what}) => what === "closed");
  for (const row of shut) expect(datesBetween(row.first_day, row.last_day).every(isShutDay), row.first_day).toBe(true);
  expect(registers.calendar.filter(({what}) => what === "community use")).toEqual([]);
});

test("every site with a floor stands within 10 km of the one weather station, and says what heats it", async () => {
  const [station, ...others] = registers.weatherStations;
  expect(others).toEqual([]);
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  for (const {site_id, floor_area_m2, latitude, longitude, heated_by, ward, service, cost_centre} of sites) {
    expect([heated_by, service, cost_centre].every(Boolean), site_id).toBe(true);
    if (floor_area_m2 === null) continue;
    const north = 6371 * radians((latitude ?? Number.NaN) - (station?.latitude ?? 0));
    const east =
      6371 * radians((longitude ?? Number.NaN) - (station?.longitude ?? 0)) * Math.cos(radians(station?.latitude ?? 0));
    expect(Math.hypot(north, east), site_id).toBeLessThan(10);
    expect(ward, site_id).not.toBeNull();
  }
  const points = await readRegister(folder, meterPoints);
  const withGas = new Set(points.filter(({energy}) => energy === "gas").map(({site_id}) => site_id));
  for (const {site_id, heated_by} of sites) expect(heated_by === "gas", site_id).toBe(withGas.has(site_id));
});

test("each half-hour of a week has one rate of energy, one levy and, by time, one of distribution; rates differ from last year's", async () => {
  const isIn = (row: BuildingRegisters["tariffs"][number], weekday: number, halfHour: number) =>
    (row.days === null || ((row.days >> weekday) & 1) === 1) &&
    halfHour >= (row.from_time ?? 0) &&
    halfHour < (row.to_time ?? 48);
  const at = (tariff: string, day: string) =>
    registers.tariffs.filter(
      row => row.tariff === tariff && (row.valid_from ?? "") <= day && (row.valid_to === null || row.valid_to >= day)
    );
  const lines = ["energy", "levy"];
  for (const [tariff, charged] of [
    ["electricity-by-time", [...lines, "distribution"]],
    ["electricity-flat", lines],
    ["gas-flat", lines]
  ] as const) {
    for (const day of ["2025-10-31", AS_OF])
      for (const weekday of [0, 1, 2, 3, 4, 5, 6])
        for (const halfHour of HALF_HOURS)
          for (const line of charged) {
            const rows = at(tariff, day).filter(row => row.line === line && isIn(row, weekday, halfHour));
            if (rows.length !== 1) expect(`${tariff} ${line} ${weekday} ${halfHour}`).toBe("charged once");
          }
    const energyRates = (day: string) => at(tariff, day).flatMap(({line, rate}) => (line === "energy" ? [rate] : []));
    expect(energyRates(AS_OF)).not.toEqual(energyRates("2025-10-31"));
  }
  // On a Monday at 17:00: 23.10 by day + 7.40 red + 0.82 of levy, p/kWh.
  const rates = at("electricity-by-time", AS_OF).filter(row => row.is_avoidable && isIn(row, 0, halfHourOf("17:00")));
  expect(rates.reduce((sum, {rate}) => sum + rate, 0)).toBeCloseTo(31.32, 6);
  expect(registers.tariffs.every(({source}) => source.startsWith("illustrative"))).toBe(true);
  const known = new Set(registers.tariffs.map(({tariff, energy}) => `${energy} ${tariff}`));
  for (const {meter_point_id, energy, tariff, agreed_capacity_kva} of await readRegister(folder, meterPoints)) {
    // Nobody is billed for what panels make, or for the heat of the council's own boiler.
    if (meter_point_id.startsWith("GEN-") || energy === "heat") expect(tariff).toBeNull();
    else expect(known.has(`${energy} ${tariff}`), meter_point_id).toBe(true);
    expect(agreed_capacity_kva !== null, meter_point_id).toBe(tariff === "electricity-by-time");
  }
});

test("schools have a census each January while the council answers for them, of a plausible size", () => {
  const schools = sites.filter(({kind}) => kind.endsWith("-school"));
  for (const {site_id, kind, floor_area_m2, valid_to} of schools) {
    const counted = registers.pupils.filter(row => row.site_id === site_id);
    expect(counted, site_id).toHaveLength(valid_to === null ? 7 : 5);
    const [least = 0, most = 0] = {"primary-school": [5, 8], "secondary-school": [8, 12]}[kind as string] ?? [20, 30];
    for (const {pupils} of counted) {
      expect((floor_area_m2 ?? 0) / pupils, site_id).toBeGreaterThan(least);
      expect((floor_area_m2 ?? 0) / pupils, site_id).toBeLessThan(most);
    }
  }
  expect(new Set(registers.pupils.map(({site_id}) => site_id)).size).toBe(schools.length);
});

test("measures and events tell of what the generator really changes, on its days", () => {
  const done = registers.measures.filter(({completed_on}) => completed_on !== null);
  expect(done.map(row => [row.site_id, row.energy, row.completed_on])).toEqual([
    [HEAT_PUMP_SCHOOL.siteId, "gas", HEAT_PUMP_SCHOOL.from],
    [LED_OFFICE.siteId, "electricity", LED_OFFICE.from]
  ]);
  expect(registers.measures).toHaveLength(3);
  const pump = registers.events.find(({site_id}) => site_id === HEAT_PUMP_SCHOOL.siteId);
  expect(pump?.happened_on).toBe(HEAT_PUMP_SCHOOL.from);
  const ofAll = registers.events.filter(({site_id}) => site_id === null);
  for (const {happened_on} of ofAll) {
    const before = datesBetween("2020-01-13", happened_on).at(-2) ?? "";
    expect(lifeOn("library", before), happened_on).not.toBe(lifeOn("library", happened_on));
  }
  expect(ofAll).toHaveLength(4);
});

test("of what is due, one is overdue, some are done, and a leak check is due each half year", () => {
  const open = registers.dueDates.filter(({done_on}) => done_on === null);
  const overdue = open.filter(({due_on}) => due_on < AS_OF);
  expect(overdue.map(({what, site_id}) => [what, site_id])).toEqual([["display energy certificate", "library-02"]]);
  expect(registers.dueDates.filter(({done_on}) => done_on !== null).length).toBeGreaterThan(2);
  expect(new Set(open.map(({what}) => what))).toEqual(
    new Set([
      "heat network registration",
      "display energy certificate",
      "air-conditioning inspection",
      "refrigerant check",
      "contract end"
    ])
  );
  // 60 kg of R410A is 60 × 2,088 = 125 t CO₂e: between 50 and 500 t, so that leaks are looked for every six months.
  const checks = registers.dueDates.filter(({what}) => what === "refrigerant check");
  expect(checks.map(({due_on, refrigerant, charge_kg}) => [due_on, refrigerant, charge_kg])).toEqual([
    ["2026-05-20", "R410A", 60],
    ["2026-11-14", "R410A", 60]
  ]);
});
