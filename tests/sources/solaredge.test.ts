import {readFile} from "node:fs/promises";
import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {utcOfWallClock} from "../../src/domain/british-clock.ts";
import {FeedError} from "../../src/errors.ts";
import {layoutSchema} from "../../src/layouts/layout.ts";
import {halfHoursOf} from "../../src/sources/inverters/half-hours.ts";
import {unsupportedInverter} from "../../src/sources/inverters/unsupported-inverter.ts";
import {solaredgeDetails} from "../../src/sources/solaredge/solaredge.ts";
import {sum} from "../../src/sources/text/decimal.ts";
import {hasRealData, samplePath} from "../support/real-data.ts";

type Value = {date: string; value?: number | null};
const answer = (meters: Record<string, Value[]>, {timeUnit = "QUARTER_OF_AN_HOUR", unit = "Wh"} = {}) =>
  JSON.stringify({
    energyDetails: {timeUnit, unit, meters: Object.entries(meters).map(([type, values]) => ({type, values}))}
  });
const production = (...values: Value[]) => solaredgeDetails.unfold(answer({Production: values}));
const quarters = (date: string, time: string, values: (number | null)[]): Value[] => {
  const start = Date.parse(`${date}T${time}Z`);
  return values.map((value, index) => ({
    date: new Date(start + index * 900_000).toISOString().slice(0, 19).replace("T", " "),
    value
  }));
};

describe("quarter-hours of a site's clock become half-hours in UTC", () => {
  test("added in twos, exactly; in summer an hour earlier than the clock", () => {
    const {rows, misshapen} = production(...quarters("2026-06-22", "12:00:00", [0.1, 0.2, 7, 8.25]));
    expect(misshapen).toEqual([]);
    expect(rows).toEqual([
      {line: 1, cells: ["Production", "2026-06-22 11:00:00", "0.3", "Wh"]},
      {line: 3, cells: ["Production", "2026-06-22 11:30:00", "15.25", "Wh"]}
    ]);
  });

  test("and where one of two has no value, absent or null or not listed, the half-hour has none; nought is a value", () => {
    const {rows} = production(
      {date: "2026-01-21 10:00:00"},
      {date: "2026-01-21 10:15:00", value: 40},
      {date: "2026-01-21 10:30:00", value: null},
      {date: "2026-01-21 10:45:00", value: 41},
      {date: "2026-01-21 11:15:00", value: 42},
      {date: "2026-01-21 11:30:00", value: 0},
      {date: "2026-01-21 11:45:00", value: 0}
    );
    expect(rows.map(({cells}) => cells.slice(1, 3))).toEqual([
      ["2026-01-21 10:00:00", ""],
      ["2026-01-21 10:30:00", ""],
      ["2026-01-21 11:00:00", ""],
      ["2026-01-21 11:30:00", "0"]
    ]);
  });

  test("the hour that comes twice in autumn is two hours, one pass after the other or side by side", () => {
    const first = quarters("2026-10-25", "01:00:00", [1, 2, 3, 4]);
    const second = quarters("2026-10-25", "01:00:00", [10, 20, 30, 40]);
    const expected = [
      ["2026-10-25 00:00:00", "3"],
      ["2026-10-25 00:30:00", "7"],
      ["2026-10-25 01:00:00", "30"],
      ["2026-10-25 01:30:00", "70"]
    ];
    const inTurn = production(...first, ...second);
    const beside = production(...first.flatMap((value, index) => [value, second[index] as Value]));
    for (const {rows, misshapen} of [inTurn, beside]) {
      expect(rows.map(({cells}) => cells.slice(1, 3))).toEqual(expected);
      expect(misshapen).toEqual([]);
    }
  });

  test("the hour that the clock leaves out in spring holds nothing, or is misshapen", () => {
    const {rows, misshapen} = production(
      ...quarters("2026-03-29", "00:30:00", [1, 2, null, 0, 0, 5]),
      ...quarters("2026-03-29", "02:00:00", [3, 4])
    );
    expect(rows.map(({cells}) => cells.slice(1, 3))).toEqual([
      ["2026-03-29 00:30:00", "3"],
      ["2026-03-29 01:00:00", "7"]
    ]);
    expect(misshapen).toEqual([
      {line: 6, why: "2026-03-29 01:45:00 is an hour that the clock leaves out, and holds 5"}
    ]);
  });

  test("the midnight after the window is no half-hour, and one that stands there twice alike counts once", () => {
    const day = quarters("2026-02-13", "23:30:00", [0, 0, 0]);
    const midnight = {date: "2026-02-14 00:00:00", value: 0};
    const {rows, misshapen} = production(...day, midnight);
    expect(misshapen).toEqual([]);
    expect(rows.map(({cells}) => cells.slice(1, 3))).toEqual([
      ["2026-02-13 23:30:00", "0"],
      ["2026-02-14 00:00:00", ""]
    ]);
  });

  test.each([
    [
      "two values of one quarter",
      [{date: "2026-06-22 12:00:00", value: 5}, ...quarters("2026-06-22", "12:00:00", [6, 7])],
      /two values/
    ],
    ["energy below nought", quarters("2026-06-22", "12:00:00", [6, -1]), /below nought/],
    ["a stamp that is no quarter", [{date: "2026-06-22 12:07:00", value: 5}], /does not begin/],
    ["a date that is none", [{date: "2026-02-30 12:00:00", value: 5}], /no value with a date/],
    ["a value that is text", [{date: "2026-06-22 12:00:00", value: "5" as unknown as number}], /no value with a date/]
  ])("%s is misshapen, and its half-hour is not made", (_, values, why) => {
    const {rows, misshapen} = production(...values);
    expect(rows.filter(({cells}) => cells[2] !== "")).toEqual([]);
    expect(misshapen).toHaveLength(1);
    expect(misshapen[0]?.why).toMatch(why);
  });

  test("each meter by its type, and lines count on", () => {
    const {rows} = solaredgeDetails.unfold(
      answer({
        FeedIn: quarters("2026-01-21", "12:00:00", [1, 1]),
        Production: quarters("2026-01-21", "12:00:00", [2, 3])
      })
    );
    expect(rows).toEqual([
      {line: 1, cells: ["FeedIn", "2026-01-21 12:00:00", "2", "Wh"]},
      {line: 3, cells: ["Production", "2026-01-21 12:00:00", "5", "Wh"]}
    ]);
  });
});

