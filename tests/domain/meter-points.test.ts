import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {hasMpanCheckDigit, parseMeterKey, parseMpan, parseMprn, parseName} from "../../src/domain/meter-points.ts";

describe("MPAN cores (T23: Energy Sparks' meter_spec.rb, Chellow's test_utils.py)", () => {
  test.each([
    ["2040015001169", "2040015001169"],
    ["92040015001169", "2040015001169"],
    ["992040015001169", "2040015001169"],
    ["20 1901 0100 002", "2019010100002"],
    ["20\u00a01901\u00a00100\u00a0002", "2019010100002"],
    ["1710035168313", "1710035168313"],
    ["1600000000010", "1600000000010"]
  ])("%s is %s", (text, key) => expect(parseMpan(text)).toEqual({key}));

  test.each([
    ["2040015001165", "the check digit of the MPAN does not fit"],
    ["2040015165", "an MPAN is 13 digits, not 10"],
    ["1.6E+12", "an MPAN that a spreadsheet has rounded"],
    ["7.22E+13", "an MPAN that a spreadsheet has rounded"],
    ["", "no MPAN"],
    ["Grand Total", "an MPAN is 13 digits"],
    ["2248274887874-serial", "an MPAN is 13 digits"]
  ])("%s is none: %s", (text, problem) => expect(parseMpan(text)).toEqual({problem}));

  test("one wrong digit is found, but where the sum comes to 10 mod 11", () => {
    const digits = fc.array(fc.nat(9), {minLength: 12, maxLength: 12});
    const primes = [3, 5, 7, 13, 17, 19, 23, 29, 31, 37, 41, 43];
    const check = (core: readonly number[]) =>
      core.reduce((sum, digit, index) => sum + digit * (primes[index] ?? 0), 0) % 11;
    fc.assert(
      fc.property(digits, fc.nat(11), fc.integer({min: 1, max: 9}), (core, at, change) => {
        const changed = core.map((digit, index) => (index === at ? (digit + change) % 10 : digit));
        const last = check(core) % 10;
        expect(hasMpanCheckDigit(`${core.join("")}${last}`)).toBe(true);
        expect(hasMpanCheckDigit(`${changed.join("")}${last}`)).toBe(check(changed) % 10 === last);
      })
    );
  });
});

test("an MPRN is 6 to 10 digits, as text", () => {
  expect(parseMprn(" 9100000001 ")).toEqual({key: "9100000001"});
  expect(parseMprn("0012345")).toEqual({key: "0012345"});
  expect(parseMprn("12345")).toEqual({problem: "an MPRN is 6 to 10 digits"});
  expect(parseMprn("9.1E+09")).toEqual({problem: "an MPRN that a spreadsheet has rounded"});
});

test("a site's name is trimmed and its spaces made one", () => {
  expect(parseName("  Old   Town\u00a0Hall ")).toEqual({key: "name:Old Town Hall"});
  expect(parseMeterKey("name", null)).toEqual({problem: "no site name"});
});
