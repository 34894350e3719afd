import {expect, test} from "vitest";
import {addDays, datesBetween} from "../../../src/illustrative/calendar.ts";
import type {MeterFault, MeterFaultKind} from "../../../src/illustrative/faults/fault.ts";
import {type DayBack, type FileBack, isNumber} from "../reread/rows.ts";
import type {Written} from "../written.ts";
import {fuelFaultSuite} from "./fuel-faults.ts";

type Span = Pick<MeterFault, "meter_point_id" | "first_date" | "last_date">;

/** Every fault is in the files where the truth tells of it. */
export function faultSuite(estate: () => Written): void {
  async function faultsOf(kind: MeterFaultKind): Promise<MeterFault[]> {
    const {faults} = await estate().truth();
    return faults.filter((each): each is MeterFault => each.kind === kind);
  }

  async function theFault(kind: MeterFaultKind): Promise<MeterFault> {
    const [fault, ...others] = await faultsOf(kind);
    if (!fault || others.length > 0) throw new Error(`not told once: ${kind}`);
    return fault;
  }

  async function daysIn(name: string | undefined, span: Span): Promise<DayBack[]> {
    return daysOf(await estate().file(name), span);
  }

  test("estimates come first, then a later file of the same days with slightly different actual reads", async () => {
    const fault = await theFault("estimates_reissued");
    const [first, later] = [await estate().file(fault.file), await estate().file(fault.other_file)];
    const [estimates, actuals] = [daysOf(first, fault), daysOf(later, fault)];
    expect(estimates.every(day => day.isEstimated(1))).toBe(true);
    expect(actuals.some(day => day.isEstimated(1))).toBe(false);
    expect(actuals.map(day => day.date)).toEqual(estimates.map(day => day.date));
    expect(countOf(estimates)).toBe(fault.half_hours);
    expect(countOf(later.days)).toBe(fault.half_hours);
    expect(sumOf(actuals)).not.toBe(sumOf(estimates));
    expect(Math.abs(sumOf(actuals) / sumOf(estimates) - 1)).toBeLessThan(0.1);
    expect(later.issuedAt > first.issuedAt).toBe(true);
  });

  test("some estimates stay", async () => {
    for (const fault of await faultsOf("estimates_kept")) {
      const days = await daysIn(fault.file, fault);
      const periods = days.flatMap(day => day.texts.map((_, index) => index + 1).filter(day.isEstimated));
      expect(periods).toHaveLength(fault.half_hours);
      expect([Math.min(...periods), Math.max(...periods)]).toEqual([fault.first_period, fault.last_period]);
    }
  });

  test("a file ends within its last day and the next begins with the rest", async () => {
    const fault = await theFault("part_day");
    const [file, next] = [await estate().file(fault.file), await estate().file(fault.other_file)];
    const [begun, rest] = [daysOf(file, fault), daysOf(next, fault)].map(days => days.flatMap(periodsOf));
    expect(begun).toEqual(Array.from({length: 24}, (_, index) => index + 1));
    expect(rest).toEqual(Array.from({length: fault.half_hours}, (_, index) => index + 25));
    expect(next.days[0]?.date).toBe(fault.first_date);
  });

  test("runs of days are in no file, though the days around them are", async () => {
    const faults = await faultsOf("missing_days");
    expect(faults).toHaveLength(2);
    for (const fault of faults) {
      const around = {...fault, first_date: addDays(fault.first_date, -1), last_date: addDays(fault.last_date, 1)};
      expect(await daysIn(fault.file, fault)).toEqual([]);
      const days = await daysIn(fault.file, around);
      const channels = new Set(days.map(day => day.channel)).size;
      expect(new Set(days.map(day => day.date)).size).toBe(2);
      expect(datesBetween(fault.first_date, fault.last_date)).toHaveLength(fault.half_hours / 48 / channels);
    }
  });

  test("a day has a row that says there was nothing", async () => {
    const fault = await theFault("blank_day");
    const [day, ...others] = await daysIn(fault.file, fault);
    const {lines} = await estate().file(fault.file);
    expect(lines[(day?.line ?? 0) - 1]).toMatch(/,-,19\/05\/26,{48}$/);
    expect(others).toEqual([]);
  });

  test("a file is there twice", async () => {
    const fault = await theFault("duplicate_file");
    expect(fault.other_file).not.toBe(fault.file);
    expect(await estate().text(fault.other_file)).toBe(await estate().text(fault.file));
    expect(countOf((await estate().file(fault.file)).days)).toBe(fault.half_hours);
  });

  test("a file came months after its time and stands last in its account", async () => {
    const fault = await theFault("late_file");
    const file = await estate().file(fault.file);
    const account = estate().paths.filter(path => path.includes("portal-buildings"));
    expect(account.at(-1)).toBe(estate().pathOf(fault.file));
    expect(file.issuedAt > addDays(fault.last_date, 60)).toBe(true);
    expect(countOf(file.days)).toBe(fault.half_hours);
  });

  test("one cell in all the files is no number", async () => {
    const fault = await theFault("damaged_cell");
    const file = await estate().file(fault.file);
    const damaged = file.days.flatMap(day =>
      day.texts.flatMap((text, index) =>
        text === "" || isNumber(text) ? [] : [{...pick(day), period: index + 1, text}]
      )
    );
    const {line, meter_point_id: meterPointId, first_date: date, first_period: period} = fault;
    expect(damaged).toEqual([{line, meterPointId, date, period, text: "#REF!"}]);
  });

  test("one half-hour is forty times too large and called an actual read", async () => {
    const fault = await theFault("spike");
    const [day] = await daysIn(fault.file, fault);
    const index = (fault.first_period ?? 0) - 1;
    const [before, spike, after] = [index - 1, index, index + 1].map(place => Number(day?.texts[place]));
    expect(day?.line).toBe(fault.line);
    expect(spike).toBe(Number(fault.quantity));
    expect((spike ?? 0) / (((before ?? 0) + (after ?? 0)) / 2)).toBeGreaterThan(30);
    expect(day?.isEstimated(index + 1)).toBe(false);
  });

  test("another gas meter begins at nothing", async () => {
    const fault = await theFault("meter_exchange");
    const span = {...fault, first_date: addDays(fault.first_date, -1)};
    const [old, fresh] = await daysIn(fault.file, span);
    expect(old?.fact("MPRAlias")).not.toBe(fresh?.fact("MPRAlias"));
    expect(Number(old?.fact("Reading"))).toBeGreaterThan(20_000);
    expect(Number(fresh?.fact("Reading"))).toBeCloseTo(Number(fresh?.fact("ProfileDateConsumption")), -1);
    expect(Number(fresh?.fact("ProfileDateConsumption")).toFixed(4)).toBe(fault.quantity);
  });

  test("one meter is in no register", async () => {
    const fault = await theFault("unregistered_meter");
    const days = await daysIn(fault.file, fault);
    const {meter_points} = await estate().truth();
    expect(days[0]?.line).toBe(fault.line);
    expect(countOf(days)).toBe(fault.half_hours);
    expect(sumOf(days).toFixed(4)).toBe(fault.quantity);
    expect(meter_points.map(point => point.meter_point_id)).not.toContain(fault.meter_point_id);
  });

  /** What the files say of a fault's days, and of as many the same days of the week before. */
  async function daysBeside(fault: MeterFault): Promise<[during: DayBack[], before: DayBack[]]> {
    const weeks = Math.ceil(datesBetween(fault.first_date, fault.last_date).length / 7);
    const before = {
      ...fault,
      first_date: addDays(fault.first_date, -7 * weeks),
      last_date: addDays(fault.last_date, -7 * weeks)
    };
    const names = estate()
      .paths.map(path => path.slice(path.lastIndexOf("/") + 1))
      .filter(name => name.startsWith(fault.file.replace(/-20.*/, "")));
    const found: DayBack[] = [];
    for (const name of names.slice(-12)) found.push(...(await daysIn(name, before)));
    return [await daysIn(fault.file, fault), found];
  }

  test("heating ran through a closed weekend, the nights of a whole January, and still does at one school", async () => {
    const [weekend, month, still, ...others] = await faultsOf("heating_left_on");
    if (!weekend || !month || !still || others.length > 0) throw new Error("not told three times");
    const before = {...weekend, first_date: addDays(weekend.first_date, -7), last_date: addDays(weekend.last_date, -7)};
    const [weekendDays, quietDays] = [await daysIn(weekend.file, weekend), await daysIn(weekend.file, before)];
    const [monthDays, nowDays] = [await daysIn(month.file, month), await daysIn(still.file, still)];
    expect(new Date(`${weekend.first_date}T00:00Z`).getUTCDay()).toBe(6);
    expect(sumOf(weekendDays)).toBeGreaterThan(5 * sumOf(quietDays));
    for (const [fault, days] of [
      [weekend, weekendDays],
      [month, monthDays],
      [still, nowDays]
    ] as const)
      expect(sumOf(days).toFixed(4)).toBe(fault.quantity);
    expect([monthDays.length, nowDays.length]).toEqual([31, 27]);
    expect([...monthDays, ...nowDays].every(day => Number(day.texts[6]) > 1)).toBe(true);
    // 27 days, without the two half-hours that the layout of gas has no place for on the 25th.
    expect([still.last_date, still.half_hours]).toEqual(["2026-10-31", 27 * 48]);
  });

  test("what is wrong still is wrong until the last day of the files, and what was mended is not", async () => {
    const {faults, last_date} = await estate().truth();
    const of = (kind: MeterFaultKind) =>
      faults.flatMap(fault => ("meter_point_id" in fault && fault.kind === kind ? [fault] : []));
    const spans = (kind: MeterFaultKind) =>
      of(kind).map(each => [each.meter_point_id, each.first_date, each.last_date]);
    // A fault is told of each file that has days of it.
    expect(spans("base_load_raised")).toEqual([
      ["1600201801016", "2026-09-07", "2026-09-30"],
      ["1600201801016", "2026-10-01", last_date]
    ]);
    expect(spans("lights_left_on")).toEqual([
      ["1600201810368", "2026-02-02", "2026-02-28"],
      ["1600201810368", "2026-03-01", "2026-03-15"],
      ["1600201812676", "2026-09-21", "2026-09-30"],
      ["1600201812676", "2026-10-01", last_date]
    ]);
    expect(spans("hot_water_left_on")).toEqual([["9100000311", "2026-08-01", "2026-08-31"]]);
    for (const kind of ["base_load_raised", "lights_left_on", "hot_water_left_on"] as const)
      for (const fault of of(kind)) expect(sumOf(await daysIn(fault.file, fault)).toFixed(4)).toBe(fault.quantity);
  });

  test("nights of the office and of the school use more than before, and a school's August gas", async () => {
    const [office] = await faultsOf("base_load_raised");
    const [, , school] = await faultsOf("lights_left_on");
    const water = await theFault("hot_water_left_on");
    if (!office || !school) throw new Error("not told");
    /** kWh or m3 from 02:00 to 04:00, a night. */
    const nightOf = (days: readonly DayBack[]) =>
      days.reduce((sum, {texts}) => sum + texts.slice(4, 8).reduce((night, text) => night + Number(text), 0), 0) /
      days.length;
    const [[during, before], [dark, lit], [warm, idle]] = [
      await daysBeside(office),
      await daysBeside(school),
      await daysBeside(water)
    ];
    // 6 kW for two hours, and 18.3 kW for two; within the chance of a night.
    expect(Math.abs(nightOf(during) - nightOf(before) - 12)).toBeLessThan(2);
    expect(Math.abs(nightOf(dark) - nightOf(lit) - 36.5)).toBeLessThan(6);
    expect(nightOf(idle)).toBe(0);
    // 0.297 m3 an hour for two, told in tenths of a half-hour.
    expect(Math.abs(nightOf(warm) - 0.594)).toBeLessThan(0.1);
  });

  test("two arrays gave nothing, one for three weeks and one still, and something on the days around them", async () => {
    const [mended, still, ...others] = await faultsOf("array_failed");
    if (!mended || !still || others.length > 0) throw new Error("not told twice");
    for (const fault of [mended, still]) {
      const around = {...fault, first_date: addDays(fault.first_date, -1), last_date: addDays(fault.last_date, 1)};
      expect(sumOf(await daysIn(fault.file, fault))).toBe(0);
      const sunny = (await daysIn(fault.file, around)).filter(day => sumOf([day]) > 0);
      expect(sunny).toHaveLength(fault === mended ? 2 : 1);
    }
    expect([mended.half_hours, still.half_hours]).toEqual([21 * 48, 20 * 48]);
  });

  test("three days of weather have no temperature", async () => {
    const {faults} = await estate().truth();
    const [gap, ...others] = faults.filter(({kind}) => kind === "weather_missing");
    expect(others).toEqual([]);
    expect((await estate().text(gap?.file)).match(/null/g)).toHaveLength(3 * 24);
  });

  test("wall-clock layouts lose the second pass of every autumn", async () => {
    const lost = await faultsOf("second_pass_lost");
    const sample = lost.filter((_, index) => index % 90 === 0);
    expect(new Set(lost.map(fault => fault.first_date))).toHaveLength(7);
    for (const fault of sample) {
      const [day] = await daysIn(fault.file, fault);
      const missing = (day?.texts ?? []).flatMap((text, index) => (text === "" ? [index + 1] : []));
      expect(missing).toEqual([5, 6]);
      expect(fault.half_hours).toBe(2);
    }
  });

  fuelFaultSuite(estate);
}

function daysOf({days}: FileBack, {meter_point_id, first_date, last_date}: Span): DayBack[] {
  return days.filter(day => day.meterPointId === meter_point_id && day.date >= first_date && day.date <= last_date);
}

function periodsOf({texts}: DayBack): number[] {
  return texts.flatMap((text, index) => (text === "" ? [] : [index + 1]));
}

function countOf(days: readonly DayBack[]): number {
  return days.reduce((sum, day) => sum + periodsOf(day).length, 0);
}

function sumOf(days: readonly DayBack[]): number {
  const thousandths = days.flatMap(day => day.texts).reduce((sum, text) => sum + Math.round(Number(text) * 1000), 0);
  return thousandths / 1000;
}

function pick({line, meterPointId, date}: DayBack): Pick<DayBack, "line" | "meterPointId" | "date"> {
  return {line, meterPointId, date};
}
