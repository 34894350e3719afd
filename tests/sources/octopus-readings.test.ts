import {existsSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {describe, expect, test} from "vitest";
import {octopusConsumption, octopusExport, octopusGasM3} from "../../src/sources/octopus/readings.ts";
import {samplePath} from "../support/real-data.ts";
import {halfHoursOn, later, utcText, withLondonOffset} from "./local-day.ts";

const mpan = "1600000000010";
const reading = (at: Date, consumption: unknown = 0.25) => ({
  consumption,
  interval_start: withLondonOffset(at),
  interval_end: withLondonOffset(later(at, 30))
});
const page = (results: readonly unknown[], {count = results.length, next = null as string | null} = {}) => ({
  body: {count, next, previous: null, results}
});
const day = halfHoursOn("2026-06-15");
const pageOf = (from: number, to: number, next: string | null, count = 48) =>
  page(
    day.slice(from, to).map(at => reading(at)),
    {count, next}
  );

const unfold = (results: unknown) =>
  octopusConsumption.unfold(JSON.stringify({count: 1, next: null, previous: null, results}));

describe("unfolding", () => {
  test.each([
    ["2026-03-29", 46, "2026-03-29 00:00:00", "2026-03-29 22:30:00"],
    ["2026-06-15", 48, "2026-06-14 23:00:00", "2026-06-15 22:30:00"],
    ["2026-10-25", 50, "2026-10-24 23:00:00", "2026-10-25 23:30:00"],
    ["2026-01-15", 48, "2026-01-15 00:00:00", "2026-01-15 23:30:00"]
  ])(
    "%s: %s half-hours, each its own instant though the offset changes inside the page",
    (date, periods, first, last) => {
      const starts = halfHoursOn(date);
      const newestFirst = starts.map((at, index) => reading(at, index / 1000)).reverse();
      const {rows, misshapen} = unfold(newestFirst);
      expect([rows.length, misshapen]).toEqual([periods, []]);
      expect([rows.at(-1)?.cells, rows[0]?.cells]).toEqual([
        [first, "0"],
        [last, String((periods - 1) / 1000)]
      ]);
      expect(rows.map(({cells}) => cells[0])).toEqual(starts.map(utcText).reverse());
      expect(rows.map(({line}) => line)).toEqual(rows.map((_, index) => index + 1));
    }
  );

  test.each([
    [null, ""],
    [0, "0"],
    ["0.125", "0.125"],
    [1e-7, "0.0000001"],
    [-0.5, "-0.5"],
    [4294967.295, "4294967.295"]
  ])("a consumption of %j is the cell %j", (consumption, cell) => {
    expect(unfold([reading(day[0] as Date, consumption)]).rows[0]?.cells[1]).toBe(cell);
  });

  test.each([
    ["an hour", {...reading(day[0] as Date), interval_end: withLondonOffset(later(day[0] as Date, 60))}, "60 minutes"],
    ["a day backwards", {...reading(day[1] as Date), interval_end: withLondonOffset(day[0] as Date)}, "-30 minutes"],
    [
      "a stamp without an offset",
      {...reading(day[0] as Date), interval_start: "2026-06-15T00:00:00"},
      "not an instant"
    ],
    ["a date there is not", {...reading(day[0] as Date), interval_start: "2026-02-30T00:00:00Z"}, "not an instant"],
    ["no end", {consumption: 1, interval_start: "2026-06-15T00:00:00Z"}, "not an instant"],
    ["words", reading(day[0] as Date, "lots"), "not a quantity"],
    ["true", reading(day[0] as Date, true), "not a quantity"],
    ["a list", reading(day[0] as Date, [1]), "not a quantity"],
    ["null", null, "not a reading"],
    ["a number", 7, "not a reading"]
  ])("%s is misshapen, and the readings around it are not", (_name, broken, why) => {
    const {rows, misshapen} = unfold([reading(day[0] as Date), broken, reading(day[2] as Date)]);
    expect(rows.map(({line}) => line)).toEqual([1, 3]);
    expect(misshapen).toEqual([{line: 2, why: expect.stringContaining(why)}]);
  });

  test.each(["", "{", "[]", "null", "{}", '{"results":{}}', '{"results":[{"consumption":0.2', "\u0000", "a,b\r1,2\r"])(
    "%j as a whole is refused",
    text => {
      expect(() => octopusConsumption.unfold(text)).toThrow(/^(not whole JSON|no list)/);
    }
  );

  test("a byte-order mark is passed over", () => {
    expect(octopusConsumption.unfold(`\ufeff${JSON.stringify({results: []})}`).rows).toEqual([]);
  });

  test.each([
    ["readings.json", "a page whose name says no unit"],
    [`octopus-${mpan}-E1-therms-20260615-20260616-p1.json`, "a unit there is not"]
  ])("%s is not known: %s", fileName => {
    const head = JSON.stringify(pageOf(0, 48, null).body);
    expect([octopusConsumption, octopusExport, octopusGasM3].some(({isOf}) => isOf({fileName, head}))).toBe(false);
  });

  test("an error is not known, whatever its name", () => {
    expect(
      octopusConsumption.isOf({
        fileName: `octopus-${mpan}-E1-kwh-20260615-20260616-p1.json`,
        head: '{"detail":"Not found."}'
      })
    ).toBe(false);
  });
});

const samples = samplePath("03-electricity-apis/octopus");
test.runIf(existsSync(samples))(
  "the sample: 0.597 kWh in three half-hours across the change of the clocks",
  async () => {
    const text = await readFile(`${samples}/consumption_page1.json`, "utf8");
    const fileName = `octopus-${mpan}-E12Z00001-kwh-20260328-20260329-p1.json`;
    expect(octopusConsumption.isOf({fileName, head: text})).toBe(true);
    const {rows, misshapen} = octopusConsumption.unfold(text);
    expect(misshapen).toEqual([]);
    expect(rows.map(({cells}) => cells)).toEqual([
      ["2026-03-29 01:30:00", "0.212"],
      ["2026-03-29 01:00:00", "0.198"],
      ["2026-03-29 00:30:00", "0.187"]
    ]);
    expect(octopusConsumption.isOf({fileName, head: await readFile(`${samples}/errors.json`, "utf8")})).toBe(false);
  }
);
