import {existsSync} from "node:fs";
import {readFile} from "node:fs/promises";
import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {halfHoursOf, thousandthOf} from "../../src/sources/meter-portals/half-hour-parts.ts";
import {meterPortalConsumption} from "../../src/sources/meter-portals/meter-portal-consumption.ts";
import {waterLogger} from "../../src/sources/meter-portals/water-logger.ts";
import {sum as exactSum} from "../../src/sources/text/decimal.ts";
import {samplePath} from "../support/real-data.ts";
import {layoutNamed, sourceRowsOf} from "./source-rows.ts";

const spid = "3000000042W11";
const cellsOf = ({rows}: ReturnType<typeof waterLogger.unfold>) => rows.map(({line, cells}) => [line, ...cells]);

describe("a water logger", () => {
  const head = "SPID,Serial,DateTime,Pulse,Litres";
  const logger = (...rows: readonly string[]) =>
    [head, ...rows.map(row => `${spid},26A000042,${row}`), ""].join("\r\n");
  const whole = logger(
    "22/06/2026 00:00,0,0",
    "22/06/2026 00:15,2,20",
    "22/06/2026 00:30,1,10",
    "22/06/2026 00:45,3,30.5"
  );

  test("two quarters of an hour make a half-hour in m3", () => {
    expect(cellsOf(waterLogger.unfold(whole))).toEqual([
      [2, spid, "26A000042", "2026-06-22 00:00:00", "0.02"],
      [4, spid, "26A000042", "2026-06-22 00:30:00", "0.0405"]
    ]);
    expect(waterLogger.unfold(whole)).toMatchObject({misshapen: [], issued: null});
  });

  test("nought is used, and is not missing", () => {
    const text = logger("22/06/2026 00:00,0,0", "22/06/2026 00:15,0,0.0");
    expect(cellsOf(waterLogger.unfold(text))).toEqual([[2, spid, "26A000042", "2026-06-22 00:00:00", "0"]]);
  });

  test("its layout places them by their start in GMT, in m3", async () => {
    const rows = await sourceRowsOf(
      "water-logger",
      waterLogger.unfold(whole),
      "meter_text, stamp::varchar, half_hour::varchar, reading::varchar, unit, channel, row_status"
    );
    expect(rows).toEqual([
      [spid, "2026-06-22 00:00:00", "1", "0.02", "m3", "import", "actual"],
      [spid, "2026-06-22 00:30:00", "2", "0.0405", "m3", "import", "actual"]
    ]);
    expect(await layoutNamed("water-logger")).toMatchObject({clock: "utc", confirmation: "unconfirmed"});
  });

  test.each([
    ["a quarter is missing", ["22/06/2026 00:15,2,20"], [[2, "1 of the 2 parts"]]],
    [
      "a quarter is empty",
      ["22/06/2026 00:00,,", "22/06/2026 00:15,2,20"],
      [
        [2, "no litres"],
        [3, "1 of the 2 parts"]
      ]
    ],
    [
      "a quarter is below nothing",
      ["22/06/2026 00:00,1,-5", "22/06/2026 00:15,2,20"],
      [
        [2, 'the litres "-5"'],
        [3, "1 of the 2 parts"]
      ]
    ],
    [
      "a quarter stands twice otherwise",
      ["22/06/2026 00:00,1,10", "22/06/2026 00:00,2,20", "22/06/2026 00:15,2,20"],
      [
        [2, "lines 2 and 3 give different amounts for 2026-06-22 00:00:00"],
        [3, "lines 2 and 3"],
        [4, "lines 2 and 3"]
      ]
    ],
    [
      "pulses without litres",
      ["22/06/2026 00:00,3,0", "22/06/2026 00:15,2,20"],
      [
        [2, "3 pulses and 0 litres contradict"],
        [3, "1 of the 2 parts"]
      ]
    ],
    ["a time is between quarters", ["22/06/2026 00:10,1,10"], [[2, "not on an interval of 15 minutes"]]],
    ["a time is none", ["22/06/2026 25:00,1,10"], [[2, "not a date and time"]]],
    ["a row is cut off", ["22/06/2026 00:00,1"], [[2, "not as many cells"]]]
  ])("%s: there is no half-hour, and each row says why", (_what, rows, whys) => {
    const {rows: made, misshapen} = waterLogger.unfold(logger(...rows));
    expect(made).toEqual([]);
    expect(misshapen.map(({line, why}) => [line, why])).toEqual(
      whys.map(([line, why]) => [line, expect.stringContaining(String(why))])
    );
  });

  test("a quarter that stands twice with the same litres counts once", () => {
    const text = logger("22/06/2026 00:00,1,10", "22/06/2026 00:00,1,10.0", "22/06/2026 00:15,2,20");
    expect(cellsOf(waterLogger.unfold(text))).toEqual([[2, spid, "26A000042", "2026-06-22 00:00:00", "0.03"]]);
  });

  test("quarters of two loggers are not added", () => {
    const text = [head, `${spid},A,22/06/2026 00:00,1,10`, `${spid},B,22/06/2026 00:15,1,10`].join("\n");
    expect(waterLogger.unfold(text)).toMatchObject({rows: [], misshapen: [{line: 2}, {line: 3}]});
  });

  test("pulses alone are refused, and litres alone are read", () => {
    expect(() => waterLogger.unfold("SPID,DateTime,Pulse\n")).toThrow(FeedError);
    expect(() => waterLogger.unfold("SPID,DateTime,Pulse\n")).toThrow("the litres of one pulse");
    const text = `SPID,DateTime,Litres\n${spid},22/06/2026 00:00,1\n${spid},22/06/2026 00:15,1\n`;
    expect(cellsOf(waterLogger.unfold(text))).toEqual([[2, spid, "", "2026-06-22 00:00:00", "0.002"]]);
  });

  test("whatever the line ends, the order of the rows and a UTF-8 mark", () => {
    const amounts = (text: string) => new Set(cellsOf(waterLogger.unfold(text)).map(cells => cells.slice(1).join()));
    const [header = "", ...rows] = whole.trimEnd().split("\r\n");
    for (const newline of ["\n", "\r", "\r\n\r\n"])
      expect(amounts(`\ufeff${[header, ...rows.toReversed()].join(newline)}`)).toEqual(amounts(whole));
  });
});