describe("a file is refused", () => {
  const whole = answer({Production: quarters("2026-01-21", "12:00:00", [1, 2])});
  test.each([
    ["cut off", whole.slice(0, -20)],
    ["by the hour", answer({}, {timeUnit: "HOUR"})],
    ["without meters", '{"energyDetails":{"timeUnit":"QUARTER_OF_AN_HOUR","unit":"Wh"}}'],
    ["with NULs", whole.replace("Production", "Prod\u0000uction")],
    ["empty", ""]
  ])("that is %s", (_, text) => expect(() => solaredgeDetails.unfold(text)).toThrow(FeedError));

  test("of a portal that is known and not read, with the reason", () => {
    const rbee = '{"records":[{"measureDate":"2026-07-03T23:10:00","prod":"0.0","in1":"42';
    const solis = '{"success":true,"data":[{"dataTimestamp":"1748217751000","eToday":253.5}]}';
    for (const [head, why] of [
      [rbee, /^Rbee/],
      [solis, /^SolisCloud/]
    ] as const) {
      expect(unsupportedInverter.isOf({fileName: "day.json", head})).toBe(true);
      expect(solaredgeDetails.isOf({fileName: "day.json", head})).toBe(false);
      expect(() => unsupportedInverter.unfold(head)).toThrow(why);
    }
  });
});

