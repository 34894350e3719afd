import {readdir} from "node:fs/promises";
import {describe, expect, it} from "vitest";
import {z} from "zod";
import {readFigures} from "../../src/figures/index.ts";
import type {Example, Look} from "../../src/figures/kit/define-figure.ts";
import {renderSvg} from "../../src/figures/render/render.ts";
import {expectAccepted} from "./stored-figure.ts";

const everyLook: readonly Look[] = [
  ["light", 960],
  ["dark", 375],
  ["light", 1210]
];

const figures = await Promise.all(
  (await readFigures()).map(async figure => ({
    ...figure,
    id: figure.definition.id,
    accepted: new URL("accepted/", figure.folder),
    examples: (await figure.definition.examples()).examples
  }))
);

const pictures = figures.flatMap(figure =>
  figure.examples.flatMap(example =>
    (example.looks ?? everyLook).map(look => ({figure, example, look, name: nameOf(example, look)}))
  )
);

function nameOf({name}: Example, [theme, width]: Look): string {
  return `${name}-${theme}-${width}`;
}

describe("accepted pictures", () => {
  it.each(pictures)("$figure.id: $name", ({figure, example, look: [theme, width], name}) => {
    const options = {theme, width, place: "Illustrative Council", isIllustrative: true, ...example.options};
    const drawn = figure.definition.draw(example.rows, options, example.more ?? {});
    expectAccepted(figure.accepted, name, renderSvg(drawn, {theme, width}));
  });

  it.each(figures)("$id: there is no other", async ({id, accepted}) => {
    const names = pictures.filter(({figure}) => figure.id === id).map(({name}) => `${name}.svg`);
    expect((await readdir(accepted)).sort()).toEqual(names.sort());
  });
});

describe("examples", () => {
  it.each(figures)(
    "$id: are rows of the shape that its query must give",
    ({definition: {rows, more = {}}, examples}) => {
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) {
        z.array(rows).parse(example.rows);
        for (const [name, shape] of Object.entries(more)) z.array(shape).parse(example.more?.[name]);
      }
    }
  );
});
