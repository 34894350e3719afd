import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {wholeYears} from "../../src/figures/kit/examples/council-years.ts";
import type {FigureOptions} from "../../src/figures/kit/figure.ts";
import {paletteOf} from "../../src/figures/kit/theme.ts";
import {renderSvg} from "../../src/figures/render/render.ts";
import {trajectory} from "../../src/figures/trajectory/draw.ts";
import {actuals, boroughTrajectory, ownTrajectory, rowsOf} from "../../src/figures/trajectory/examples.ts";
import type {Trajectory} from "../../src/models/marts/trajectories.ts";
import {countWords} from "../../src/wording/titles.ts";
import {overlaps, textBoxes} from "./text-boxes.ts";

const look: FigureOptions = {theme: "light", width: 960, place: "Illustrative Council", isIllustrative: true};
const options: FigureOptions = {...look, area: "Stockport"};
const svgOf = (rows: readonly Trajectory[], given = options) => renderSvg(trajectory(rows, given), given);

/** The title of these tonnes from 2018 on, whose straight path to 2028 falls from 1,000 t to 100 t by 90 t a year. */
function titleOf(
  tonnes: readonly (number | undefined)[],
  target: Partial<Trajectory> = {},
  area = "Stockport"
): string {
  const rows = rowsOf(actuals(2018, ...tonnes), {target_year: 2028, residual_share: 0.1, ...target});
  const {title} = trajectory(rows, {...options, area});
  expect(countWords(title)).toBeLessThanOrEqual(10);
  return title;
}

const area = {boundary: "area-wide", gases: "CO2"} as const;
const notTheMeasure = {why_not_measure_of_target: "It is too small."};

describe("the title of a trajectory of own operations", () => {
  it("says how far the last year is from the straight path: 820 t are allowed in 2020/21", () => {
    expect(titleOf([1000, 990, 940])).toBe("Emissions are 120 t above the path to 2028");
    expect(titleOf([1000, 900, 600])).toBe("Emissions are 220 t below the path to 2028");
  });

  it("names both paths where one is kept and another is not: 631 t are allowed where each year cuts the same share", () => {
    expect(titleOf([1000, 900, 700])).toBe("Emissions: below the straight path, 69 t above the stricter");
    expect(titleOf([1000, 900, 821])).toBe("Emissions: on the straight path, 190 t above the stricter");
  });

  it("claims nothing of a year that is not whole, but that it is above the path already", () => {
    const part = (isSurelyAbove: boolean) =>
      rowsOf(actuals(2018, 1000, 950, 900), {target_year: 2028, residual_share: 0.1}).map(row =>
        row.year === 2020 ? {...row, actual_t: null, at_least_t: 850, gap_t: null, is_surely_above: isSurelyAbove} : row
      );
    expect(trajectory(part(false), options).title).toBe("2020/21 is not complete: at least 850 t");
    expect(trajectory(part(true), options).title).toBe("2020/21 is not complete, yet already above the path");
    expect(trajectory(part(false), options).alt).toContain("Not complete: 2020/21 at least 850 t CO₂e.");
    const missing = {reporting_year: 2020, at_least_t_co2e: 850, missing_source: "fleet", is_source_at_zero: false};
    expect(trajectory(part(false), options, {compared: [], incomplete: [missing]}).title).toBe(
      "2020/21 lacks some fleet: at least 850 t"
    );
  });

  it("says that they rose", () => {
    const rising = rowsOf(actuals(2018, 1000, 1020, 1060), {target_year: 2028, residual_share: 0.1});
    const rose = (rows: Trajectory[], from: number, to: number) =>
      trajectory(rows, options, wholeYears(2016, from, 2020, to)).title;
    expect(rose(rising, 1000, 1060)).toBe("Emissions rose and are 240 t above the 2028 path");
    const low = rowsOf(actuals(2016, 500, undefined, 1000, 600), {target_year: 2028, residual_share: 0.1});
    expect(rose(low, 500, 600)).toBe("Emissions rose but are 310 t below the 2028 path");
    const near = rowsOf(actuals(2016, 500, undefined, 1000, 910), {target_year: 2028, residual_share: 0.1});
    const straight = near.filter(row => row.pathway === "linear");
    expect(rose(straight, 500, 910)).toBe("Emissions rose but are on the path to 2028");
  });

  it("says that the target is met or missed, but of a series that is not its measure only where it is", () => {
    const ten = [1000, 900, 800, 700, 600, 500, 400, 300, 250, 200];
    expect(titleOf([1000, 500, 100])).toBe("Emissions already meet the 2028 target");
    expect(titleOf([1000, 500, 100], notTheMeasure)).toBe("Emissions already reach the 2028 path's end");
    expect(titleOf([...ten, 150])).toBe("Emissions missed the 2028 target by 50 t");
    expect(titleOf([...ten, 150], notTheMeasure)).toBe("Emissions are 50 t above the path to 2028");
    expect(titleOf([...ten, 90])).toBe("Emissions already meet the 2028 target");
  });

  it("says that there is nothing to compare yet", () => {
    expect(titleOf([1000])).toBe("One year of figures: no trajectory yet");
    const none = rowsOf([]);
    expect(trajectory(none, options).title).toBe("No complete year yet");
    expect(trajectory(none, options).source).toBe("Source: Illustrative estate, inventory, grid-average factors");
    expect(titleOf([1000, 990], {base_year: 2022})).toBe("The path to 2028 starts in 2022/23");
  });

  it("is of the only pathway there is", () => {
    const rows = rowsOf(actuals(2018, 1000, 700), {residual_share: 0.1, target_year: 2019 + 9});
    const steady = rows.filter(row => row.pathway === "constant percentage");
    expect(trajectory(steady, options).title).toBe("Emissions are 94 t below the path to 2028");
    const borough = steady.map(row => ({...row, ...area}));
    expect(trajectory(borough, options).title).toBe("Stockport is 12% below a constant-percentage path to 2028");
  });
});

