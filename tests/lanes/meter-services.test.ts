import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {hasMpanCheckDigit} from "../../src/domain/meter-points.ts";
import type {LoadRecord} from "../../src/ingest/ledger.ts";
import {halfHoursOn, later, minuteText, withLondonOffset} from "../sources/local-day.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";

const meters = {
  octopus: meterOf(1),
  n3rgy: meterOf(2),
  glowmarkt: meterOf(3),
  perse: meterOf(4),
  mhhs: meterOf(5),
  corrected: meterOf(6),
  empty: meterOf(7),
  estimated: meterOf(8),
  disordered: meterOf(9),
  remarked: meterOf(10)
};

/** An invented MPAN with its check digit. */
function meterOf(number: number): string {
  const core = `16000007${String(number).padStart(4, "0")}`;
  return Array.from({length: 10}, (_, digit) => `${core}${digit}`).find(hasMpanCheckDigit) ?? "";
}

const days = [
  ["2026-03-29", 46],
  ["2026-06-15", 48],
  ["2026-10-25", 50]
] as const;
/** Eighths, so that sums are exact, and no two alike: 0.125 in the first half-hour, 1 in the second. They rise and fall, as no register does. */
const kwhAt = (index: number) => (((index * 7) % 53) + 1) / 8;
const expected = (periods: number) => Array.from({length: periods}, (_, index) => String(kwhAt(index)));

const octopusPage = (date: string, of: (index: number) => unknown = kwhAt) => {
  const results = halfHoursOn(date).map((at, index) => ({
    consumption: of(index),
    interval_start: withLondonOffset(at),
    interval_end: withLondonOffset(later(at, 30))
  }));
  return JSON.stringify({count: results.length, next: null, previous: null, results: results.reverse()});
};
const octopusName = (mpan: string, date: string, page = "p1") =>
  `octopus-${mpan}-E1-kwh-${date.replaceAll("-", "")}-${date.replaceAll("-", "")}-${page}.json`;

const n3rgyAnswer = (
  mpan: string,
  date: string,
  of: (index: number) => unknown = kwhAt,
  answered = "2026-11-02T09:00:00.000Z"
) =>
  JSON.stringify({
    resource: `/mpxn/${mpan}/utility/electricity/readingtype/consumption?granularity=halfhour`,
    responseTimestamp: answered,
    granularity: "halfhour",
    unit: "kWh",
    devices: [
      {
        deviceId: "0A",
        values: halfHoursOn(date).map((at, index) => ({primaryValue: of(index), timestamp: minuteText(later(at, 30))}))
      }
    ]
  });

const glowmarktAnswer = (date: string, of: (index: number) => unknown = kwhAt) =>
  JSON.stringify({
    resourceTypeId: "0a0b0c0d-0000-4000-8000-00000000000f",
    resourceId: "0f0e0d0c-0000-4000-8000-000000000001",
    query: {period: "PT30M", function: "sum"},
    data: halfHoursOn(date).map((at, index) => [at.getTime() / 1000, of(index)]),
    units: "kWh",
    classifier: "electricity.consumption"
  });

const perseAnswer = (mpan: string, date: string, of: (index: number) => unknown = kwhAt, status = "A") => {
  const {length} = halfHoursOn(date);
  const cells = Array.from({length: 50}, (_, index) => [
    [`P${index + 1}`, index < length ? of(index) : null],
    [`UT${index + 1}`, index < length ? status : null]
  ]).flat();
  return JSON.stringify({
    meta: {cacheAvailability: "2025-01-01 TO 2026-10-31"},
    data: [{Date: date, MPAN: mpan, MeasurementQuantity: "AI", ...Object.fromEntries(cells)}]
  });
};

const mhhsMessage = (mpan: string, date: string) =>
  JSON.stringify({
    payload: {
      CommonBlock: {
        S0: {interfaceID: "IF-021"},
        S1: {senderTimestamp: "2026-11-01T03:15:00.000Z"},
        M0: {MPANCore: mpan}
      },
      CustomBlock: {
        B021: [
          {
            UTCSettlementDate: date,
            measurementQuantityID: "AI",
            periods: Array.from({length: 48}, (_, index) => ({
              settlementPeriod: index + 1,
              UTCPeriodConsumptionValue: String(kwhAt(index)),
              settlementPeriodQualityIndicator: "A"
            }))
          }
        ]
      }
    }
  });

const loads = new Map<string, LoadRecord>();
const held = new Map<string, readonly string[]>();
const dayOf = (meter: string, date: string) => held.get(`${meter} ${date}`) ?? [];

