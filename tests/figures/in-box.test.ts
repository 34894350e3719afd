import {Resvg} from "@resvg/resvg-js";
import {describe, expect, it} from "vitest";
import {readFigures} from "../../src/figures/index.ts";
import {slideInches, slidePixels} from "../../src/figures/kit/theme.ts";
import {renderInBox} from "../../src/figures/render/render.ts";
import {overlaps, textBoxes} from "./text-boxes.ts";

const examples = await Promise.all(
  (await readFigures()).map(async ({definition}) =>
    (await definition.examples()).examples.map(example => ({definition, example}))
  )
).then(all => all.flat());

const wholeSlide = {width: slidePixels(slideInches.width), height: slidePixels(slideInches.height)};
/** What a title, a line under it and a source line leave of a slide. */
const underWords = {width: wholeSlide.width, height: slidePixels(4.45), isWordless: true};

const boxes = [
  {name: "a slide under words of its own", ...underWords},
  {name: "a whole slide", ...wholeSlide, isWordless: false},
  {name: "a wide screen", width: 1210, height: 620, isWordless: false},
  {name: "a phone", width: 320, height: 640, isWordless: false},
  {name: "a phone under words of its own", width: 320, height: 300, isWordless: true}
];

describe.each(boxes)("in the box of $name ($width x $height px)", ({width, height, isWordless}) => {
  const drawn = examples.map(({definition, example: {name, rows, more = {}, options}}) => ({
    name,
    ...renderInBox(
      each => definition.draw(rows, each, more),
      {theme: "light", width, place: "Illustrative Council", isIllustrative: true, ...options},
      {height, isWordless}
    )
  }));

  it("every figure is as large as the box", () => {
    const sizes = drawn.map(
      ({name, svg}) => `${name} ${/width="(\d+)" height="(\d+)"/.exec(svg)?.slice(1).join(" x ")}`
    );
    expect(sizes).toEqual(drawn.map(({name}) => `${name} ${width} x ${height}`));
  });

  it("nothing of it stands outside", () => {
    for (const {name, svg} of drawn) {
      const bare = svg.replace(/<rect width="\d+" height="\d+" fill="#\w+"\/>/, "");
      const {
        x = 0,
        y = 0,
        width: wide = 0,
        height: high = 0
      } = new Resvg(bare, {font: {loadSystemFonts: false}}).getBBox() ?? {};
      const texts = textBoxes(svg);
      const [left, top] = [Math.min(x, ...texts.map(({x1}) => x1)), Math.min(y, ...texts.map(({y1}) => y1))];
      const [right, bottom] = [
        Math.max(x + wide, ...texts.map(({x2}) => x2)),
        Math.max(y + high, ...texts.map(({y2}) => y2))
      ];
      expect([left >= 0, top >= 0, right <= width, bottom <= height], `${name}: ${[left, top, right, bottom]}`).toEqual(
        [true, true, true, true]
      );
    }
  });

  it("no text touches another", () => {
    const touching = drawn.flatMap(({name, svg}) => overlaps(textBoxes(svg)).map(pair => `${name}: ${pair}`));
    expect(touching).toEqual([]);
  });
});

describe("on a slide", () => {
  it.each([underWords, {...wholeSlide, isWordless: false}])(
    "no text is under 18 points (wordless: $isWordless)",
    ({width, height, isWordless}) => {
      for (const {
        definition,
        example: {name, rows, more = {}, options}
      } of examples) {
        const {svg} = renderInBox(
          each => definition.draw(rows, each, more),
          {theme: "light", width, place: "Illustrative Council", isIllustrative: true, ...options},
          {height, isWordless}
        );
        const points = textBoxes(svg).map(({size}) => (size * slideInches.width * 72) / width);
        expect(points.length, name).toBeGreaterThan(0);
        expect(Math.min(...points), name).toBeGreaterThanOrEqual(18);
      }
    }
  );
});