describe("the title of a trajectory of an area", () => {
  it("says how far the last year is from the straight path in per cent", () => {
    expect(titleOf([1000, 990, 940], area)).toBe("Stockport is 15% above a straight path to 2028");
    expect(titleOf([1000, 900, 700], area)).toBe("Stockport is 15% below a straight path to 2028");
    expect(titleOf([1000, 900, 820], area)).toBe("Stockport is on a straight path to 2028");
  });

  it("says that it rose, which gases did", () => {
    expect(titleOf([1000, 1010, 1060], area)).toBe("Stockport CO₂ rose; 29% above a straight path to 2028");
    expect(titleOf([1000, 1010, 1060], {...area, gases: "CO2e"})).toBe(
      "Stockport emissions rose; 29% above a straight path to 2028"
    );
  });

  it("says that the target is met only of a series that is its measure", () => {
    expect(titleOf([1000, 500, 90], area)).toBe("Stockport already meets the 2028 target");
    expect(titleOf([1000, 500, 90], {...area, ...notTheMeasure})).toBe(
      "Stockport already reaches the end of the 2028 path"
    );
  });

  it("has no per cent of nothing", () => {
    const fall = Array.from({length: 11}, (_, i) => 1_000_000 - 90_000 * i);
    expect(titleOf(fall, {...area, residual_share: 0})).toBe("Stockport is 100 kt above a straight path to 2028");
  });

  it("shortens the finding before the name", () => {
    expect(titleOf([1000, 990, 940], area, "Greater Manchester")).toBe(
      "Greater Manchester is 15% above a straight path to 2028"
    );
    expect(titleOf([1000, 990, 940], area, "Bath and North East Somerset")).toBe(
      "Bath and North East Somerset: 15% above the 2028 path"
    );
    expect(titleOf([1000, 1010, 1060], area, "Greater Manchester")).toBe(
      "Greater Manchester CO₂ rose; 29% above the 2028 path"
    );
  });
});

