import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {britishDate, britishStamp, clockTime, utcInstant} from "../../src/sources/text/dates.ts";
import {exactDecimal, negative, product, sum, writtenAmount} from "../../src/sources/text/decimal.ts";
import {exactJson, isObject, listIn, objectOf, quantityCell, readJson} from "../../src/sources/text/json.ts";
import {oneOfEach} from "../../src/sources/text/one-of-each.ts";

/** A decimal of up to six places, as its text and as millionths. */
const decimal = fc
  .tuple(fc.integer({min: -1_000_000_000, max: 1_000_000_000}), fc.nat({max: 6}))
  .map(([units, places]) => {
    const digits = String(Math.abs(units)).padStart(places + 1, "0");
    const whole = digits.slice(0, digits.length - places);
    const size = places === 0 ? digits : `${whole}.${digits.slice(digits.length - places)}`;
    return {text: units < 0 ? `-${size}` : size, millionths: BigInt(units) * 10n ** BigInt(6 - places)};
  });

/** Millionths of decimal text, by padding its fraction. */
function millionths(text: string, places = 6): bigint {
  const [whole = "", fraction = ""] = text.replace("-", "").split(".");
  const size = BigInt(whole + fraction.padEnd(places, "0"));
  return text.startsWith("-") ? 0n - size : size;
}

describe("decimals", () => {
  test("are read and written without loss, and always in the same way", () => {
    fc.assert(
      fc.property(decimal, ({text, millionths: expected}) => {
        const exact = exactDecimal(text) ?? "";
        expect(millionths(exact)).toBe(expected);
        expect(exact).toMatch(/^(-?(0|[1-9]\d*)(\.\d*[1-9])?)$/);
        expect(exact).not.toBe("-0");
        expect(exactDecimal(exact)).toBe(exact);
      })
    );
  });

  test("sums and products are those of whole numbers", () => {
    fc.assert(
      fc.property(fc.array(decimal, {minLength: 1, maxLength: 5}), decimal, (numbers, other) => {
        const total = numbers.reduce((so, one) => so + one.millionths, 0n);
        expect(millionths(sum(numbers.map(({text}) => text)))).toBe(total);
        const [first] = numbers;
        expect(millionths(product(first?.text ?? "", other.text), 12)).toBe(
          (first?.millionths ?? 0n) * other.millionths
        );
      })
    );
  });

  test("a number put below nought is, whichever sign it had", () => {
    fc.assert(
      fc.property(decimal, ({text, millionths: value}) => {
        expect(millionths(negative(text))).toBe(value > 0n ? 0n - value : value);
      })
    );
    expect([negative("0.00"), negative("-0")]).toEqual(["0.00", "0"]);
  });

  test("miles to kilometres, by hand: 6.4 × 1.609344 = 10.2998016", () => {
    expect(product("6.4", "1.609344")).toBe("10.2998016");
  });

  test.each([
    ["045.120", "45.12"],
    ["6e-3", "0.006"],
    ["1.5E3", "1500"],
    ["-0.00", "0"],
    [".5", "0.5"],
    ["", null],
    [".", null],
    ["5.", null],
    ["1 000", null],
    ["Infinity", null],
    ["0x10", null],
    ["1e999", null],
    ["9".repeat(31), null]
  ])("%s is %j", (text, expected) => {
    expect(exactDecimal(text)).toBe(expected);
  });

  test.each([
    ["£1,234.50", "1234.5"],
    ["1,234,567", "1234567"],
    ["-£5.00", "-5"],
    ["(5.00)", "-5"],
    ["5.00CR", "-5"],
    ["12,34", null],
    ["1,2345", null],
    ["(-5)", null],
    ["()", null],
    ["5 litres", null],
    ["1E3", null],
    ["60.00-", "-60"],
    ["-60.00-", null],
    [".5", "0.5"]
  ])("people write %s for %j", (text, expected) => {
    expect(writtenAmount(text)).toBe(expected);
  });
});

describe("JSON", () => {
  test("is as JSON.parse has it, but for numbers, which are text", () => {
    const asText = (thing: unknown): unknown => {
      if (typeof thing === "number") return String(thing);
      if (Array.isArray(thing)) return thing.map(asText);
      if (typeof thing !== "object" || thing === null) return thing;
      return Object.fromEntries(Object.entries(thing).map(([key, value]) => [key, asText(value)]));
    };
    const values = fc.jsonValue();
    fc.assert(
      fc.property(values, value => {
        const text = JSON.stringify(value);
        const numbersAsJs = JSON.stringify(exactJson(text));
        expect(JSON.parse(numbersAsJs)).toEqual(asText(JSON.parse(text)));
      })
    );
  });

  test("a digit is never lost, and one in a string is no number", () => {
    expect(exactJson('{"a": 9007199254740993, "b": "x 1.50 \\"2\\"", "c": [1.10, -0.0]}')).toEqual({
      a: "9007199254740993",
      b: 'x 1.50 "2"',
      c: ["1.10", "-0.0"]
    });
  });
});

