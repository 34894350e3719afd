import {expect, test} from "vitest";
import {parseUtcHalfHour} from "../../src/sources/grid/utc-half-hours.ts";

test("the stamps of the API and of its copies are the same instants, whatever the clocks do", () => {
  for (const stamp of [
    "2023-03-26T01:00Z",
    "2023-03-26T01:00:00Z",
    "2023-03-26 01:00:00+00:00",
    "2023-03-26T01:00+00:00"
  ])
    expect(parseUtcHalfHour(stamp)?.toISOString(), stamp).toBe("2023-03-26T01:00:00.000Z");
});

test("a stamp that is not a half-hour of UTC is none", () => {
  for (const stamp of [
    "",
    "2023-01-01",
    "2023-01-01T00:00",
    "2023-01-01 00:00:00",
    "2023-06-01T00:00+01:00",
    "2023-01-01T00:15Z",
    "2023-01-01T00:00:30Z",
    "2023-01-01T24:00Z",
    "2023-02-29T00:00Z",
    "2023-02-30T00:00Z",
    "2023-13-01T00:00Z",
    "01/01/2023 00:00",
    "2023-01-01T00:00Z ; drop"
  ])
    expect(parseUtcHalfHour(stamp), stamp).toBeNull();
});
