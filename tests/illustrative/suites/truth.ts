import {readFile} from "node:fs/promises";
import {basename} from "node:path";
import {beforeAll, expect, test} from "vitest";
import {datesBetween} from "../../../src/illustrative/calendar.ts";
import {SITES} from "../../../src/illustrative/sites/sites.ts";
import type {MeterPointTruth, Truth} from "../../../src/illustrative/truth.ts";
import {clockDay} from "../reread/clock.ts";
import {placeOf, type Standing, settleFiles} from "../reread/settle.ts";
import type {Written} from "../written.ts";

/** A row of the shipped register of meters, where an open end is the last day of the estate. */
interface Life {
  readonly meter: string;
  readonly site: string;
  readonly from: string;
  readonly to: string;
}

async function shippedLives(): Promise<Life[]> {
  const text = await readFile(new URL("../../../data/council/meter-points.csv", import.meta.url), "utf8");
  const rows = text
    .trimEnd()
    .split("\n")
    .slice(1)
    .map(line => line.split(","));
  return rows.map(([meter = "", site = "", , , from = "", to = ""]) => ({meter, site, from, to: to || "2026-10-31"}));
}

type MonthTruth = MeterPointTruth["months"][number];

/** The truth against every half-hour of every file, read afresh. */
export function truthSuite(estate: () => Written): void {
  let truth: Truth;
  let standing: Map<string, Standing>;
  let lives: Life[];

  beforeAll(async () => {
    truth = await estate().truth();
    lives = await shippedLives();
    // Water is no part of the truth of energy: tests/illustrative/water.test.ts has its own.
    const energy = estate()
      .of("estate-energy")
      .filter(path => !basename(path).startsWith("water-"));
    standing = await settleFiles([...energy, ...estate().of("renewable-generation")]);
  });

  const readsOf = (meter: string, channel: string) => {
    const reads = standing.get(`${meter} ${channel}`);
    if (!reads) throw new Error(`no file tells of: ${meter} ${channel}`);
    return reads;
  };

  /** The dates of a month on which the register of meters has the meter at the site. */
  const datesAt = (meter: string, site: string, month: string) =>
    datesOf(month).filter(date =>
      lives.some(life => life.meter === meter && life.site === site && date >= life.from && date <= life.to)
    );

  test("every month of every meter, site and channel is what the files amount to", () => {
    for (const {meter_point_id, site_id, channel, months} of truth.meter_points) {
      const reads = readsOf(meter_point_id, channel);
      const found = months.map(({month}) => addUp(reads, datesAt(meter_point_id, site_id, month)));
      const told = months.map(({expected_half_hours: _, month: __, ...sums}) => sums);
      expect(told, `${meter_point_id} ${channel}`).toEqual(found);
    }
  });

  test("months begin with a meter's life and count its half-hours", () => {
    const short = new Set<string>();
    for (const {months, meter_point_id, site_id} of truth.meter_points) {
      const [first, ...rest] = months;
      for (const {month, expected_half_hours} of rest)
        expect(expected_half_hours).toBe(halfHoursOf(datesAt(meter_point_id, site_id, month)));
      if (first && first.expected_half_hours < halfHoursOf(datesOf(first.month))) short.add(meter_point_id);
      const life = lives.find(({meter, site}) => meter === meter_point_id && site === site_id);
      expect(months.at(-1)?.month).toBe(life?.to.slice(0, 7));
    }
    expect(truth.meter_points.filter(point => point.months.length === 79).length).toBeGreaterThan(100);
    // Four arrays within a month, each with its export: 8. Five meters from 13 January 2020. Two libraries that opened and a hub, with two meters each: 6.
    expect(short.size).toBe(8 + 5 + 6);
  });

  test("what is read of a meter outside its lives is told apart, of two meters alone", () => {
    const dates = datesBetween(truth.first_date, truth.last_date);
    const strangers = truth.faults.flatMap(each => (each.kind === "unregistered_meter" ? [each.meter_point_id] : []));
    const found = [...standing].flatMap(([key, reads]) => {
      const [meter = "", channel] = key.split(" ");
      const own = lives.filter(life => life.meter === meter);
      const outside = dates.filter(date => own.every(({from, to}) => date < from || date > to));
      const held = outside.filter(date => placesOf([date]).some(place => reads.marks[place]));
      if (held.length === 0 || strangers.includes(meter)) return [];
      const {quantity, present_half_hours} = addUp(reads, held);
      return [
        {
          meter_point_id: meter,
          channel,
          unit: meter.length === 13 ? "kWh" : "m3",
          first_date: held[0],
          last_date: held.at(-1),
          half_hours: present_half_hours,
          quantity
        }
      ];
    });
    const byMeter = (one: {meter_point_id: string}, other: {meter_point_id: string}) =>
      one.meter_point_id.localeCompare(other.meter_point_id);
    expect([...truth.outside_lives].sort(byMeter)).toEqual(found.sort(byMeter));
    // 1 September 2024 to 31 January 2025: 30 + 31 + 30 + 31 + 31 days; neither layout has a place for the hour that October repeats.
    expect(truth.outside_lives.map(each => [each.meter_point_id, each.half_hours])).toEqual([
      ["1600201812189", 153 * 48],
      ["9100000318", 153 * 48]
    ]);
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
    const series = new Set(truth.meter_points.map(({meter_point_id, channel}) => `${meter_point_id} ${channel}`));
    const held = [...series].map(key => places.filter(place => standing.get(key)?.marks[place]).length);
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
