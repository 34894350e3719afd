import {readdir} from "node:fs/promises";
import {describe, expect, test} from "vitest";
import type {FigureOptions} from "../../src/figures/kit/figure.ts";
import {renderInBox, renderSvg} from "../../src/figures/render/render.ts";
import {councilsFigure} from "../../src/programme/rollup/figures/councils.ts";
import {yearsFigure} from "../../src/programme/rollup/figures/years.ts";
import type {RollupRow} from "../../src/programme/rollup/tables.ts";
import {countWords, mostTitleWords} from "../../src/wording/titles.ts";
import {expectAccepted} from "../figures/stored-figure.ts";
import {hostileNames} from "../page/invented-building.ts";

type CouncilYear = RollupRow<"council_years">;
type Year = RollupRow<"years">;

/** So many of as many councils complete with so many t, and what the others come to at the least. */
function year(
  reporting_year: number,
  [whole, t]: [number, number],
  [part, least] = [0, 0],
  councils = whole + part
): Year {
  return {
    ...{reporting_year, has_ended: true, councils, whole_councils: whole, whole_t_co2e: whole === 0 ? null : t},
    ...{
      part_councils: part,
      part_at_least_t_co2e: part === 0 ? null : least,
      councils_without: councils - whole - part
    },
    ...{together_t_co2e: whole + part === 0 ? null : t + least, is_total: whole === councils},
    ...{held_share: null, is_provisional: false}
  };
}

const council = (council_name: string, t_co2e: number, given: Partial<CouncilYear> = {}): CouncilYear => ({
  ...{council: council_name, council_name, is_illustrative: false, reporting_year: 2025, has_ended: true, t_co2e},
  ...{is_whole_year: true, held_share: null, is_provisional: false},
  ...given
});

const names = ["Alder", "Birch", "Cedar", "Dogwood", "Elder", "Fir", "Gorse", "Hazel"];
const many = Array.from({length: 368}, (_, i) =>
  council(`${names[i % 8]} and ${names[Math.floor(i / 8) % 8]} District Council ${i}`, 12_000 / (1 + i / 9), {
    is_whole_year: i % 5 !== 1
  })
);
const growing = [
  year(2018, [3, 61_200], [0, 0], 380),
  year(2019, [41, 310_000], [12, 22_000], 380),
  year(2020, [120, 602_000], [40, 90_300], 380),
  year(2021, [180, 700_100], [66, 101_000], 380),
  year(2022, [260, 790_000], [60, 99_000], 380),
  year(2023, [300, 830_000], [50, 70_100], 380),
  year(2024, [352, 911_000], [20, 31_000], 380),
  year(2025, [294, 801_466], [74, 206_743], 380)
];

const draws: Record<string, (options: FigureOptions) => ReturnType<typeof yearsFigure>> = {
  "years-many": options => yearsFigure(growing, options),
  "years-in-part": options => yearsFigure([year(2024, [2, 30]), year(2025, [0, 0], [1, 14], 2)], options),
  "councils-many": options =>
    councilsFigure({year: year(2025, [294, 801_466], [74, 206_743], 380), rows: many}, options),
  "councils-odd": options =>
    councilsFigure(
      {
        year: year(2025, [2, 300], [2, 130]),
        rows: [
          council("Alder Council", 210),
          council(hostileNames[0], 90, {is_illustrative: true}),
          council(hostileNames[1], 100, {is_whole_year: false}),
          council(hostileNames[2], 30, {is_whole_year: false})
        ]
      },
      options
    )
};
const looks = [
  ["light", 960],
  ["dark", 375],
  ["light", 1210]
] as const;

const accepted = new URL("../../src/programme/rollup/figures/accepted/", import.meta.url);
const pictures = Object.keys(draws).flatMap(name => looks.map(([theme, width]) => ({name, theme, width})));
const options = {place: "Greater Region Programme", isIllustrative: false};

describe("accepted pictures", () => {
  test.each(pictures)("$name-$theme-$width", ({name, theme, width}) => {
    const look = {...options, theme, width};
    const figure = draws[name]?.(look) as ReturnType<typeof yearsFigure>;
    expectAccepted(accepted, `${name}-${theme}-${width}`, renderSvg(figure, look));
  });

  test("there is no other", async () => {
    const files = pictures.map(({name, theme, width}) => `${name}-${theme}-${width}.svg`);
    expect((await readdir(accepted)).sort()).toEqual(files.sort());
  });
});