test("any way of listing whole quarter-hours gives the same half-hours, whose sum is theirs", () => {
  const parts = fc
    .uniqueArray(fc.tuple(fc.integer({min: 0, max: 95}), fc.integer({min: 0, max: 10_000_000})), {
      selector: ([at]) => at,
      minLength: 1
    })
    .map(list =>
      list.map(([at, thousandths]) => ({start_ms: at * 900_000, energy: (thousandths / 1000).toFixed(3), thousandths}))
    );
  fc.assert(
    fc.property(parts, list => {
      const numbered = (order: typeof list) =>
        order.map(({start_ms, energy}, index) => ({line: index + 1, start_ms, energy}));
      const {halfHours, misshapen} = halfHoursOf(numbered(list), 15);
      const turned = halfHoursOf(numbered([...list].reverse()), 15);
      expect(misshapen).toEqual([]);
      expect(turned.halfHours.map(({start, energy}) => [start, energy])).toEqual(
        halfHours.map(({start, energy}) => [start, energy])
      );
      const paired = list.filter(({start_ms}) =>
        list.some(
          other =>
            other.start_ms !== start_ms && Math.floor(other.start_ms / 1_800_000) === Math.floor(start_ms / 1_800_000)
        )
      );
      const expected = paired.reduce((sum, {thousandths}) => sum + thousandths, 0);
      const whole = halfHours.flatMap(({energy}) => (energy === "" ? [] : [energy]));
      expect(Math.round(Number(sum(whole)) * 1000)).toBe(expected);
    })
  );
});

test("British clock: every half-hour of a year comes back from what the clock shows", () => {
  const clock = new Intl.DateTimeFormat("sv-SE", {timeZone: "Europe/London", dateStyle: "short", timeStyle: "medium"});
  const seen = new Set<number>();
  for (let utc = Date.UTC(2025, 11, 31); utc < Date.UTC(2027, 0, 2); utc += 1_800_000) {
    const wall = Date.parse(`${clock.format(utc).replace(" ", "T")}Z`);
    expect(utcOfWallClock(wall, seen.has(wall) ? 2 : 1)).toBe(utc);
    seen.add(wall);
  }
  expect(utcOfWallClock(Date.UTC(2026, 2, 29, 1, 30))).toBeNull();
});

test("its layout fits what is unfolded", async () => {
  const text = await readFile(new URL("../../src/sources/solaredge/solaredge.json", import.meta.url), "utf8");
  const layout = layoutSchema.parse(JSON.parse(text));
  const {rows} = production(...quarters("2026-06-22", "12:00:00", [1, 2]));
  expect(rows[0]?.cells).toHaveLength(layout.columns.length);
  expect(layout.channel).toMatchObject({means: {Production: "generation", FeedIn: "export", Purchased: "drop"}});
});

describe.skipIf(!hasRealData)("samples", () => {
  test("the recorded day: 48 half-hours of five meters; 13,000 of 13,500 Wh stand in whole half-hours", async () => {
    const text = await readFile(samplePath("07-renewables/solaredge_energy_details.json"), "utf8");
    expect(solaredgeDetails.isOf({fileName: "", head: text})).toBe(true);
    const {rows, misshapen} = solaredgeDetails.unfold(text);
    expect(misshapen).toEqual([]);
    expect(rows).toHaveLength(240);
    const wholeOf = (type: string) =>
      rows.flatMap(({cells}) => (cells[0] === type && cells[2] !== "" ? [cells[2] ?? ""] : []));
    const totals = ["FeedIn", "Consumption", "Purchased", "SelfConsumption", "Production"].map(type => [
      type,
      wholeOf(type).length,
      sum(wholeOf(type))
    ]);
    expect(totals).toEqual([
      ["FeedIn", 47, "0"],
      ["Consumption", 47, "94000"],
      ["Purchased", 47, "405729"],
      ["SelfConsumption", 17, "22696"],
      ["Production", 17, "13000"]
    ]);
  });

  test("of SolisCloud and of Rbee are refused", async () => {
    for (const name of ["solis_inverter_day_trimmed.json", "rbee_smart_data_head.json.txt"]) {
      const text = await readFile(samplePath(`07-renewables/${name}`), "utf8");
      expect(unsupportedInverter.isOf({fileName: name, head: text})).toBe(true);
      expect(() => unsupportedInverter.unfold(text)).toThrow(FeedError);
    }
  });
});
