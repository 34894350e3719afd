import {createRequire} from "node:module";
import {Resvg} from "@resvg/resvg-js";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {ellipsis, textWidth, wrap} from "../../src/figures/kit/measure.ts";

const {resolve} = createRequire(import.meta.url);
const fontFiles = ["400Regular/Inter_400Regular.ttf", "600SemiBold/Inter_600SemiBold.ttf"].map(file =>
  resolve(`@expo-google-fonts/inter/${file}`)
);

function drawnWidth(letters: string, weight: number): number {
  const text = letters.replace(/[&<]/g, letter => `&#${letter.charCodeAt(0)};`);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9000" height="99"><text x="99" y="50" font-size="20" font-family="Inter" font-weight="${weight}">${text}</text></svg>`;
  return new Resvg(svg, {font: {fontFiles, loadSystemFonts: false, defaultFontFamily: "Inter"}}).getBBox()?.width ?? 0;
}

const letters = fc.string({unit: fc.integer({min: 33, max: 126}).map(code => String.fromCharCode(code)), minLength: 1});

describe("text width", () => {
  it("is never less than Inter draws, nor much more", () => {
    fc.assert(
      fc.property(letters, fc.constantFrom(400, 600), (text, weight) => {
        expect(drawnWidth(text, weight)).toBeLessThanOrEqual(textWidth(text, 20) + 1);
      }),
      {numRuns: 50}
    );
    expect(drawnWidth("Town Hall uses 41% of its electricity", 600)).toBeGreaterThan(
      textWidth("Town Hall uses 41% of its electricity", 20) * 0.95
    );
  });
});

describe("wrap", () => {
  it("breaks between words", () => {
    expect(wrap("Town Hall uses 41% of its electricity while closed", 18, 340)).toEqual([
      "Town Hall uses 41% of its electricity",
      "while closed"
    ]);
  });

  it("never makes a line wider than asked, however long a word is", () => {
    fc.assert(
      fc.property(fc.string({unit: "grapheme", maxLength: 80}), fc.integer({min: 60, max: 900}), (text, width) => {
        for (const line of wrap(text, 18, width)) expect(textWidth(line, 18)).toBeLessThanOrEqual(width);
      })
    );
  });
});

describe("ellipsis", () => {
  it("leaves what fits and shortens what does not", () => {
    expect(ellipsis("Town Hall", 14, 200)).toBe("Town Hall");
    expect(ellipsis("Grand Central Leisure Complex", 14, 100)).toBe("Grand Centr…");
  });
});
