import {existsSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {mhhsIf021} from "../../src/sources/industry-flows/mhhs-if021.ts";
import {samplePath} from "../support/real-data.ts";

const mpan = "1600000000010";
const periods = Array.from({length: 48}, (_, index) => ({
  settlementPeriod: index + 1,
  UTCPeriodConsumptionValue: String(index / 10),
  settlementPeriodQualityIndicator: index === 0 ? "E" : "A"
}));

function message({
  id = "IF-021",
  sent = "2026-06-24T03:15:00.000+01:00",
  given = periods as readonly unknown[],
  over = {} as object
} = {}) {
  return {
    payload: {
      CommonBlock: {
        S0: {interfaceID: id, schemaVersion: "001", eventCode: ""},
        S1: {environmentTag: "PROD", senderUniqueReference: "S-7", senderTimestamp: sent},
        M0: {MPANCore: mpan, GSPGroupID: "_G"}
      },
      CustomBlock: {B021: [{UTCSettlementDate: "2026-03-29", measurementQuantityID: "AI", periods: given}], ...over}
    }
  };
}
const unfold = (thing: unknown) => mhhsIf021.unfold(JSON.stringify(thing));
const isOf = (head: string) => mhhsIf021.isOf({fileName: "m.json", head});

describe("IF-021", () => {
  test("48 periods of the UTC day on the day the clocks change too, alone or in a list", () => {
    for (const thing of [message(), [message()]]) {
      const {rows, misshapen, issued} = unfold(thing);
      expect([rows.length, misshapen, issued]).toEqual([48, [], "2026-06-24 03:15:00"]);
      expect(rows[0]).toEqual({line: 1, cells: [mpan, "2026-03-29", "1", "0", "AI", "E"]});
      expect(rows[47]).toEqual({line: 48, cells: [mpan, "2026-03-29", "48", "4.7", "AI", "A"]});
      expect(isOf(JSON.stringify(thing))).toBe(true);
    }
  });

  test("several messages, the newest of which says when they were sent", () => {
    const {rows, issued} = unfold([message({sent: "2026-01-02T03:04:05Z"}), message({sent: "2026-01-03T03:04:05Z"})]);
    expect([rows.map(({line}) => line).at(-1), issued]).toEqual([96, "2026-01-03 03:04:05"]);
  });

  test.each([
    [{settlementPeriod: 49, UTCPeriodConsumptionValue: "1"}, "not a period"],
    [{settlementPeriod: 0, UTCPeriodConsumptionValue: "1"}, "not a period"],
    [{settlementPeriod: 3, UTCPeriodConsumptionValue: "x"}, "not a quantity"],
    [null, "not a period"],
    [7, "not a period"]
  ])("%j is misshapen", (broken, why) => {
    const {rows, misshapen} = unfold(message({given: [broken, ...periods.slice(0, 1)]}));
    expect([rows.map(({line}) => line), misshapen]).toEqual([[2], [{line: 1, why: expect.stringContaining(why)}]]);
  });

  test("a value that is null is nothing", () => {
    const given = [{settlementPeriod: 1, UTCPeriodConsumptionValue: null, settlementPeriodQualityIndicator: "A"}];
    expect(unfold(message({given})).rows[0]?.cells[3]).toBe("");
  });

  test.each([
    ["another interface", message({id: "IF-033"}), "holds no readings"],
    ["no day", message({over: {B021: []}}), "without meter or readings"],
    ["a day without periods", message({over: {B021: [{UTCSettlementDate: "2026-03-29"}]}}), "without periods"],
    ["no time of sending", message({sent: "yesterday"}), "at no instant"],
    ["one message of two without readings", [message(), message({id: "IF-033"})], "holds no readings"]
  ])("%s is refused", (_name, thing, why) => {
    expect(() => unfold(thing)).toThrow(why);
  });

  test.each(["{", "", "7", "null", "[]"])("%j is refused", text => {
    expect(() => mhhsIf021.unfold(text)).toThrow(FeedError);
  });
});

const flows = samplePath("01-electricity-industry-flows");
describe.runIf(existsSync(flows))("the samples", () => {
  const read = (name: string) => readFile(`${flows}/${name}`, "utf8");

  test("IF-021: 9.8 kWh in the first half-hour of 23 June 2026, UTC", async () => {
    const text = await read("mhhs_if021_from_memory.json");
    expect(isOf(text)).toBe(true);
    expect(mhhsIf021.unfold(text)).toEqual({
      rows: [{line: 1, cells: [mpan, "2026-06-23", "1", "9.8", "AI", "A"]}],
      misshapen: [],
      issued: "2026-06-24 03:15:00"
    });
  });

  test("IF-033 is known, and known to hold no readings", async () => {
    const text = await read("mhhs_if-033.json");
    expect(isOf(text)).toBe(true);
    expect(() => mhhsIf021.unfold(text)).toThrow('a message "IF-033" holds no readings');
  });
});