describe("Meter Portal's consumption", () => {
  const head = "POS_ID,CUSTOMER_REFERENCE,METER_TYPE,METER_SERIALNUMBER,MODULE_ID,DATEREF,CONSUMPTION,MEASUREMENT_UNIT";
  const row = (at: string, amount: string, {pos = "W0000042", type = "Water", unit = "m³"} = {}) =>
    `${pos},SITE-9,${type},26A000042,M0042,${at},${amount},${unit}`;
  const portal = (...rows: readonly string[]) => [head, ...rows, ""].join("\n");
  const half = (line: number, start: string, amount: string, made: string, unit = "m3") => [
    line,
    "W0000042",
    "26A000042",
    `2026-10-25 ${start}:00`,
    amount,
    unit,
    made
  ];

  test("hours are halved, the repeated hour of autumn included", () => {
    const text = portal(row("2026-10-25T01:00:00+01:00", "0.125"), row("2026-10-25T01:00:00+00:00", "0.110"));
    expect(cellsOf(meterPortalConsumption.unfold(text))).toEqual([
      half(2, "00:00", "0.0625", "halved"),
      half(2, "00:30", "0.0625", "halved"),
      half(3, "01:00", "0.055", "halved"),
      half(3, "01:30", "0.055", "halved")
    ]);
  });

  test("an hour that is missing stays so", () => {
    const text = portal(...["00", "01", "04"].map(hour => row(`2026-10-25T${hour}:00:00Z`, "1")));
    expect(meterPortalConsumption.unfold(text).rows.map(({cells}) => cells[2]?.slice(11, 16))).toEqual([
      "00:00",
      "00:30",
      "01:00",
      "01:30",
      "04:00",
      "04:30"
    ]);
  });

  test("half-hours are as they came", () => {
    const kWh = {type: "Electricity", unit: "kWh"};
    const text = portal(row("2026-10-25T00:00:00Z", "4.50", kWh), row("2026-10-25T00:30:00Z", "0", kWh));
    expect(cellsOf(meterPortalConsumption.unfold(text))).toEqual([
      half(2, "00:00", "4.50", "whole", "kWh"),
      half(3, "00:30", "0", "whole", "kWh")
    ]);
  });

  test.each([
    [5, ["0.1", "0.2", "0.3", "0.4", "0.5", "0.65"], "2.15"],
    [15, ["0.1", "0.2"], "0.3"]
  ])("intervals of %i minutes are summed", (interval, amounts, sum) => {
    const rows = amounts.map((amount, at) =>
      row(`2026-10-25T00:${String(at * interval).padStart(2, "0")}:00Z`, amount)
    );
    expect(cellsOf(meterPortalConsumption.unfold(portal(...rows)))).toEqual([half(2, "00:00", sum, "summed")]);
    const {rows: none, misshapen} = meterPortalConsumption.unfold(
      portal(...rows.toSpliced(1, 1), row("2026-10-25T00:50:00Z", "1"), row("2026-10-25T00:45:00Z", "1"))
    );
    expect(none).toEqual([]);
    expect(misshapen).toHaveLength(amounts.length + 1);
  });

  test.each([
    ["a day", [row("2026-10-25T00:00:00Z", "1"), row("2026-10-26T00:00:00Z", "1")], "intervals of 1440 minutes"],
    ["one row", [row("2026-10-25T00:00:00Z", "1")], "one time only"],
    ["no offset", [row("2026-10-25T00:00:00", "1")], "not a time with its offset"],
    ["another unit", [row("2026-10-25T00:00:00Z", "1", {unit: "l"})], '"l" is no unit of "Water"'],
    ["no amount", [row("2026-10-25T00:00:00Z", "")], "no amount"],
    ["below nothing", [row("2026-10-25T00:00:00Z", "-1")], 'the amount "-1"'],
    ["cut off", [row("2026-10-25T00:00:00Z", "1").slice(0, 50)], "not as many cells"]
  ])("%s is misshapen", (_what, rows, why) => {
    const unfolded = meterPortalConsumption.unfold(portal(...rows));
    expect(unfolded.rows).toEqual([]);
    expect(unfolded.misshapen.map(({line}) => line)).toEqual(rows.map((_, at) => at + 2));
    for (const fault of unfolded.misshapen) expect(fault.why).toContain(why);
  });

  test("its layout counts halves of an hour as estimated", async () => {
    const text = portal(
      row("2026-10-25T00:00:00Z", "0.5"),
      row("2026-10-25T01:00:00Z", "0.7"),
      row("2026-06-22T22:30:00Z", "3", {pos: "E0000042", type: "Electricity", unit: "kWh"}),
      row("2026-06-22T23:00:00Z", "4", {pos: "E0000042", type: "Electricity", unit: "kWh"})
    );
    const rows = await sourceRowsOf(
      "meter-portal-consumption",
      meterPortalConsumption.unfold(text),
      "meter_text, stamp::varchar, half_hour::varchar, reading::varchar, unit, row_status"
    );
    expect(rows).toEqual([
      ["W0000042", "2026-10-25 00:00:00", "1", "0.25", "m3", "estimated"],
      ["W0000042", "2026-10-25 00:30:00", "2", "0.25", "m3", "estimated"],
      ["W0000042", "2026-10-25 01:00:00", "3", "0.35", "m3", "estimated"],
      ["W0000042", "2026-10-25 01:30:00", "4", "0.35", "m3", "estimated"],
      ["E0000042", "2026-06-22 22:30:00", "46", "3.0", "kWh", "actual"],
      ["E0000042", "2026-06-22 23:00:00", "47", "4.0", "kWh", "actual"]
    ]);
  });
});

