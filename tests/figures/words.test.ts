import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {utc} from "../../src/figures/kit/examples/invented.ts";
import {clockText, dateText} from "../../src/wording/dates.ts";
import {listText} from "../../src/wording/lists.ts";
import {amount, plain, rounded, signed} from "../../src/wording/numbers.ts";
import {changeText, percent} from "../../src/wording/shares.ts";
import {countWords, headline, mostTitleWords, printable, slug} from "../../src/wording/titles.ts";
import {reportingYears, reportingYearText} from "../../src/wording/years.ts";

describe("dates and times", () => {
  it("are told in UTC, whatever the clock of the machine", () => {
    expect(dateText(utc("2026-10-31"))).toBe("31 Oct 2026");
    expect(dateText(new Date("2025-12-31T23:30:00Z"))).toBe("31 Dec 2025");
  });

  it("names the half-hours of the wall clock from 00:00 to 24:00", () => {
    expect([0, 1, 15, 47, 48].map(clockText)).toEqual(["00:00", "00:30", "07:30", "23:30", "24:00"]);
  });
});

describe("numbers", () => {
  it("are rounded to two significant figures", () => {
    expect([0, 0.0314, 13.96, 14, 149.9, 123_456].map(rounded)).toEqual(["0", "0.031", "14", "14", "150", "120,000"]);
  });

  it("lose the dust of binary fractions and nothing else", () => {
    expect([0.1 * 3, 2.5, 1234.5].map(plain)).toEqual(["0.3", "2.5", "1,234.5"]);
  });

  it("never call something nothing, or not quite all all", () => {
    expect([percent(82, 200), percent(1, 1000), percent(999, 1000)]).toEqual(["41%", "<1%", ">99%"]);
    expect([percent(0, 5), percent(5, 5)]).toEqual(["0%", "100%"]);
  });
});

describe("amounts and changes", () => {
  it("are whole, or under 10 of two figures", () => {
    expect([5812.4, 9.96, 3.44, 0.052, 0, -60.2].map(amount)).toEqual(["5,812", "10", "3.4", "0.052", "0", "-60"]);
    expect(signed(amount(-60.2))).toBe("−60");
  });

  it("are told in whole per cent, from something", () => {
    expect([changeText(100, 69), changeText(100, 240), changeText(100, 99.6)]).toEqual([
      "fallen 31%",
      "risen 140%",
      "barely changed"
    ]);
    expect([changeText(0, 5), changeText(-2, 5)]).toEqual([undefined, undefined]);
  });

  it("list names", () => {
    expect([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(listText)).toEqual(["", "a", "a and b", "a, b and c"]);
  });

  it("name reporting years", () => {
    expect([2018, 2099].map(reportingYearText)).toEqual(["2018/19", "2099/00"]);
    expect([reportingYears(2018, 2025), reportingYears(2018, 2018)]).toEqual(["2018/19 to 2025/26", "2018/19"]);
  });
});

describe("names from outside", () => {
  it("become one printable line", () => {
    expect(printable(" Town\u0000\tHall\u00a0\u202eAnnexe \ud800")).toBe("Town Hall Annexe");
    expect(printable("\u0007")).toBe("Unnamed");
  });

  it("are cut to the letters allowed, whole letters only", () => {
    expect(printable("Bramhall", 8)).toBe("Bramhall");
    expect(printable("Bramhall Hall", 10)).toBe("Bramhall…");
    expect(printable("😀😀😀", 2)).toBe("😀…");
  });

  it("become ids of letters, digits and hyphens", () => {
    expect(slug("carpet-St Mary's \"><script>-gas")).toBe("carpet-st-mary-s-script-gas");
  });
});

describe("headline", () => {
  const long = (name: string) => `${name} uses 41% of its electricity while closed`;
  const short = (name: string) => `${name}: 41% used while closed`;

  it("takes the first wording that says it in ten words", () => {
    expect(headline("Town Hall", [long, short])).toBe("Town Hall uses 41% of its electricity while closed");
    expect(headline("Grand Central Leisure Complex", [long, short])).toBe(
      "Grand Central Leisure Complex: 41% used while closed"
    );
  });

  it("cuts the name only where no wording fits it, and then to the tenth word", () => {
    expect(headline("St Mary's Church of England Primary School", [long, short])).toBe(
      "St Mary's Church of England Primary…: 41% used while closed"
    );
  });

  it("never has more than ten words", () => {
    fc.assert(
      fc.property(fc.string({unit: "grapheme", maxLength: 200}), name => {
        expect(countWords(headline(printable(name), [long, short]))).toBeLessThanOrEqual(mostTitleWords);
      })
    );
  });
});
