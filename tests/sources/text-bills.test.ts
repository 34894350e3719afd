import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {daysAfter} from "../../src/domain/dates.ts";
import {cellDate} from "../../src/sources/text/dates.ts";
import {amountOf, areWithin, poundsText, sumOf, textOf, zero} from "../../src/sources/text/decimal.ts";

describe("exact numbers", () => {
  test.each([
    ["1,234.50", "1234.5"],
    ["£12", "12"],
    ["-0.10", "-0.1"],
    ["0.10-", "-0.1"],
    ["(3.00)", "-3"],
    ["3.00 CR", "-3"],
    ["0", "0"],
    ["12,34", null],
    ["1E3", null],
    ["(3", null],
    ["-(3)", null],
    ["", null],
    ["1.2.3", null],
    ["NaN", null]
  ])("%s", (text, said) => {
    const number = amountOf(text);
    expect(number === null ? null : textOf(number)).toBe(said);
  });

  test("sums of hundredths are those of whole numbers", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({min: -1_000_000, max: 1_000_000})), all => {
        const written = all.map(number =>
          amountOf(
            `${number < 0 ? "-" : ""}${Math.floor(Math.abs(number) / 100)}.${String(Math.abs(number) % 100).padStart(2, "0")}`
          )
        );
        const pounds = poundsText(sumOf(written.filter(number => number !== null)));
        expect(Number(pounds.replace(".", "")) + 0).toBe(all.reduce((sum, number) => sum + number, 0) + 0);
        expect(pounds).toMatch(/^-?\d+\.\d\d$/);
      })
    );
  });

  test("within is to the last digit", () => {
    const [a, b, further, penny] = ["0.30", "0.31", "0.3101", "0.01"].map(text => amountOf(text) ?? zero);
    if (a && b && further && penny)
      expect([areWithin(a, b, penny), areWithin(a, further, penny)]).toEqual([true, false]);
  });
});

describe("dates", () => {
  test.each([
    ["30/06/2026 00:00:00", "2026-06-30"],
    ["2026-06-30T23:30:00Z", "2026-06-30"],
    ["1/6/26", "2026-06-01"],
    ["30 June 2026", "2026-06-30"],
    ["31/06/2026", null],
    ["06/30/2026", null],
    ["29/02/2026", null],
    ["45958", null],
    ["30 Foo 2026", null],
    ["", null]
  ])("%s", (text, date) => expect(cellDate(text)).toBe(date));

  test("days after and before, over a month, a year and a leap day", () => {
    expect([daysAfter("2026-04-01", -1), daysAfter("2025-12-31", 1), daysAfter("2024-03-01", -1)]).toEqual([
      "2026-03-31",
      "2026-01-01",
      "2024-02-29"
    ]);
  });
});