describe("amounts are exact", () => {
  test.each([
    [["0.1", "0.2"], "0.3"],
    [["10", "2.50"], "12.5"],
    [["0", "0.000"], "0"],
    [["99999999999999.9", "0.1"], "100000000000000"]
  ])("%j add to %s", (texts, sum) => {
    expect(exactSum(texts)).toBe(sum);
  });

  test.each([
    ["20", "0.02"],
    ["1000", "1"],
    ["0.5", "0.0005"],
    ["0", "0"],
    ["1234567.25", "1234.56725"]
  ])("a thousandth of %s is %s", (text, thousandth) => {
    expect(thousandthOf(text)).toBe(thousandth);
  });

  test("nothing is lost and nothing made, whatever the interval, the gaps and the order", () => {
    const interval = fc.constantFrom(5, 15, 30, 60);
    const cells = fc.uniqueArray(fc.record({at: fc.nat({max: 60}), thousandths: fc.nat({max: 999_999})}), {
      selector: ({at}) => at,
      maxLength: 60
    });
    const thousandths = (text: string) => Math.round(Number(text) * 2000) / 2;
    fc.assert(
      fc.property(interval, cells, (minutes, intervals) => {
        const parts = intervals.map(({at, thousandths}, index) => ({
          line: index + 1,
          meter: "m",
          minute: at * minutes,
          amount: (thousandths / 1000).toFixed(3)
        }));
        const {halfHours, misshapen} = halfHoursOf(parts, minutes as 5 | 15 | 30 | 60);
        const aside = new Set(misshapen.map(({line}) => line));
        const kept = parts.filter(({line}) => !aside.has(line));
        const sum = (amounts: readonly {amount: string}[]) =>
          amounts.reduce((total, {amount}) => total + thousandths(amount), 0);
        expect(sum(halfHours)).toBe(sum(kept));
        expect(halfHours).toHaveLength((kept.length * minutes) / 30);
        expect(new Set(halfHours.map(({minute}) => minute)).size).toBe(halfHours.length);
        for (const {minute} of halfHours) expect(minute % 30).toBe(0);
      })
    );
  });
});

