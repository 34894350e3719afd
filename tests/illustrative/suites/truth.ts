import {beforeAll, expect, test} from "vitest";
import {datesBetween} from "../../../src/illustrative/calendar.ts";
import {SITES} from "../../../src/illustrative/sites/sites.ts";
import type {MeterPointTruth, Truth} from "../../../src/illustrative/truth.ts";
import {clockDay} from "../reread/clock.ts";
import {placeOf, type Standing, settleFiles} from "../reread/settle.ts";
import type {Written} from "../written.ts";

type MonthTruth = MeterPointTruth["months"][number];

/** The truth against every half-hour of every file, read afresh. */
export function truthSuite(estate: () => Written): void {
  let truth: Truth;
  let standing: Map<string, Standing>;

  beforeAll(async () => {
    truth = await estate().truth();
    standing = await settleFiles([...estate().of("estate-energy"), ...estate().of("renewable-generation")]);
  });

  const readsOf = (meter: string, channel: string) => {
    const reads = standing.get(`${meter} ${channel}`);
    if (!reads) throw new Error(`no file tells of: ${meter} ${channel}`);
    return reads;
  };

  test("every month of every meter and channel is what the files amount to", () => {
    for (const {meter_point_id, channel, months} of truth.meter_points) {
      const reads = readsOf(meter_point_id, channel);
      const found = months.map(({month}) => addUp(reads, datesOf(month)));
      const told = months.map(({expected_half_hours: _, month: __, ...sums}) => sums);
      expect(told, `${meter_point_id} ${channel}`).toEqual(found);
    }
  });

  test("months begin with a meter's life and count its half-hours", () => {
    const short = new Set<string>();
    for (const {months, meter_point_id} of truth.meter_points) {
      const [first, ...rest] = months;
      for (const {month, expected_half_hours} of rest) expect(expected_half_hours).toBe(halfHoursOf(datesOf(month)));
      if (first && first.expected_half_hours < halfHoursOf(datesOf(first.month))) short.add(meter_point_id);
      expect(months.at(-1)?.month).toBe("2026-10");
    }
    expect(truth.meter_points.filter(point => point.months.length === 79).length).toBeGreaterThan(100);
    expect(short.size).toBe(8);
  });

  test("every meter in the files is in the truth, or told as unregistered", () => {
    const strangers = truth.faults.flatMap(each => (each.kind === "unregistered_meter" ? [each.meter_point_id] : []));
    const told = truth.meter_points.map(point => `${point.meter_point_id} ${point.channel}`);
    expect(new Set(standing.keys())).toEqual(new Set([...told, ...strangers.map(meter => `${meter} import`)]));
  });

  test("what an array gave, sent out and left to its site is what the files say", () => {
    const supplies = new Map(SITES.map(site => [`solar-${site.siteId}`, site.meterPoints[0]?.meterPointId ?? ""]));
    const assets = [...new Set(truth.generation.map(each => each.asset_id))];
    expect(assets).toHaveLength(14);
    for (const told of truth.generation) {
      const generated = readsOf(`GEN-${String(assets.indexOf(told.asset_id) + 1).padStart(4, "0")}`, "generation");
      const exported = standing.get(`${supplies.get(told.asset_id)} export`);
      const sums = {given: 0, sent: 0, used: 0};
      for (const place of placesOf(datesOf(told.month))) {
        const [given = 0, sent = 0] = [generated.quantities[place], exported?.quantities[place]];
        sums.given += given;
        sums.sent += sent;
        if (generated.marks[place] && exported?.marks[place]) sums.used += Math.max(0, given - sent);
      }
      const text = (thousandths: number) => (thousandths / 1000).toFixed(4);
      expect([told.generation_kwh, told.export_kwh, told.self_consumption_kwh]).toEqual(
        exported ? [text(sums.given), text(sums.sent), text(sums.used)] : [text(sums.given), null, null]
      );
    }
  });

  test("every half-hour of the week of the autumn change is held by the files, and no other", () => {
    const {first_date, last_date, half_hours} = truth.week;
    for (const half of half_hours) {
      const reads = readsOf(half.meter_point_id, half.channel);
      const place = placeOf(half.settlement_date, half.settlement_period);
      const found = [reads.marks[place], Number(half.quantity) * 1000];
      if (found[0] !== (half.read_status === "estimated" ? 2 : 1)) expect(half).toBe("as the files say");
      expect(found[1]).toBeCloseTo(reads.quantities[place] ?? -1, 6);
    }
    const places = placesOf(datesBetween(first_date, last_date));
    const held = truth.meter_points.map(({meter_point_id, channel}) => {
      const {marks} = readsOf(meter_point_id, channel);
      return places.filter(place => marks[place]).length;
    });
    expect(half_hours).toHaveLength(held.reduce((sum, count) => sum + count, 0));
  });

  test("the week counts elapsed half-hours from local midnight", () => {
    for (const half of truth.week.half_hours) {
      const midnight = Date.parse(`${half.settlement_date}T00:00:00Z`) - 3_600_000;
      const instant = new Date(midnight + (half.settlement_period - 1) * 1_800_000).toISOString();
      if (half.period_start_at !== instant) expect(half.period_start_at).toBe(instant);
    }
    const periods = truth.week.half_hours
      .filter(each => each.settlement_date === "2025-10-26")
      .map(each => each.settlement_period);
    expect(Math.max(...periods)).toBe(50);
  });
}

function addUp(
  {quantities, marks}: Standing,
  dates: readonly string[]
): Omit<MonthTruth, "month" | "expected_half_hours"> {
  const places = placesOf(dates).filter(place => marks[place]);
  const estimated = places.filter(place => marks[place] === 2);
  const sum = (of: readonly number[]) =>
    (of.reduce((total, place) => total + (quantities[place] ?? 0), 0) / 1000).toFixed(4);
  return {
    quantity: sum(places),
    estimated_quantity: sum(estimated),
    present_half_hours: places.length,
    estimated_half_hours: estimated.length
  };
}

function placesOf(dates: readonly string[]): number[] {
  return dates.flatMap(date => clockDay(date).map((_, index) => placeOf(date, index + 1)));
}

function halfHoursOf(dates: readonly string[]): number {
  return dates.reduce((sum, date) => sum + clockDay(date).length, 0);
}

function datesOf(month: string): string[] {
  const [year = 0, number = 0] = month.split("-").map(Number);
  const days = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return Array.from({length: days}, (_, index) => `${month}-${String(index + 1).padStart(2, "0")}`);
}
