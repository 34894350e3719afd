import {beforeAll, describe, expect, test} from "vitest";
import {datesBetween, monthOf} from "../../src/illustrative/calendar.ts";
import {clockDay, type ReadBack, settle} from "./reread.ts";
import {type ReadBoth, writeAndReadEstate} from "./written.ts";

let written: ReadBoth;
let standing: ReadBack[];

beforeAll(async () => {
  written = await writeAndReadEstate();
  standing = [...settle(written.files).values()];
});

/** Sum of decimal text with four places, exactly. */
function sumOf(reads: readonly ReadBack[]): string {
  const total = reads.reduce((sum, read) => sum + Math.round(Number(read.text) * 10_000), 0);
  return (total / 10_000).toFixed(4);
}

test("every month of every meter is what the files amount to", () => {
  const {first_date, last_date, meter_points} = written.truth;
  const dates = datesBetween(first_date, last_date);
  for (const point of meter_points) {
    const reads = standing.filter(read => read.meterPointId === point.meter_point_id);
    const months = [...new Set(dates.map(monthOf))].map(month => {
      const held = reads.filter(read => monthOf(read.date) === month);
      const days = dates.filter(date => monthOf(date) === month);
      return {
        month,
        quantity: sumOf(held),
        estimated_quantity: sumOf(held.filter(read => read.isEstimated)),
        expected_half_hours: days.reduce((sum, date) => sum + clockDay(date).length, 0),
        present_half_hours: held.length,
        estimated_half_hours: held.filter(read => read.isEstimated).length
      };
    });
    expect(point.months, point.meter_point_id).toEqual(months);
  }
});

test("every meter in the files is in the truth, or told as unregistered", () => {
  const strangers = written.truth.faults.filter(fault => fault.kind === "unregistered_meter");
  const told = [...written.truth.meter_points, ...strangers].map(point => point.meter_point_id);
  expect(new Set(standing.map(read => read.meterPointId))).toEqual(new Set(told));
});

describe("the week of the autumn change", () => {
  test("holds the reads of the files", () => {
    const {first_date, last_date, half_hours} = written.truth.week;
    const known = new Set(written.truth.meter_points.map(point => point.meter_point_id));
    const reads = standing.filter(read => read.date >= first_date && read.date <= last_date);
    const expected = reads.filter(read => known.has(read.meterPointId)).map(asWords);
    expect(half_hours.map(half => asWords(backOf(half))).sort()).toEqual(expected.sort());
  });

  test("counts elapsed half-hours: 50 where the layout has a place for them, 48 where not", () => {
    const {half_hours} = written.truth.week;
    const counts = written.truth.meter_points.map(
      point =>
        half_hours.filter(half => half.meter_point_id === point.meter_point_id && half.settlement_date === "2025-10-26")
          .length
    );
    expect(counts).toEqual([48, 48, 50, 48, 50, 48]);
  });

  test("gives each half-hour its instant", () => {
    for (const half of written.truth.week.half_hours) {
      const midnight = Date.parse(`${half.settlement_date}T00:00:00Z`) - 3_600_000;
      const instant = new Date(midnight + (half.settlement_period - 1) * 1_800_000).toISOString();
      expect(half.period_start_at).toBe(instant);
    }
  });
});

type HalfHour = ReadBoth["truth"]["week"]["half_hours"][number];

function backOf(half: HalfHour): Pick<ReadBack, "meterPointId" | "date" | "period" | "text" | "isEstimated"> {
  return {
    meterPointId: half.meter_point_id,
    date: half.settlement_date,
    period: half.settlement_period,
    text: half.quantity,
    isEstimated: half.read_status === "estimated"
  };
}

function asWords(read: ReturnType<typeof backOf>): string {
  return [read.meterPointId, read.date, read.period, Number(read.text).toFixed(4), read.isEstimated].join(" ");
}