describe("stamps", () => {
  test.each([
    ["22/06/2026", "2026-06-22"],
    ["2/6/2026", "2026-06-02"],
    ["22-Jun-2026", "2026-06-22"],
    ["22.06.2026", "2026-06-22"],
    ["2026-06-22", "2026-06-22"],
    ["29/02/2028", "2028-02-29"],
    ["29/02/2026", null],
    ["22/06/26", null],
    ["22-Foo-2026", null],
    ["45958", null]
  ])("the date %s is %j", (text, expected) => {
    expect(britishDate(text)).toBe(expected);
  });

  test.each([
    ["7:41", "07:41:00"],
    ["0741", "07:41:00"],
    ["07:41:12", "07:41:12"],
    ["24:00", null],
    ["7.41", null],
    ["", null]
  ])("the time %s is %j", (text, expected) => {
    expect(clockTime(text)).toBe(expected);
  });

  test("an instant is that of Date, whatever its offset", () => {
    const offset = fc.integer({min: -14 * 4, max: 14 * 4}).map(quarters => quarters * 15);
    const instant = fc.date({min: new Date("1990-01-01"), max: new Date("2090-01-01"), noInvalidDate: true});
    fc.assert(
      fc.property(instant, offset, (at, minutes) => {
        const local = new Date(at.getTime() + minutes * 60_000).toISOString().replace("Z", "");
        const size = Math.abs(minutes);
        const zone = [Math.floor(size / 60), size % 60].map(part => String(part).padStart(2, "0")).join(":");
        const read = utcInstant(`${local}${minutes < 0 ? "-" : "+"}${zone}`);
        expect(new Date(read ?? "").getTime()).toBe(at.getTime());
      })
    );
  });

  test.each([
    ["2026-06-22T07:41:12", "2026-06-22T07:41:12Z"],
    ["2026-06-22 07:41:12Z", "2026-06-22T07:41:12Z"],
    ["2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00Z"],
    ["2026-06-22T07:41:12+15:00", null],
    ["2026-06-31T07:41:12Z", null],
    ["2026-06-22T24:00:00Z", null],
    ["2026-06-22", null]
  ])("the instant %s is %j", (text, expected) => {
    expect(utcInstant(text)).toBe(expected);
  });

  test.each([
    ["22/06/2026 19:01", "2026-06-22 19:01:00"],
    ["2026-06-22T19:01:09", "2026-06-22 19:01:09"],
    ["22-Jun-2026 7:05", "2026-06-22 07:05:00"],
    ["22/06/2026", null],
    ["19:01 22/06/2026", null]
  ])("the stamp %s is %j", (text, expected) => {
    expect(britishStamp(text)).toBe(expected);
  });
});

describe("one of each", () => {
  const one = (line: number, key: string, said: string, version: string | null = null) => ({
    row: {line, said},
    key,
    version
  });

  test("every row is kept, dropped or told, and no name is kept twice", () => {
    const rows = fc.array(
      fc.record({
        key: fc.constantFrom("a", "b", "c"),
        said: fc.constantFrom("x", "y"),
        version: fc.constantFrom(null, "1", "2")
      })
    );
    fc.assert(
      fc.property(rows, given => {
        const all = given.map(({key, said, version}, index) => one(index + 1, key, said, version));
        const {rows, rejected, dropped} = oneOfEach(all);
        expect(rows.length + rejected.length + dropped).toBe(all.length);
        const keys = rows.map(({line}) => given[line - 1]?.key);
        expect(new Set(keys).size).toBe(keys.length);
        expect([...rows.map(row => row.line)].sort((a, b) => a - b)).toEqual(rows.map(row => row.line));
        for (const {line} of rejected) expect(keys).not.toContain(given[line - 1]?.key);
      })
    );
  });

  test("the newest is taken; where one has no version, or the newest disagree, nobody knows", () => {
    const lines = (...all: ReturnType<typeof one>[]) => oneOfEach(all).rows.map(row => row.line);
    expect(lines(one(1, "a", "x", "2"), one(2, "a", "y", "1"))).toEqual([1]);
    expect(lines(one(1, "a", "x", "2"), one(2, "a", "y"))).toEqual([]);
    expect(lines(one(1, "a", "x", "2"), one(2, "a", "y", "2"), one(3, "a", "x", "1"))).toEqual([]);
    expect(lines(one(1, "a", "x"), one(2, "a", "x"), one(3, "b", "x"))).toEqual([1, 3]);
  });

  test("a name that may be personal is not told", () => {
    expect(oneOfEach([one(1, "QZ38FTS", "x"), one(2, "QZ38FTS", "y")]).rejected.map(({value}) => value)).toEqual([
      "not shown, it may be personal",
      "not shown, it may be personal"
    ]);
  });
});

describe("what JSON holds", () => {
  test.each([
    [1e-7, "0.0000001"],
    [-0, "0"],
    [1.5e21, "1500000000000000000000"],
    ["12.50", "12.50"],
    ["1e3", null],
    [true, null],
    [null, ""],
    ["", ""]
  ])("the quantity %j is %j", (value, cell) => expect(quantityCell(value)).toBe(cell));

  test("half an answer is refused, and a byte-order mark passed over", () => {
    expect(() => readJson('{"a": [1')).toThrow(new FeedError("not whole JSON: damaged or cut off"));
    expect(() => exactJson("")).toThrow(FeedError);
    expect(exactJson('\ufeff{"a": 1.10}')).toEqual({a: "1.10"});
  });

  test("a list that is missing is named; a list is no object", () => {
    expect(() => listIn({a: {}}, "a")).toThrow(new FeedError("no list of a"));
    expect([isObject([]), isObject(null), objectOf([1])]).toEqual([false, false, {}]);
  });
});
