import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {publishedNumber, timesTenTo} from "../../src/sources/text/decimal.ts";
import {figureOf} from "../../src/sources/text/figures.ts";
import {financialYearOf, quarterFrom, quarterOf, quarterTo, yearOf} from "../../src/sources/text/periods.ts";

describe("a cell of a published table", () => {
  test.each([
    ["0", "0", "actual"],
    ["1,040.10", "1040.10", "actual"],
    ["-2.345678", "-2.345678", "actual"],
    ["+7", "7", "actual"],
    [" 12 [r]", "12", "actual"],
    ["12 [note 4] [p]", "12", "provisional"],
    ["4.5E-05", "0.000045", "actual"],
    ["1.25e3", "1250", "actual"]
  ])("%s is the number %s, %s", (cell, value, status) => {
    expect(figureOf(cell)).toEqual({value, status});
  });

  test.each([
    ["", "missing"],
    ["[x]", "missing"],
    ["[z]", "missing"],
    ["NA", "missing"],
    ["..", "missing"],
    ["[c]", "suppressed"],
    ["[C] [note 2]", "suppressed"],
    ["[low]", "suppressed"]
  ])("%s has no number: it is %s", (cell, status) => {
    expect(figureOf(cell)).toEqual({value: null, status});
  });

  test.each([
    "n0",
    "constructor",
    "12 [constructor]",
    "12 [u]",
    "1,04.1",
    "1.2.3",
    "0x10",
    "Infinity",
    "12\u0000",
    "--",
    "1 2"
  ])("%s is neither", cell => {
    expect(figureOf(cell)).toBeNull();
  });

  test("what a marker means may differ by table, and flags of a heading hold for the number", () => {
    expect(figureOf("[X]", [], {"[x]": "suppressed"})).toEqual({value: null, status: "suppressed"});
    expect(figureOf("5", ["p"])).toEqual({value: "5", status: "provisional"});
    expect(figureOf("5", ["r"])).toEqual({value: "5", status: "actual"});
    expect(figureOf("5", ["q"])).toBeNull();
  });
});

describe("numbers stay exact", () => {
  test.each([
    ["438.003", 3, "438003"],
    ["0.5", 3, "500"],
    ["-0.0125", 3, "-12.5"],
    ["12", 3, "12000"],
    ["12.50", 0, "12.50"],
    ["7", -2, "0.07"]
  ])("%s with its point %i further right is %s", (number, places, expected) => {
    expect(timesTenTo(number, places)).toBe(expected);
  });

  test("a shift there and back is the same number, by whole numbers alone", () => {
    const scaled = (text: string, places: number) => {
      const [whole = "", decimals = ""] = text.split(".");
      return BigInt(whole + decimals.padEnd(places, "0"));
    };
    fc.assert(
      fc.property(
        fc.bigInt({min: 0n, max: 10n ** 24n}),
        fc.nat({max: 9}),
        fc.integer({min: -8, max: 8}),
        (digits, decimals, places) => {
          const text = digits.toString().padStart(decimals + 1, "0");
          const number = decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
          const moved = timesTenTo(number, places);
          expect(publishedNumber(moved)).toBe(moved);
          expect(scaled(moved, 20)).toBe(scaled(number, 20 + places));
          expect(publishedNumber(`${number}e${places}`)).toBe(moved);
        }
      )
    );
  });

  test("thousands separators change nothing", () => {
    fc.assert(
      fc.property(fc.nat(), number => {
        expect(publishedNumber(number.toLocaleString("en-GB"))).toBe(String(number));
      })
    );
  });
});

describe("periods", () => {
  test.each([
    [yearOf, "2023", "2023-01-01", "year"],
    [financialYearOf, "2023/24", "2023-04-01", "year"],
    [financialYearOf, "2023-24", "2023-04-01", "year"],
    [financialYearOf, "1999 to 2000", "1999-04-01", "year"],
    [quarterOf, "2024 Q4", "2024-10-01", "quarter"],
    [quarterOf, "Q1 2024", "2024-01-01", "quarter"],
    [quarterFrom, "Jan-25", "2025-01-01", "quarter"],
    [quarterFrom, "October 2019", "2019-10-01", "quarter"],
    [quarterFrom, "2026-01", "2026-01-01", "quarter"],
    [quarterFrom, "2025-07-01 00:00:00", "2025-07-01", "quarter"],
    [quarterTo, "2022-12-31", "2022-10-01", "quarter"],
    [quarterTo, "2023-03-31", "2023-01-01", "quarter"]
  ] as const)("%o of %s", (read, text, starts_at, period) => {
    expect(read(text)).toEqual({starts_at, period});
  });

  test.each([
    [yearOf, "23"],
    [yearOf, "2023 "],
    [financialYearOf, "2023/25"],
    [financialYearOf, "2023-23"],
    [quarterOf, "2024 Q5"],
    [quarterFrom, "Smarch-25"],
    [quarterFrom, "2025-13"],
    [quarterFrom, "2025-07-01 12:30:00"],
    [quarterTo, "2022-12-30"]
  ] as const)("%o of %s is none", (read, text) => {
    expect(read(text)).toBeNull();
  });
});