const samples = samplePath("10-water-heat");
describe.runIf(existsSync(samples))("the samples", () => {
  test("the logger: 20 litres in the first half-hour of the day", async () => {
    const text = await readFile(`${samples}/water_logger_15min.csv`, "utf8");
    expect(waterLogger.isOf({fileName: "water_logger_15min.csv", head: text})).toBe(true);
    expect(waterLogger.unfold(text)).toEqual({
      rows: [{line: 2, cells: ["3012345678W11", "20A000001", "2026-06-22 00:00:00", "0.02"]}],
      misshapen: [],
      issued: null
    });
  });

  test("the portal: 0.120 and 0.110 m3 in the two hours called one o'clock", async () => {
    const text = await readFile(`${samples}/meter_portal_periodic_consumption.csv`, "utf8");
    expect(meterPortalConsumption.isOf({fileName: "x.csv", head: text})).toBe(true);
    const {rows, misshapen} = meterPortalConsumption.unfold(text);
    expect(misshapen).toEqual([]);
    expect(rows.map(({cells}) => cells.slice(2, 5))).toEqual(
      [
        ["2026-10-25 00:00:00", "0.06", "m3"],
        ["2026-10-25 00:30:00", "0.06", "m3"],
        ["2026-10-25 01:00:00", "0.055", "m3"],
        ["2026-10-25 01:30:00", "0.055", "m3"]
      ].map(([start, amount, unit]) => [start, amount, unit])
    );
  });
});
