import {existsSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {describe, expect, test} from "vitest";
import {n3rgyConsumption} from "../../src/sources/n3rgy/readings.ts";
import {samplePath} from "../support/real-data.ts";
import {halfHoursOn, later, minuteText} from "./local-day.ts";

const mpan = "1600000000010";
const mprn = "7512345678";

interface Said {
  readonly of?: string;
  readonly unit?: string;
  readonly kind?: string;
  readonly values?: readonly object[];
  readonly devices?: readonly object[];
}
const value = (timestamp: string, primaryValue: unknown, more: object = {}) => ({primaryValue, timestamp, ...more});
const answer = ({
  of = mpan,
  unit = "kWh",
  kind = "electricity/readingtype/consumption",
  values = [],
  devices
}: Said = {}) => ({
  resource: `/mpxn/${of}/utility/${kind}?granularity=halfhour&start=202606150030`,
  responseTimestamp: "2026-06-18T09:00:00.123Z",
  availableCacheRange: {start: "202506150000", end: "202606190000"},
  start: "202606150030",
  end: "202606180000",
  granularity: "halfhour",
  unit,
  devices: devices ?? [{deviceId: "0A-00", values}]
});

const unfold = (said: Said) => n3rgyConsumption.unfold(JSON.stringify(answer(said)));

describe("unfolding", () => {
  test.each([
    ["2026-03-29", 46],
    ["2026-06-15", 48],
    ["2026-10-25", 50]
  ])("the %s half-hours of %s, stamped with their ends", (date, periods) => {
    const values = halfHoursOn(date).map((at, index) => value(minuteText(later(at, 30)), index / 8));
    const {rows, misshapen, issued} = unfold({values});
    expect([rows.length, misshapen, issued]).toEqual([periods, [], "2026-06-18 10:00:00"]);
    expect(rows[1]?.cells).toEqual([mpan, values[1]?.timestamp, "0.125", "kWh", "consumption", ""]);
  });

  test("devices follow one another, each reading with a number of its own", () => {
    const {rows} = unfold({
      devices: [
        {deviceId: "A", values: [value("2026-06-15 00:30", 1)]},
        {deviceId: "B", values: [value("2026-06-15 01:00", 2)]}
      ]
    });
    expect(rows.map(({line, cells}) => [line, cells[1], cells[2]])).toEqual([
      [1, "2026-06-15 00:30", "1"],
      [2, "2026-06-15 01:00", "2"]
    ]);
  });

  test("unit, direction and remarks stand with each reading; counters run over stay what they are, for the engine to know", () => {
    const gas = unfold({
      of: mprn,
      unit: "m3",
      kind: "gas/readingtype/consumption",
      values: [value("2026-06-15 00:30", 16777.215)]
    });
    expect(gas.rows[0]?.cells).toEqual([mprn, "2026-06-15 00:30", "16777.215", "m3", "consumption", ""]);
    const out = unfold({
      kind: "electricity/readingtype/production",
      values: [value("2026-06-15 00:30", null, {additionalInformation: " late "})]
    });
    expect(out.rows[0]?.cells).toEqual([mpan, "2026-06-15 00:30", "", "kWh", "production", "late"]);
  });

  test.each([
    [value("2026-06-15 00:30", "x"), "not a quantity"],
    [value("2026-06-15 00:30", {}), "not a quantity"],
    [value("2026-06-15 00:30", 1, {secondaryValue: 0.4}), "second element"],
    [value("2026-06-15 00:30", 1, {secondaryValue: "?"}), "second element"]
  ])("%j is misshapen", (broken, why) => {
    const {rows, misshapen} = unfold({values: [broken, value("2026-06-15 01:00", 1, {secondaryValue: 0})]});
    expect([rows.map(({line}) => line), misshapen]).toEqual([[2], [{line: 1, why: expect.stringContaining(why)}]]);
  });

  test.each([
    ["no JSON", "{", "not whole JSON"],
    ["a list", "[]", "no answer"],
    ["daily readings", JSON.stringify({...answer(), granularity: "day"}), '"day"'],
    ["a tariff", JSON.stringify(answer({kind: "electricity/readingtype/tariff"})), "of which meter"],
    ["no time of answer", JSON.stringify({...answer(), responseTimestamp: "today"}), '"today"'],
    ["devices that are none", JSON.stringify({...answer(), devices: {}}), "no list of devices"],
    ["a device without values", JSON.stringify({...answer(), devices: [{}]}), "no list of values"]
  ])("%s as a whole is refused", (_name, text, why) => {
    expect(() => n3rgyConsumption.unfold(text)).toThrow(why);
  });

  test.each([
    ["consumption", true],
    ["production", true],
    ["tariff", false],
    ["consumptions", false]
  ])("%s: known is %s", (kind, isKnown) => {
    const head = JSON.stringify(answer({kind: `electricity/readingtype/${kind}`}));
    expect(n3rgyConsumption.isOf({fileName: "x.json", head})).toBe(isKnown);
  });
});

const samples = samplePath("03-electricity-apis/n3rgy");

/** Summed over the files in decimals by another program. */
describe.runIf(existsSync(samples))("the samples", () => {
  const read = async (name: string) => {
    const text = await readFile(`${samples}/${name}`, "utf8");
    return {text, isKnown: n3rgyConsumption.isOf({fileName: name, head: text.slice(0, 131_072)})};
  };

  test.each([
    ["web-fixtures/get-reading-type-consumption.json", 31, 2999, "2012-04-27 09:00", "2012-04-28 00:00"],
    ["analytics-fixtures/get_consumption_data.json", 96, 51_891, "2019-01-01 00:30", "2019-01-03 00:00"],
    ["sentinel_values.json", 4, 4_311_745_310, "2026-06-22 00:30", "2026-06-23 00:00"]
  ])("%s: %s readings, %s Wh with what stands for none", async (name, count, wattHours, first, last) => {
    const {text, isKnown} = await read(name);
    expect(isKnown).toBe(true);
    const {rows, misshapen} = n3rgyConsumption.unfold(text);
    expect([rows.length, misshapen]).toEqual([count, []]);
    expect(rows.reduce((sum, {cells}) => sum + Math.round(1000 * Number(cells[2])), 0)).toBe(wattHours);
    expect([rows[0]?.cells[1], rows.at(-1)?.cells[1]]).toEqual([first, last]);
  });

  test.each([
    "web-fixtures/get-reading-type-tariff.json",
    "analytics-fixtures/get_tariff_data.json",
    "analytics-fixtures/get_tariff_data_with_tiers.json",
    "analytics-fixtures/raw_meter_readings_kwh.json",
    "analytics-fixtures/tariffs-basic-tiered.yaml",
    "analytics-fixtures/tariffs-weekday.yaml"
  ])("%s is not one: it holds prices, or does not say of what it is", async name => {
    expect((await read(name)).isKnown).toBe(false);
  });
});
