import {describe, expect, it} from "vitest";
import {gapsOf, seriesOf} from "../../src/figures/kit/series.ts";
import {type Bar, middles, reachOf, segmentsOf} from "../../src/figures/kit/stack.ts";
import {paletteOf} from "../../src/figures/kit/theme.ts";
import {overlaps, textBoxes} from "./text-boxes.ts";

const bar = (...values: (number | undefined)[]): Bar => ({values, look: "solid"});

describe("a stack", () => {
  it("goes up from zero, and down from it for what is below", () => {
    const spans = segmentsOf([bar(3, -1, 2, -4)]).map(({y1, y2}) => [y1, y2]);
    expect(spans).toEqual([
      [0, 3],
      [0, -1],
      [3, 5],
      [-1, -5]
    ]);
    expect(reachOf([bar(3, -1, 2, -4)])).toEqual([-5, 5]);
  });

  it("has no segment for what is not held, and keeps the place of its label", () => {
    expect(segmentsOf([bar(3, undefined, 2), bar()])).toHaveLength(2);
    expect(middles([bar(9), bar(3, undefined, 2)])).toEqual([1.5, 3, 4]);
  });

  it("reaches from zero whatever it holds", () => {
    expect(reachOf([])).toEqual([0, 0]);
    expect(reachOf([bar(-2)])).toEqual([-2, 0]);
  });
});

describe("a series", () => {
  it("has every period between, and knows which are not held", () => {
    const series = seriesOf([
      {period: 2020, band: "a", value: 1},
      {period: 2018, band: "b", value: 2}
    ]);
    expect(series.periods).toEqual([2018, 2019, 2020]);
    expect(gapsOf(series)).toEqual([2019]);
    expect([series.total(2018), series.total(2019)]).toEqual([2, undefined]);
    expect([series.at(2020, "a"), series.at(2020, "b")]).toEqual([1, undefined]);
  });

  it("adds what shares a period and a band, and puts the largest of the last period first", () => {
    const value = (period: number, band: string, amount: number) => ({period, band, value: amount});
    const series = seriesOf([value(1, "c", 99), value(2, "a", 3), value(2, "b", 2), value(2, "b", 2)]);
    expect(series.bands).toEqual(["b", "a", "c"]);
    expect(series.at(2, "b")).toBe(4);
  });
});

describe("the colours of bands", () => {
  it.each(["light", "dark"] as const)("stand at 3:1 from the paper and from each other, side by side: %s", theme => {
    const {bands, paper, rest} = paletteOf(theme);
    for (const [i, band] of bands.entries()) {
      expect(contrast(band, paper), band).toBeGreaterThanOrEqual(3);
      expect(contrast(band, bands[i - 1] ?? paper), band).toBeGreaterThanOrEqual(3);
    }
    expect(contrast(rest, paper)).toBeGreaterThanOrEqual(3);
  });
});

describe("texts that touch", () => {
  const picture = (y: number) =>
    `<svg xmlns="http://www.w3.org/2000/svg" font-size="20"><g transform="translate(10,10)"><text>One</text><text y="${y}">Two</text></g></svg>`;

  it("are found, and others are not", () => {
    expect(overlaps(textBoxes(picture(5)))).toEqual(["One × Two"]);
    expect(overlaps(textBoxes(picture(30)))).toEqual([]);
  });
});

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [a, b].map(luminance).sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map(at => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
