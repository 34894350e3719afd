import {readFile} from "node:fs/promises";
import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {elexonFuelHh} from "../../src/sources/grid/elexon-fuelhh.ts";
import {hasRealData, samplePath} from "../support/real-data.ts";

const given = {fileName: "", meterPointId: null};

describe("generation of the grid by fuel", () => {
  const record = (fuelType: string, generation: unknown, more: object = {}) => ({
    dataset: "FUELHH",
    publishTime: "2026-10-25T01:30:00Z",
    startTime: "2026-10-25T01:00:00Z",
    settlementDate: "2026-10-25",
    settlementPeriod: 5,
    fuelType,
    generation,
    ...more
  });
  const values = (answer: unknown) =>
    elexonFuelHh.parse(JSON.stringify(answer), given).rows.map(({item, starts_at, value}) => [item, starts_at, value]);

  test("from a list or a stream: an interconnector that takes is negative, and a fuel that is new is kept", () => {
    const records = [record("CCGT", 4000), record("INTXX", -512), record("FUSION", 0), record("WIND", null)];
    const expected = [
      ["CCGT", "2026-10-25T01:00:00Z", "4000"],
      ["INTXX", "2026-10-25T01:00:00Z", "-512"],
      ["FUSION", "2026-10-25T01:00:00Z", "0"],
      ["WIND", "2026-10-25T01:00:00Z", null]
    ];
    expect(values({data: records})).toEqual(expected);
    expect(values(records)).toEqual(expected);
  });

  test("period 50 of an autumn day is its last half-hour; one that does not begin when it says is rejected", () => {
    const last = {startTime: "2026-10-25T23:30:00Z", settlementPeriod: 50};
    expect(values({data: [record("CCGT", 1, last)]})).toEqual([["CCGT", "2026-10-25T23:30:00Z", "1"]]);
    const {rejected} = elexonFuelHh.parse(JSON.stringify([record("CCGT", 1, {...last, settlementPeriod: 48})]), given);
    expect(rejected).toEqual([
      {line: 1, rule: "settlement period", value: "2026-10-25 48 begins 2026-10-25T23:30:00Z"}
    ]);
  });

  test("of one published twice the later stands; two values of one time are rejected", () => {
    const later = {publishTime: "2026-10-25T02:00:00Z"};
    expect(values([record("CCGT", 2, later), record("CCGT", 1)])).toEqual([["CCGT", "2026-10-25T01:00:00Z", "2"]]);
    const file = elexonFuelHh.parse(
      JSON.stringify([record("CCGT", 1), record("CCGT", 2), record("Robert'); drop", 3)]),
      given
    );
    expect(file.rows).toEqual([]);
    expect(file.rejected.map(({rule}) => rule)).toEqual(["row shape", "repeated", "repeated"]);
    expect(file.records).toBe(3);
  });

  test.each(["", "{}", '{"data":{}}', "[{"])("%s is refused", text =>
    expect(() => elexonFuelHh.parse(text, given)).toThrow(FeedError)
  );
});

test.skipIf(!hasRealData)("the sample: a power station and an interconnector that takes", async () => {
  const fuels = elexonFuelHh.parse(await readFile(samplePath("08-grid-weather/elexon_fuelhh.json"), "utf8"), given);
  expect(fuels.rows.map(({item, starts_at, value}) => [item, starts_at, value])).toEqual([
    ["CCGT", "2026-10-25T01:00:00Z", "4321"],
    ["INTFR", "2026-10-25T01:00:00Z", "-512"]
  ]);
});