describe("the words of a trajectory", () => {
  it("carry the measure, the target, the place and the years of own operations", () => {
    const figure = trajectory(ownTrajectory(), options);
    expect(figure.id).toBe("trajectory-own-operations");
    expect(figure.subtitle).toBe(
      "Emissions in t CO₂e, scopes 1, 2, grid average, and pathways to net zero by 2030, Illustrative Council, 2018/19 to 2030/31"
    );
    expect(figure.source).toBe("Source: Illustrative estate, inventory, grid-average factors, to 31 Mar 2027");
  });

  it("carry the statistic, its release and the area, in kt by calendar year", () => {
    const figure = trajectory(boroughTrajectory(), options);
    expect(figure.id).toBe("trajectory-borough");
    expect(figure.subtitle).toBe(
      "Emissions in kt CO₂ a year and pathways to carbon neutral by 2038, Stockport, 2012 to 2038"
    );
    expect(figure.source).toBe("Source: National statistics, territorial CO₂, release 2005-2023, to 2023");
    expect(figure.alt).toContain("Actual: 1,631 kt CO₂ in 2012, 986 kt CO₂ in 2023.");
    expect(trajectory(boroughTrajectory({gases: "CO2e"}), options).subtitle).toContain("kt CO₂e a year");
    expect(trajectory(boroughTrajectory(), look).subtitle).toContain("Illustrative Council");
  });

  it("tell whoever cannot see it the first and the last year, what was required of that, the target and the residual", () => {
    const {alt} = trajectory(ownTrajectory(), options);
    expect(alt).toMatch(
      /^Line chart of emissions in t CO₂e, scopes 1, 2, grid average, and of pathways to net zero by 2030, 2018\/19 to 2030\/31\. Emissions are 3,044 t above the path to 2030\./
    );
    for (const words of [
      "Actual: 9,370 t CO₂e in 2018/19, 6,480 t CO₂e in 2026/27.",
      "Without changes in the government's factors: 8,210 t CO₂e in 2018/19, 6,480 t CO₂e in 2026/27.",
      "Straight-line path: 3,436 t CO₂e required in 2026/27 (3,044 t above), 469 t CO₂e left in 2030/31, the target year.",
      "Same percentage cut every year: 1,272 t CO₂e required in 2026/27 (5,208 t above)",
      "No data: 2019/20. Pandemic years, shaded: 2020/21 and 2021/22. Provisional factors: 2025/26 and 2026/27.",
      "One-off effect of timing in factors: electricity generation -26% in the 2026 set.",
      "Pathway still to be confirmed by the council. Not confirmed: scopes, base year,",
      "The estate is illustrative."
    ])
      expect(alt).toContain(words);
  });

  it("name the years that an area has no figures of, and no pandemic", () => {
    const gappy = boroughTrajectory().map(row => (row.year === 2015 ? {...row, actual_t: null, gap_t: null} : row));
    const {alt} = trajectory(gappy, options);
    expect(alt).toContain("No data: 2015.");
    expect(alt).not.toMatch(/pandemic|illustrative\.$/i);
  });
});

describe("rows that are not one trajectory", () => {
  it.each([
    ["target_id", {target_id: "other"}],
    ["boundary", {boundary: "area-wide"}],
    ["series", {series: "scope 1"}],
    ["gases", {gases: "CO2"}]
  ] as const)("are refused: %s", (column, other) => {
    const rows = ownTrajectory();
    expect(() => trajectory([...rows, ...rows.map(row => ({...row, ...other}))], options)).toThrow(
      `trajectory figure of more than one ${column}: ${rows[0]?.[column]}, ${Object.values(other)[0]}`
    );
  });

  it("are an empty figure where there are none", () => {
    expect(trajectory([], options)).toMatchObject({id: "trajectory", title: "No years yet"});
  });
});

describe("the notes in the picture", () => {
  const illustrative = ">Pathway still to be confirmed by the council</text>";

  it("say that a pathway is not confirmed, where it is not", () => {
    expect(svgOf(ownTrajectory())).toContain(illustrative);
    const confirmed = svgOf(ownTrajectory({is_confirmed: true, unconfirmed: null}));
    expect(confirmed).not.toContain("still to be confirmed");
    expect(confirmed).not.toContain("Not confirmed");
  });

  it("say that a series is not the measure of its target, where it is not", () => {
    expect(svgOf(boroughTrajectory())).toContain(
      ">Official figures: close to, but not the same as, what our target measures</text>"
    );
    expect(svgOf(boroughTrajectory())).toContain(illustrative);
    expect(svgOf(boroughTrajectory({why_not_measure_of_target: null}))).not.toMatch(/target measures/i);
  });

  it("mark a year whose factors broke, and name the factors", () => {
    expect(svgOf(ownTrajectory())).toContain(">† 2026 electricity factor: one-off effect of timing</text>");
    expect(svgOf(ownTrajectory()).match(/>†<\/text>/g)).toHaveLength(2);
    const two = "electricity generation -26% in the 2026 set; water_supply supply -57% in the 2026 set";
    const rows = ownTrajectory().map(row => (row.factor_breaks ? {...row, factor_breaks: two} : row));
    expect(svgOf(rows)).toContain(">† 2026 electricity and 2026 water supply factors: one-off effect of timing</text>");
    const other = ownTrajectory().map(row => (row.factor_breaks ? {...row, factor_breaks: "biogas"} : row));
    expect(svgOf(other)).toContain(">† biogas factor: one-off effect of timing</text>");
    expect(svgOf(ownTrajectory().map(row => ({...row, factor_breaks: null})))).not.toContain("†");
  });
});