const [, [summer]] = days;
const [, , [autumn]] = days;
const files: readonly (readonly [name: string, text: string, meterPoint?: string])[] = [
  ...days.flatMap(
    ([date]) =>
      [
        [octopusName(meters.octopus, date), octopusPage(date), meters.octopus],
        [`n3rgy-${date}.json`, n3rgyAnswer(meters.n3rgy, date)],
        [`glowmarkt-${date}.json`, glowmarktAnswer(date), meters.glowmarkt],
        [`perse-${date}.json`, perseAnswer(meters.perse, date)]
      ] as const
  ),
  ["mhhs-summer.json", mhhsMessage(meters.mhhs, summer)],
  ["mhhs-spring.json", mhhsMessage(meters.mhhs, days[0][0])],
  ["mhhs-if033.json", mhhsMessage(meters.mhhs, autumn).replace("IF-021", "IF-033")],
  [octopusName(meters.corrected, summer), octopusPage(summer), meters.corrected],
  [
    octopusName(meters.corrected, summer, "p2"),
    octopusPage(summer, index => [kwhAt(0), 9.5, null, 4294967.295][index] ?? (index === 2 ? null : kwhAt(index))),
    meters.corrected
  ],
  ["nulls.json", glowmarktAnswer(summer, index => (index % 2 === 0 ? 0 : null)), meters.empty],
  ["estimates.json", perseAnswer(meters.estimated, summer, () => 1, "E")],
  ["estimates-autumn.json", perseAnswer(meters.estimated, autumn, () => 1, "E")],
  ["actuals.json", perseAnswer(meters.estimated, summer, () => 1.25, "A")],
  ["answered-later.json", n3rgyAnswer(meters.disordered, summer, () => 2, "2026-11-02T09:00:00.000Z")],
  ["answered-before.json", n3rgyAnswer(meters.disordered, summer, () => 1, "2026-11-01T09:00:00.000Z")],
  [
    "remarked.json",
    n3rgyAnswer(meters.remarked, summer).replace(
      '"primaryValue":0.125',
      '"primaryValue":0.125,"additionalInformation":"Estimated?"'
    )
  ]
];

let leave = async () => {};
afterAll(() => leave());
beforeAll(async () => {
  const registered = Object.values(meters).map(id => ({id}));
  const c = new Canopy(
    await makeDataFolder(registered, "2026-10-31", finish => {
      leave = finish;
    })
  );
  for (const [name, text, meterPoint = null] of files) loads.set(name, await c.bring(name, text, {meterPoint}));
  const rows = await c.ask<{key: string; kwh: number[]; present: bigint; estimated: bigint; periods: number}>(
    "select meter_point_id || ' ' || strftime(settlement_date, '%Y-%m-%d') as key, kwh, present, estimated, periods from marts.meter_days where channel = 'import'"
  );
  const at = (mask: bigint, slot: number) => ((mask >> BigInt(slot)) & 1n) === 1n;
  for (const {key, kwh, present, estimated, periods} of rows)
    held.set(
      key,
      kwh
        .slice(0, periods)
        .map((value, slot) => (at(present, slot) ? `${value}${at(estimated, slot) ? "e" : ""}` : "-"))
    );
});

const landed = (name: string) => {
  const load = loads.get(name);
  return [load?.layout, load?.rows_landed, load?.rows_rejected];
};

describe.each(days)("%s, of %s half-hours", (date, periods) => {
  test.each([
    ["Octopus", octopusName(meters.octopus, date), "octopus-consumption", meters.octopus, periods],
    ["n3rgy", `n3rgy-${date}.json`, "n3rgy-consumption", meters.n3rgy, periods],
    ["Glowmarkt", `glowmarkt-${date}.json`, "glowmarkt-readings", meters.glowmarkt, periods],
    ["Perse", `perse-${date}.json`, "perse-realtime", meters.perse, 1]
  ])("as %s gives it", (_service, name, layout, meter, rows) => {
    expect(landed(name)).toEqual([layout, rows, 0]);
    expect(dayOf(meter, date)).toEqual(expected(periods));
  });
});

test("a UTC day of the market-wide settlement ends in the next day of the clock, in summer and in spring", () => {
  expect(landed("mhhs-summer.json")).toEqual(["mhhs-if021", 48, 0]);
  expect(dayOf(meters.mhhs, summer)).toEqual(["-", "-", ...expected(46)]);
  expect(dayOf(meters.mhhs, "2026-06-16").slice(0, 3)).toEqual([...expected(48).slice(46), "-"]);
  expect(dayOf(meters.mhhs, days[0][0])).toEqual(expected(46));
});

test("an appointment of the market-wide settlement is refused, and says why", () => {
  const load = loads.get("mhhs-if033.json");
  expect(JSON.stringify(load)).toContain("holds no readings");
  expect(load?.rows_landed ?? 0).toBe(0);
});

test("a correction replaces, an absence does not, and a counter that ran over is no reading", () => {
  const load = loads.get(octopusName(meters.corrected, summer, "p2"));
  expect([load?.rows_landed, load?.rows_empty, load?.rows_rejected]).toEqual([46, 1, 1]);
  expect(dayOf(meters.corrected, summer).slice(0, 5)).toEqual(["0.125", "9.5", ...expected(5).slice(2)]);
});

test("what Glowmarkt has as null is held as nothing, and what it has as 0 as 0", () => {
  expect(dayOf(meters.empty, summer).slice(0, 4)).toEqual(["0", "-", "0", "-"]);
});

test("Perse's estimates stay estimates until they are actual", () => {
  expect([dayOf(meters.estimated, autumn)[0], dayOf(meters.estimated, summer)[0]]).toEqual(["1e", "1.25"]);
});

test("of two n3rgy answers the one answered later stands, in whichever order they come", () => {
  expect(dayOf(meters.disordered, summer)[0]).toBe("2");
});

test("a reading that n3rgy remarks on is set aside until somebody says what the remark means", () => {
  expect(landed("remarked.json")).toEqual(["n3rgy-consumption", 47, 1]);
  expect(dayOf(meters.remarked, summer).slice(0, 2)).toEqual(["-", "1"]);
});
