import {expect, test} from "vitest";
import {addDays, datesBetween, type IsoDate} from "../../src/illustrative/calendar.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {writeRows} from "../support/registers.ts";
import {type Dial, flowOfReads, mpanOf} from "./meter-files.ts";

/** The mean of a day, °C: a straight line from 1 in the middle of January to 22 in the middle of July, and back. */
const meanOf = (date: IsoDate) =>
  22 - (21 * Math.min(Math.abs(Date.parse(`${date.slice(0, 4)}-07-15`) - Date.parse(date)) / 86_400_000, 182)) / 182;

const weather = (dates: readonly IsoDate[]) => {
  const hours = dates.flatMap(date =>
    Array.from({length: 24}, (_, hour) => [`${date}T${String(hour).padStart(2, "0")}:00`, meanOf(date).toFixed(1)])
  );
  return JSON.stringify({
    ...{latitude: 53.4, longitude: -2.15, generationtime_ms: 0.5, utc_offset_seconds: 0, timezone: "GMT"},
    ...{timezone_abbreviation: "GMT", elevation: 74, hourly_units: {time: "iso8601", temperature_2m: "°C"}},
    hourly: {time: hours.map(([time]) => time), temperature_2m: hours.map(([, celsius]) => Number(celsius))}
  });
};

/** The kW of each day by its temperature and month; reads at the first of each month; of the month `estimated` the read is far too high. */
interface Meter {
  readonly kw: (celsius: number, month: number) => number;
  readonly from: IsoDate;
  readonly estimated?: IsoDate;
}

const meters: readonly Meter[] = [
  {kw: celsius => 5 + 2 * Math.max(15 - celsius, 0), from: "2025-10-01", estimated: "2026-02-01"},
  {kw: () => 7, from: "2025-10-01"},
  {kw: celsius => 3 + 1.5 * Math.max(celsius - 16, 0), from: "2025-10-01"},
  {kw: celsius => 5 + 2 * Math.max(15 - celsius, 0), from: "2026-05-01"},
  {kw: (_, month) => (month % 2 ? 4 : 12), from: "2025-10-01"}
];

const firsts = Array.from({length: 14}, (_, index) =>
  new Date(Date.UTC(2025, 9 + index, 1)).toISOString().slice(0, 10)
);

function readsOf({kw, from, estimated}: Meter, mpan: string): Dial[] {
  let stood = 1000;
  return firsts.flatMap((first, index) => {
    const before = firsts[index - 1];
    if (before !== undefined)
      for (const date of datesBetween(before, addDays(first, -1)))
        stood += 24 * kw(Number(meanOf(date).toFixed(1)), Number(date.slice(5, 7)));
    const isEstimated = first === estimated;
    return first < from
      ? []
      : [{mpan, at: first, value: stood + (isEstimated ? 900 : 0), type: isEstimated ? "E" : "R"}];
  });
}

test("of meters that are read monthly: base, balance point and slope as they were made; an estimated read is put right by the next; too few or wild periods are no signature", async () => {
  const c = new Canopy(
    await makeDataFolder(
      meters.map((_, index) => ({id: mpanOf(index + 1), from: "2025-10-01"})),
      "2026-10-31"
    )
  );
  await writeRows(c.folder, "weather-stations.csv", ['"53.4,-2.15",Here,53.4,-2.15,74']);
  await c.bring("weather.json", weather(datesBetween("2025-09-25", "2026-10-31")), {feed: "weather"});
  await c.bring(
    "reads.usr",
    flowOfReads(
      "2026-11-02 09:00:00",
      meters.flatMap((meter, index) => readsOf(meter, mpanOf(index + 1)))
    )
  );
  const found = await c.ask<Record<string, number | string>>(
    "select * from marts.billing_signatures order by meter_point_id"
  );
  expect(found.map(({shape, periods, failed}) => [shape, periods, failed])).toEqual([
    // Of thirteen months two are one period, for the read between them is estimated.
    ["heating", 12, null],
    ["constant", 13, null],
    ["cooling", 13, null],
    ["heating", 6, "fewer than 330 days are known"],
    [expect.anything(), 13, expect.stringMatching(/^its periods stray too far/)]
  ]);
  const [heating, constant, cooling] = found;
  // The days on which the clock changes have an hour more or less: a thousandth of a month.
  for (const [line, base, point, slope] of [
    [heating, 5, 15, 2],
    [constant, 7, null, 0],
    [cooling, 3, 16, 1.5]
  ] as const) {
    expect(Number(line?.base_kw)).toBeCloseTo(base, 1);
    expect(line?.point_c).toBe(point);
    expect(Number(line?.kw_per_degree)).toBeCloseTo(slope, 1);
    expect(Number(line?.cv_rmse)).toBeLessThan(0.01);
  }
});
