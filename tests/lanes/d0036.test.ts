import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import type {LoadRecord} from "../../src/ingest/ledger.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans, writeRegister} from "../support/data-folder.ts";
import {halfHoursOf, heldOf} from "../support/oracle.ts";
import {deliveredFlow, type FlowDay, flowFile, readingsOf} from "./flows.ts";

const [first, second, , unknown] = mpans;
const registered = [{id: first}, {id: second}];
const clockDays = {spring: "2026-03-29", summer: "2026-06-15", autumn: "2025-10-26"} as const;

const accounted = (load: LoadRecord) =>
  load.rows_landed + load.rows_duplicate + load.rows_empty + load.rows_dropped + load.rows_rejected;

interface Row {
  readonly meter_point_id: string;
  readonly channel: string;
  readonly date: string;
  readonly kwh: readonly number[];
  readonly present: bigint;
  readonly estimated: bigint;
}

/** What is held, in the oracle's words. */
async function heldBy(c: Canopy): Promise<string[]> {
  const rows = await c.ask<Row>(
    "select meter_point_id, channel, strftime(settlement_date, '%Y-%m-%d') as date, kwh, present, estimated from marts.meter_days"
  );
  return rows
    .flatMap(({meter_point_id, channel, date, kwh, present, estimated}) =>
      kwh.flatMap((value, slot) =>
        ((present >> BigInt(slot)) & 1n) === 0n
          ? []
          : [
              `${meter_point_id}${channel === "export" ? " AE" : ""} ${date} ${slot + 1} ${value} ${((estimated >> BigInt(slot)) & 1n) === 1n ? "estimated" : "actual"}`
            ]
      )
    )
    .sort();
}

const should = (files: Parameters<typeof heldOf>[0]) =>
  [...heldOf(files)].map(([key, {kwh, status}]) => `${key} ${kwh} ${status}`).sort();

describe("one D0036 of every kind of day and trouble", () => {
  const day = (date: string, over: Partial<FlowDay> = {}): FlowDay => ({
    mpan: first,
    quantity: "AI",
    date,
    readings: readingsOf(date, "A", 1),
    ...over
  });
  const sound = [
    day(clockDays.spring),
    day(clockDays.summer),
    day(clockDays.autumn),
    day(clockDays.spring, {quantity: "AE", readings: readingsOf(clockDays.spring, "A", 2)}),
    day(clockDays.autumn, {quantity: "AE", readings: readingsOf(clockDays.autumn, "E", 3)}),
    day("2026-06-16", {readings: readingsOf("2026-06-16", "A", 4).map(reading => [reading[0], ""] as const)}),
    day("2026-06-17", {
      mpan: second,
      readings: readingsOf("2026-06-17", "A", 5).map((reading, slot) => (slot === 7 ? ["E", ""] : reading))
    })
  ];
  const dropped = ["RI", "RE", "UN"].map(quantity => day("2026-06-18", {quantity}));
  const misshapen = [
    day("2026-06-19", {readings: readingsOf("2026-06-19", "A", 6).slice(1)}),
    day("2026-06-20", {readings: readingsOf("2026-06-20", "A", 6).with(3, ["A", "1e3"])}),
    day("2026-10-25", {readings: readingsOf("2026-10-24", "A", 6)})
  ];
  const twice = [
    day("2026-06-21", {readings: readingsOf("2026-06-21", "A", 7)}),
    day("2026-06-21", {readings: readingsOf("2026-06-21", "A", 8)}),
    day("2026-06-22", {readings: readingsOf("2026-06-22", "A", 9)}),
    day("2026-06-22", {readings: readingsOf("2026-06-22", "A", 9)})
  ];
  const held = [day("2026-06-18", {mpan: unknown, readings: readingsOf("2026-06-18", "A", 10)})];
  const wrong = [
    day("2026-06-23", {mpan: "1600000000011"}),
    day("2026-06-24", {quantity: "XX"}),
    day("2026-06-25", {readings: readingsOf("2026-06-25", "A", 1).with(9, ["A", "-4.00"])})
  ];
  const all = [...sound, ...dropped, ...misshapen, ...twice, ...held, ...wrong];
  const text = flowFile(all, "20261028141613");
  const lineOf = (date: string, nth = 1) =>
    text
      .split("\r\n")
      .flatMap((line, index) => (line === `102|${date.replaceAll("-", "")}|` ? [index + 1] : []))
      .at(nth - 1);
  let c: Canopy;
  let load: LoadRecord;
  beforeAll(async () => {
    c = new Canopy(await makeDataFolder(registered, "2026-10-31", leave => afterAll(leave)));
    load = await c.bring("flow.usr", text);
  });

  test("every row is accounted for", () => {
    expect(load).toMatchObject({
      outcome: "landed",
      layout: "d0036",
      rows_read: all.length,
      rows_dropped: 3,
      rows_empty: 1,
      rows_duplicate: 1,
      rows_rejected: 3 + 2 + 3,
      cells_rejected: 0
    });
    expect(accounted(load)).toBe(load.rows_read);
  });

  test("what landed is what the oracle holds: 46, 48 and 50 half-hours, import apart from export, and no more", async () => {
    const good = [...sound, ...twice.slice(2, 3)];
    expect(await heldBy(c)).toEqual(should([deliveredFlow(good, "2026-10-28T14:16:13", "2026-11-03T12:00:00Z")]));
  });

  test("each reject names the line of its 102, the rule and the value", async () => {
    const rejects = await c.ask<{row_number: number; rule: string; value: string}>(
      "select row_number, rule, value from marts.rejects"
    );
    const ofLine = (line: number | undefined) => rejects.find(({row_number}) => row_number === line);
    expect(rejects).toHaveLength(8);
    expect(ofLine(lineOf("2026-06-19"))).toMatchObject({rule: "row shape", value: "47 readings where 48 belong"});
    expect(ofLine(lineOf("2026-06-20"))?.value).toContain('the value "1e3" is no plain decimal number');
    expect(ofLine(lineOf("2026-10-25"))?.value).toBe("48 readings where 50 belong");
    for (const [one, other] of [
      [1, 2],
      [2, 1]
    ] as const)
      expect(ofLine(lineOf("2026-06-21", one))).toMatchObject({
        rule: "repeated",
        value: expect.stringContaining(`row ${lineOf("2026-06-21", other)} `)
      });
    expect(ofLine(lineOf("2026-06-23"))?.rule).toBe("meter");
    expect(ofLine(lineOf("2026-06-24"))?.rule).toBe("channel");
    expect(ofLine(lineOf("2026-06-25"))?.rule).toBe("negative");
  });

  test("an MPAN that no register names is held and counts once it is named", async () => {
    expect(await c.ask("select meter_key, days from marts.held_meters")).toEqual([{meter_key: unknown, days: 1}]);
    const energy = "select consumption_kwh from marts.site_energy_daily where settlement_date = '2026-06-18'";
    expect(await c.ask(energy)).toEqual([]);
    await writeRegister(c.folder, [...registered, {id: unknown}]);
    // 10.01 to 10.48, in another order.
    expect(await c.ask(energy)).toEqual([{consumption_kwh: expect.closeTo(48 * 10 + (48 * 49) / 200, 6)}]);
  });
});

