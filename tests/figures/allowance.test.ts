import {describe, expect, it} from "vitest";
import {type AllowanceYear, allowance} from "../../src/figures/allowance/draw.ts";
import {allowanceYears} from "../../src/figures/allowance/examples.ts";
import type {FigureOptions} from "../../src/figures/kit/figure.ts";
import {countWords} from "../../src/wording/titles.ts";

const options: FigureOptions = {theme: "light", width: 960, place: "Illustrative Council", isIllustrative: true};
const figureOf = (rows: readonly AllowanceYear[], given = options) => allowance(rows, given);

/** From 1,000 t to 50 t in twelve steps the path allows 13 x (1,000 + 50) / 2 = 6,825 t in all, and 1,000 + 920.83 = 1,920.83 t in two years. */
describe("the words of the allowance", () => {
  it("say which part is used beside the part that is allowed: 2,000 of 6,825 t is 29%, 1,921 t is 28%", () => {
    const figure = figureOf(allowanceYears(1000, [1000, 1000]));
    expect(figure.title).toBe("29% of the allowance used; straight path allows 28%");
    expect(figure.alt).toContain(
      "2,000 t CO₂e emitted to the end of 2019/20; the straight path allows 1,921 t by then and 6,825 t in all."
    );
    expect(figure.alt).toContain("That is 4.1% more than the path allows since 2018/19.");
    expect(figure.alt).toContain("Pathway still to be confirmed by the council.");
    expect(figure.subtitle).toContain("the allowance under the straight path to net zero by 2030");
    expect(`${figure.title} ${figure.subtitle} ${figure.alt}`).not.toMatch(/carbon budget|run out|exhaust|forecast/i);
  });

  it("say at least of a year that is not whole, and set it against the path only where it is more already", () => {
    expect(figureOf(allowanceYears(1000, [1000, {atLeast: 990}])).title).toBe(
      "At least 29% of the allowance used; path allows 28%"
    );
    const less = figureOf(allowanceYears(1000, [1000, {atLeast: 100}]));
    expect(less.title).toBe("The allowance under the straight path: at least 16% used");
    expect(less.alt).not.toMatch(/less than the path/);
  });

  it("say at least from a year on that is not held", () => {
    expect(figureOf(allowanceYears(1000, [1000, undefined, 700])).title).toBe(
      "The allowance under the straight path: at least 25% used"
    );
  });

  it("say that there is no path where the base year is not whole, and when all is used", () => {
    expect(figureOf(allowanceYears(null, [undefined, 500])).title).toBe("No allowance yet: 2018/19 is not complete");
    expect(figureOf(allowanceYears(100, [400, {atLeast: 400}])).title).toBe(
      "All of the allowance under the straight path is used"
    );
    expect(figureOf([]).title).toBe("No years yet");
  });

  it("are ten at most", () => {
    const all = [
      [1000, 1000],
      [1000, {atLeast: 990}],
      [1000, {atLeast: 1}],
      [9000, 9000]
    ].map(tonnes => figureOf(allowanceYears(1000, tonnes)));
    expect(all.map(({title}) => countWords(title)).every(words => words <= 10)).toBe(true);
  });

  it("leave the note on the path to whoever sets the words", () => {
    expect(figureOf(allowanceYears(1000, [1000])).notes).toEqual(["Pathway still to be confirmed by the council"]);
    expect(figureOf(allowanceYears(1000, [1000], {is_confirmed: true})).notes).toEqual([]);
  });
});
