import fc from "fast-check";
import {expect, test} from "vitest";
import {bringAll} from "../support/bring-all.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {flat, periodDayFile} from "../support/supplier-files.ts";
import {billFile, flowOfReads, sourcesOf} from "./meter-files.ts";

const [mpan] = mpans;
const june = [{id: mpan, from: "2026-06-01", to: "2026-06-30"}];

const halfHours = periodDayFile([
  {mpan, date: "2026-06-01", cells: flat(1)},
  {
    mpan,
    date: "2026-06-02",
    cells: [...flat(1, 24), ...flat(0.5, 24)],
    flags: [...flat("Actual", 24), ...flat("Estimated", 24)].map(String)
  },
  {mpan, date: "2026-06-03", cells: flat(0.25, 10), flags: Array.from({length: 10}, () => "Actual")}
]);
// 120 kWh over five days: half a kWh each half-hour.
const reads = flowOfReads("2026-06-07 09:00:00", [
  {mpan, at: "2026-06-01", value: 1000},
  {mpan, at: "2026-06-06", value: 1120}
]);
// Fifteen days are 720 half-hours: 1 kWh each. Twenty are 960: 2 kWh each.
const actualBill = billFile([{mpan, invoice: "INV-A", from: "2026-06-01", to: "2026-06-15", kwh: 720}]);
const estimatedBill = billFile([{mpan, invoice: "INV-E", from: "2026-06-01", to: "2026-06-20", kwh: 1920, read: "E"}]);
const files = [
  ["half-hours.csv", halfHours],
  ["reads.usr", reads],
  ["actual-bill.csv", actualBill],
  ["estimated-bill.csv", estimatedBill]
] as const;

/**
 * 48 and 24 half-hours at 1 kWh and 10 at 0.25; 24 at 0.5; of 3 June 38 and the two days after, 134, at 0.5; ten days at 1; five at 2; ten days
 * that nobody knows. Together 1,440, the half-hours of June.
 */
const best = [
  "half-hourly actual 82 74.5",
  "half-hourly estimated 24 12",
  "read pair 134 67",
  "bill actual 480 480",
  "bill estimated 240 480",
  "nothing 480 -"
];

test("every half-hour is of the best source that knows it, and says which; a month adds up to its half-hours", async () => {
  const c = new Canopy(await makeDataFolder(june));
  const loads = [];
  for (const [name, text] of files) loads.push(await c.bring(name, text));
  expect(await sourcesOf(c, mpan)).toEqual(best);
  expect(
    await c.ask(
      "select expected_half_hours, present_half_hours, estimated_half_hours, missing_half_hours, period_half_hours from marts.data_coverage"
    )
  ).toEqual([
    {
      expected_half_hours: 1440,
      present_half_hours: 106,
      estimated_half_hours: 24,
      missing_half_hours: 1334,
      period_half_hours: 854
    }
  ]);
  // 74.5 + 12 + 67 + 480 + 480; estimated are 12 and 480.
  expect(await c.ask("select consumption_kwh, estimated_kwh from marts.site_energy_monthly")).toEqual([
    {consumption_kwh: 1113.5, estimated_kwh: 492}
  ]);
  expect(await c.ask("select rank, source from marts.energy_by_source order by rank")).toEqual(
    // A period of a layout stands fifth, between what is billed and what the bill estimates.
    best.map((line, index) => ({
      rank: [1, 2, 3, 4, 6, 9][index],
      source: line.replace(/ [\d.]+ \S+$/, "")
    }))
  );

  // What the better source said goes, and the next is back.
  const [half, pair, actual] = loads.map(({load_id}) => load_id) as [number, number, number];
  await c.decide(half, "withdrawn", "wrong meter");
  expect(await sourcesOf(c, mpan)).toEqual([
    "read pair 240 120",
    "bill actual 480 480",
    "bill estimated 240 480",
    "nothing 480 -"
  ]);
  await c.decide(pair, "withdrawn", "wrong meter");
  expect(await sourcesOf(c, mpan)).toEqual(["bill actual 720 720", "bill estimated 240 480", "nothing 480 -"]);
  await c.decide(actual, "withdrawn", "wrong meter");
  expect(await sourcesOf(c, mpan)).toEqual(["bill estimated 960 1920", "nothing 480 -"]);
  for (const load of [half, pair, actual]) await c.decide(load, "reinstated", "the right meter");
  expect(await sourcesOf(c, mpan)).toEqual(best);
});

test("files in any order give the same marts", async () => {
  const marts = ["energy_by_source", "data_coverage", "site_energy_daily", "meter_days", "held_meters"];
  // Besides the four: a read that corrects another, and one that is withdrawn, each with its time of issue.
  const more = [
    ...files,
    ["correction.usr", flowOfReads("2026-06-08 09:00:00", [{mpan, at: "2026-06-06", value: 1144}])],
    [
      "withdrawal.usr",
      flowOfReads("2026-06-09 09:00:00", [
        {mpan, at: "2026-06-10", value: 1200},
        {mpan, at: "2026-06-04", value: 1010, type: "W"}
      ])
    ],
    ["wrong.usr", flowOfReads("2026-06-05 09:00:00", [{mpan, at: "2026-06-04", value: 1010}])]
  ] as const;
  const outcome = async (order: readonly number[]) => {
    const c = new Canopy(await makeDataFolder(june));
    const inOrder = new Map(order.map(index => more[index] as (typeof more)[number]));
    const loads = await bringAll(c, inOrder);
    expect([...loads.keys()]).toEqual([...inOrder.keys()]);
    const rows = await c.ask(
      marts.map(mart => `select '${mart}' as mart, t::varchar as words from marts.${mart} t`).join(" union all ") +
        " order by all"
    );
    return JSON.stringify(rows);
  };
  const expected = await outcome([0, 1, 2, 3, 4, 5, 6]);
  expect(expected).toContain("read pair");
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], {minLength: 7}), async order => {
      expect(await outcome(order)).toBe(expected);
    }),
    {numRuns: 6, examples: [[[6, 5, 4, 3, 2, 1, 0]]], seed: 42}
  );
});