test("a file cut off anywhere is refused, lands when whole, and test data of the industry are refused", async () => {
  const c = new Canopy(await makeDataFolder(registered));
  const days = [first, second].map(mpan => ({
    mpan,
    quantity: "AI",
    date: "2026-06-15",
    readings: readingsOf("2026-06-15", "A", 1)
  }));
  const text = flowFile(days, "20260624141613");
  const cuts = [text.indexOf("ZPT"), text.indexOf("ZPT") + 16, text.indexOf("102|"), text.length - 30];
  for (const [index, cut] of cuts.entries()) {
    const load = await c.bring(`cut-${index}.usr`, text.slice(0, cut));
    expect(load, text.slice(0, cut).slice(-30)).toMatchObject({outcome: "refused", rows_read: 0, meter_days: 0});
  }
  expect(await c.bring("test.usr", flowFile(days, "20260624141613", "TR01"))).toMatchObject({outcome: "refused"});
  expect(await c.live("select * from raw.meter_days")).toEqual([]);
  expect(await c.bring("whole.usr", text)).toMatchObject({outcome: "landed", rows_landed: 2});
  expect(await c.ask("select count(*)::integer as n from marts.loads where outcome = 'refused'")).toEqual([{n: 5}]);
  expect(await c.bring("again.usr", text)).toMatchObject({load_id: 6});
});

test("estimates, actuals and corrections of import and export: what is held never depends on which file came first", async () => {
  const stamps = ["2026-10-01T01:00:00", "2026-10-05T01:00:00", "2026-10-09T01:00:00", "2026-10-12T01:00:00"];
  const dates = Object.values(clockDays);
  const reading = (date: string) =>
    fc.array(fc.tuple(fc.constantFrom("A", "E"), fc.constantFrom("", "1.25", "2.50", "3.75", "0.00")), {
      minLength: halfHoursOf(date).length,
      maxLength: halfHoursOf(date).length
    });
  const file = fc
    .tuple(
      ...dates.flatMap(date => ["AI", "AE"].map(quantity => fc.option(reading(date).map(r => ({date, quantity, r})))))
    )
    .map(days =>
      days.flatMap(each =>
        each === null ? [] : [{mpan: first, quantity: each.quantity, date: each.date, readings: each.r}]
      )
    )
    .filter(days => days.length > 0);
  const histories = fc.tuple(
    fc.tuple(file, file, file, file),
    fc.shuffledSubarray([0, 1, 2, 3], {minLength: 4, maxLength: 4})
  );
  await fc.assert(
    fc.asyncProperty(histories, async ([files, order]) => {
      const c = new Canopy(await makeDataFolder(registered));
      for (const index of order) {
        const days = files[index] ?? [];
        const load = await c.bring(`${index}.usr`, flowFile(days, (stamps[index] ?? "").replaceAll(/\D/g, "")));
        expect(accounted(load)).toBe(days.length);
      }
      const delivered = files.map((days, index) =>
        deliveredFlow(days, stamps[index] ?? "", `2026-11-03T12:00:0${order.indexOf(index)}Z`)
      );
      expect(await heldBy(c)).toEqual(should(delivered));
    }),
    {numRuns: 2, seed: 36}
  );
});
