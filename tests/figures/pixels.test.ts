import type * as Plot from "@observablehq/plot";
import {describe, expect, it} from "vitest";
import {type Figure, type FigureOptions, figureOf} from "../../src/figures/kit/figure.ts";
import {header} from "../../src/figures/kit/header.ts";
import {swatch} from "../../src/figures/kit/key.ts";
import {paletteOf, sizesOf} from "../../src/figures/kit/theme.ts";
import {renderSvg} from "../../src/figures/render/render.ts";

const options: FigureOptions = {theme: "light", width: 960, place: "Illustrative Council", isIllustrative: true};
const [sizes, palette] = [sizesOf(960), paletteOf("light")];
const words = {
  id: ["picture"],
  title: "A finding",
  measure: "t",
  period: "2025",
  alt: "A picture.",
  source: "invented"
};

/** A picture of these scales with a key of one plain and one striped box, and the badge. */
function picture(scales: Plot.PlotOptions): Figure {
  const plain = swatch("plain", {fills: [palette.actual]}, sizes, palette);
  const striped = swatch("striped", {fills: [palette.muted], stripes: palette.paper}, sizes, palette);
  const head = header([plain, striped], options);
  return figureOf(words, {marginTop: head.height, height: 300, ...scales, marks: [...head.marks]}, options);
}

/** What is drawn of the key and the badge. */
function drawn(scales: Plot.PlotOptions): string[] {
  const svg = renderSvg(picture(scales), options);
  return svg.match(/<(?:rect|text|path|g)\b[^>]*>/g) ?? [];
}

const bands = {type: "band", domain: ["a", "b", "c"], axis: null} as const;
const numbers = {domain: [0, 1], axis: null} as const;

describe("what is drawn in px", () => {
  it.each([
    ["a scale of bands across", {x: bands, y: numbers}],
    ["a scale of bands up", {x: numbers, y: bands}],
    ["scales of bands both ways", {x: bands, y: bands}],
    ["a scale of one value", {x: numbers, y: {domain: [1, 1], axis: null}}],
    ["no scales", {}]
  ] as const)("is the same beside %s as beside numbers", (_, scales) => {
    expect(drawn(scales)).toEqual(drawn({x: numbers, y: numbers}));
  });

  it("has a badge as high as its words need: 1.6 times the 14 px of a label, and no band more", () => {
    const svg = renderSvg(picture({x: numbers, y: bands}), options);
    const [badge] = [...svg.matchAll(/<rect (?=[^>]*fill="#c2410c")[^>]* height="([\d.]+)"/g)];
    expect(Number(badge?.[1])).toBeCloseTo(22.4, 3);
  });
});
