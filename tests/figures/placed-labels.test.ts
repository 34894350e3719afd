import {describe, expect, it} from "vitest";
import {placedLabels, type Wish} from "../../src/figures/kit/placed-labels.ts";
import {paletteOf, sizesOf} from "../../src/figures/kit/theme.ts";

/** A frame of 200 by 100 px, a column 20 px wide. */
const frame = {column: 20, right: 10, low: 0, high: 100, length: 100, over: 0, lines: [], taken: []};
const wish: Wish = {
  texts: ["some words"],
  spots: [{x: 5, y: 50}],
  sides: [
    [0, -1],
    [0, 1]
  ]
};
const place = (wishes: readonly Wish[], ground = {}) =>
  placedLabels(wishes, {...frame, ...ground}, sizesOf(375), paletteOf("light")) as unknown as {
    dx: number;
    dy: number;
  }[];

describe("words among lines", () => {
  it("stand on the side liked best, with a halo behind them", () => {
    const marks = place([wish]);
    expect(marks).toHaveLength(2);
    expect(marks[0]?.dy).toBeLessThan(0);
  });

  it("stand on the other side where a line is in the way", () => {
    const line = [
      {x: 0, y: 65},
      {x: 10, y: 65}
    ];
    expect(place([wish], {lines: [line]})[0]?.dy).toBeGreaterThan(0);
  });

  it("keep away from each other and from words that stand already", () => {
    const [first, , second] = place([wish, wish]);
    expect([Math.sign(first?.dy ?? 0), Math.sign(second?.dy ?? 0)]).toEqual([-1, 1]);
    expect(place([wish], {taken: [{x1: 0, x2: 200, y1: 0, y2: 49}]})[0]?.dy).toBeGreaterThan(0);
  });

  it("are left out where there is no room", () => {
    expect(place([{...wish, texts: ["words ".repeat(20)]}])).toEqual([]);
    expect(place([wish], {taken: [{x1: 0, x2: 200, y1: 0, y2: 100}]})).toEqual([]);
  });

  it("take the second wording where the first does not fit", () => {
    expect(place([{...wish, texts: ["words ".repeat(20), "words"]}])).toHaveLength(2);
  });
});
