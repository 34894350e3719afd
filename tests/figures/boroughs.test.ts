import {describe, expect, it} from "vitest";
import {type AreaYear, boroughs} from "../../src/figures/boroughs/draw.ts";
import {tenBoroughs} from "../../src/figures/boroughs/examples.ts";
import type {FigureOptions} from "../../src/figures/kit/figure.ts";
import {renderSvg} from "../../src/figures/render/render.ts";
import {countWords} from "../../src/wording/titles.ts";

const options: FigureOptions = {theme: "light", width: 960, place: "Stockport Council", isIllustrative: true};

/** An area whose total is so much of its first year's in 2005, 2018 and 2019. */
function area(name: string, shares: readonly [number, number], row: Partial<AreaYear> = {}): AreaYear[] {
  const [any] = tenBoroughs("Stockport", 2005) as [AreaYear];
  return [1, ...shares].map((share_of_first, i) => ({
    ...any,
    ...{
      area_code: name,
      area_name: name,
      is_own: false,
      year: i === 0 ? 2005 : 2017 + i,
      share_of_first,
      emissions_kt: 100 * share_of_first
    },
    ...row
  }));
}
const titleOf = (rows: readonly AreaYear[]) => boroughs(rows, options).title;
const own = {is_own: true};

describe("the words of boroughs side by side", () => {
  it("set the own fall beside those of the others", () => {
    expect(
      titleOf([...area("Stockport", [0.7, 0.6], own), ...area("Bury", [0.7, 0.62]), ...area("Wigan", [0.5, 0.48])])
    ).toBe("Stockport CO₂: 40% below 2005; others 38% to 52%");
  });

  it("do not hide a rise of the last year in a fall since the first, nor a fall in a rise", () => {
    expect(titleOf([...area("Stockport", [0.6, 0.66], own), ...area("Bury", [0.7, 0.6])])).toBe(
      "Stockport: CO₂ fallen 34%, but rose in 2019"
    );
    expect(titleOf([...area("Stockport", [1.3, 1.2], own), ...area("Bury", [0.7, 0.6])])).toBe(
      "Stockport: CO₂ risen 20%, but fell in 2019"
    );
  });

  it("say nothing of others together where some have risen", () => {
    expect(titleOf([...area("Stockport", [0.7, 0.6], own), ...area("Bury", [1.1, 1.2])])).toBe(
      "Stockport CO₂ has fallen 40% since 2005"
    );
  });

  it("say that the last year is of the pandemic, and that totals are not by head", () => {
    const figure = boroughs(tenBoroughs("Stockport", 2020), options);
    // 981.8 kt of 1,777.0 kt by the released table is 45% less.
    expect(figure.title).toBe("Stockport CO₂ fell 45% from 2005 to 2020 (pandemic year)");
    expect(figure.subtitle).toContain(
      "2005 = 100, not by head, Greater Manchester, 2005 to 2020; 2020 was a pandemic year"
    );
    expect(figure.alt).toContain("the 10 boroughs of Greater Manchester");
    expect(figure.alt).not.toContain("illustrative");
  });

  it("stay ten words at most with a long name, which stays harmless", () => {
    for (const name of ["Bournemouth, Christchurch and Poole", "<script>alert(1)</script>", "W ".repeat(80)]) {
      const figure = boroughs([...area(name, [0.6, 0.66], own), ...area("Bury", [0.7, 0.6])], options);
      expect(countWords(figure.title)).toBeLessThanOrEqual(10);
      expect(renderSvg(figure, options)).not.toContain("<script");
    }
  });

  it("keep the own borough where few have room, and say how many are shown", () => {
    const figure = boroughs(tenBoroughs("Wigan", 2019), {...options, width: 746, plotHeight: 130});
    expect(figure.subtitle).toContain("5 of 10 shown");
    expect(renderSvg({...figure, plot: figure.plot}, options)).toContain(">Wigan</text>");
  });
});