describe("the picture of a trajectory", () => {
  const {actual, paper} = paletteOf("light");
  const dots = (svg: string, fill: string) =>
    svg.match(new RegExp(`<circle (?=[^>]*fill="${fill}")[^>]*>`, "g"))?.length ?? 0;

  it("has hollow dots in provisional years, and a ring in its key only then", () => {
    expect(dots(svgOf(ownTrajectory()), paper)).toBe(2);
    expect(svgOf(ownTrajectory())).toContain(">provisional factors</text>");
    const final = svgOf(ownTrajectory().map(row => ({...row, is_provisional: false})));
    expect(dots(final, paper)).toBe(0);
    expect(final).not.toContain("provisional");
    expect(dots(final, actual) - dots(svgOf(ownTrajectory()), actual)).toBe(2);
  });

  it("names the pathways at their ends with what they leave, the target, the gap and the dotted line", () => {
    const svg = svgOf(ownTrajectory());
    for (const words of ["net zero 2030", "3,044 t above", "actual 6,480 t", "9,370 t", "pandemic years"])
      expect(svg).toContain(`>${words}</text>`);
    for (const line of [
      "straight-line path:",
      "same percentage cut every year:",
      "469 t left",
      "without changes in the",
      "government's factors"
    ])
      expect(svg.replaceAll("&#39;", "'")).toContain(`>${line}</tspan>`);
    const borough = svgOf(boroughTrajectory());
    for (const line of ["same percentage cut every year:", "61 kt left"]) expect(borough).toContain(`>${line}</tspan>`);
    for (const words of ["carbon neutral 2038", "52 kt above", "2038"]) expect(borough).toContain(`>${words}</text>`);
    expect(borough).not.toMatch(/pandemic|factors<|2018\/19/);
  });

  it("starts at nothing, also where nothing is far away", () => {
    expect(trajectory(ownTrajectory(), options).plot.y?.domain).toEqual([0, 10_000]);
    expect(trajectory(boroughTrajectory(), options).plot.y?.domain).toEqual([0, 2000]);
  });

  it("breaks the line where a year is not held, which is no zero", () => {
    const columns = svgOf(ownTrajectory()).match(/>no<\/tspan>|>no</g);
    expect(columns).toHaveLength(1);
    const strong = (svg: string) => svg.match(/<g (?=[^>]*stroke-width="4")[^>]*>/g)?.length;
    expect(strong(svgOf(ownTrajectory()))).toBe(2);
    expect(strong(svgOf(rowsOf(actuals(2018, 1000, 900, 800))))).toBe(1);
  });

  it("shades no pandemic of years that are not held", () => {
    expect(svgOf(rowsOf(actuals(2022, 1000, 900), {base_year: 2022}))).not.toContain("pandemic");
  });

  it("keeps its words apart and inside, whatever the figures", () => {
    const tonnes = fc.array(fc.option(fc.integer({min: 0, max: 20_000}), {nil: undefined}), {
      minLength: 1,
      maxLength: 13
    });
    const ends = fc.constantFrom(2021, 2030, 2045);
    fc.assert(
      fc.property(tonnes, ends, fc.constantFrom(375, 960, 1210), (values, target_year, width) => {
        const years = actuals(2018, ...values)
          .filter(({year}) => year <= target_year)
          .map(row => ({
            ...row,
            constant_factor_t: row.actual_t * (1.2 - (row.year % 5) / 10),
            constant_factor_set: 2025,
            is_provisional: row.year % 3 === 0,
            factor_breaks: row.year % 4 === 1 ? `electricity generation -26% in the ${row.year} set` : null
          }));
        const svg = svgOf(rowsOf(years, {target_year}), {...options, width});
        const boxes = textBoxes(svg);
        expect(overlaps(boxes)).toEqual([]);
        for (const {x1, x2, text} of boxes) {
          expect(x1, text).toBeGreaterThanOrEqual(0);
          expect(x2, text).toBeLessThanOrEqual(width);
        }
      }),
      {numRuns: 100}
    );
  });
});