describe("a title is a finding that what is missing cannot make false", () => {
  const page = {...options, theme: "light", width: 960} as const;
  const titleOf = (of: Year, rows: readonly CouncilYear[]) => councilsFigure({year: of, rows}, page).title;
  const [alder, birch] = [council("Alder Council", 210), council("Birch Council", 90)];

  test("who emits most is said where all are complete, and of two alike neither", () => {
    expect(titleOf(year(2025, [2, 300]), [birch, alder])).toBe("Alder Council emitted most in 2025/26: 210 t");
    expect(titleOf(year(2025, [2, 420]), [alder, {...birch, t_co2e: 210.2}])).toBe(
      "2 councils emitted 420 t in 2025/26"
    );
    expect(titleOf(year(2025, [1, 210]), [alder])).toBe("Alder Council emitted 210 t in 2025/26");
    // A third without a figure may emit more than either.
    expect(titleOf(year(2025, [2, 300], [0, 0], 3), [alder, birch])).toBe("2025/26 is complete for 2 of 3 councils");
    const part = {...birch, is_whole_year: false};
    expect(titleOf(year(2025, [1, 210], [1, 90]), [alder, part])).toBe("2025/26 is complete for 1 of 2 councils");
    expect(titleOf(year(2025, [0, 0], [1, 90]), [part])).toBe("2025/26 is not complete: at least 90 t");
  });

  test("a sum of years that are not complete is at least so much", () => {
    const title = (...years: Year[]) => yearsFigure(years, page).title;
    expect(title(year(2025, [2, 300]))).toBe("2 councils emitted 300 t in 2025/26");
    expect(title(year(2024, [2, 300]), year(2025, [1, 210], [1, 90]))).toBe(
      "2025/26: at least 300 t, 1 of 2 councils complete"
    );
    expect(title(year(2025, [0, 0], [1, 90], 2))).toBe("2025/26: at least 90 t, no council complete");
    expect(title({...year(2025, [2, 300]), has_ended: false})).toBe("No complete years yet");
  });

  test("every title has ten words at most, whatever a council is called", () => {
    const long = "The Royal Borough of Kensington and Chelsea and Westminster and Hammersmith";
    for (const name of [...hostileNames, long])
      for (const rows of [[council(name, 5)], [council(name, 5), birch]])
        expect(countWords(titleOf(year(2025, [rows.length, 100]), rows)), name).toBeLessThanOrEqual(mostTitleWords);
    expect(countWords(yearsFigure(growing, page).title)).toBeLessThanOrEqual(mostTitleWords);
  });
});

test("what is not drawn is counted, in the picture, below its title and for somebody who cannot see it", () => {
  const look = {...options, theme: "light", width: 960} as const;
  const figure = draws["councils-many"]?.(look);
  expect(figure?.subtitle).toBe(
    "Own operations in t CO₂e, scopes 1 and 2 (grid average), Greater Region Programme, 2025/26, the largest 20 of 368"
  );
  expect(figure?.alt).toMatch(/: at least 10,800 t; .*\. 348 more not drawn, 12 without a figure\.$/);
  const odd = draws["councils-odd"]?.(look);
  expect(odd?.alt).toContain(`${hostileNames[0]} (illustrative): 90 t;`);
  expect(odd?.subtitle).toMatch(/, 2025\/26, 1 of them illustrative$/);
  expect(draws["years-many"]?.(look).alt).toMatch(/\. In the pandemic: 2020\/21 and 2021\/22\.$/);
  const {figure: fitted, svg} = renderInBox(draws["councils-many"] as never, {...look, width: 1210}, {height: 520});
  const [, shown = ""] = /the largest (\d+) of 368/.exec(fitted.subtitle) ?? [];
  expect(Number(shown)).toBeGreaterThan(5);
  expect(Number(shown)).toBeLessThan(20);
  expect(svg).toContain(`${368 - Number(shown)} more not drawn`);
  expect(Number(/ height="(\d+)"/.exec(svg)?.[1])).toBeLessThanOrEqual(520);
});
