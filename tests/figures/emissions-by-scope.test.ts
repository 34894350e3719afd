import {describe, expect, it} from "vitest";
import {emissionsByScope, type ScopeYear} from "../../src/figures/emissions-by-scope/draw.ts";
import {councilScopes} from "../../src/figures/emissions-by-scope/examples.ts";
import {councilYears, source, wholeYearsOf} from "../../src/figures/kit/examples/council-years.ts";
import type {FigureOptions} from "../../src/figures/kit/figure.ts";
import {renderSvg} from "../../src/figures/render/render.ts";
import {countWords} from "../../src/wording/titles.ts";

const options: FigureOptions = {theme: "light", width: 960, place: "Illustrative Council", isIllustrative: true};

function year(reporting_year: number, one: number, two: number, three: number): ScopeYear[] {
  return (["1", "2", "3"] as const).map((scope, i) =>
    source(reporting_year, `source of ${scope}`, [one, two, three][i] ?? 0, {scope})
  );
}

const titleOf = (...rows: ScopeYear[]) => emissionsByScope(rows, options, wholeYearsOf(rows)).title;
const svgOf = (rows: ScopeYear[]) => renderSvg(emissionsByScope(rows, options), options);

describe("the words of emissions by scope", () => {
  it("lead with scopes 1 and 2 alone: 690 of 1,000 t is 31% less, however scope 3 rose", () => {
    const rows = [...year(2018, 600, 400, 100), ...year(2025, 490, 200, 900)];
    const figure = emissionsByScope(rows, options, wholeYearsOf(rows));
    expect(figure.id).toBe("emissions-by-scope");
    expect(figure.title).toBe("Scopes 1 and 2 have fallen 31% since 2018/19");
    expect(figure.subtitle).toBe(
      "Emissions in t CO₂e by scope (grid average), Illustrative Council, 2018/19 to 2025/26"
    );
    expect(figure.source).toBe("Source: Illustrative estate, inventory, grid-average factors, to 31 Mar 2026");
    expect(figure.alt).toContain("Scopes 1 and 2: 1,000 t CO₂e in 2018/19, 690 t CO₂e in 2025/26.");
    expect(figure.alt).toContain("Scope 2: 400 t CO₂e in 2018/19, 200 t CO₂e in 2025/26.");
    expect(figure.alt).toContain(
      "Scope 3, not in the total (upstream of energy and fuel, water): 100 t CO₂e in 2018/19, 900 t CO₂e in 2025/26."
    );
    expect(countWords(figure.title)).toBeLessThanOrEqual(10);
  });

  it("say rose, barely changed, or of one year or from nothing how much", () => {
    expect(titleOf(...year(2023, 50, 50, 1), ...year(2024, 60, 50, 1))).toBe(
      "Scopes 1 and 2 have risen 10% since 2023/24"
    );
    expect(titleOf(...year(2023, 50, 50, 1), ...year(2024, 50, 50, 9))).toBe(
      "Scopes 1 and 2 have barely changed since 2023/24"
    );
    expect(titleOf(...year(2024, 60, 50, 1))).toBe("Scopes 1 and 2 were 110 t in 2024/25");
    expect(titleOf(...year(2023, 0, 0, 1), ...year(2024, 60, 50, 1))).toBe("Scopes 1 and 2 were 110 t in 2024/25");
    expect(titleOf(...year(2024, 0, 0, 0))).toBe("Scopes 1 and 2 were 0 t in 2024/25");
  });

  it("have no total of a year without one of the two scopes", () => {
    const gasAlone = year(2025, 60, 50, 1).filter(row => row.scope === "1");
    const both = [...year(2023, 60, 50, 1), ...gasAlone];
    expect(emissionsByScope(both, options).title).toBe("Scopes 1 and 2 were 110 t in 2023/24");
    expect(titleOf(...gasAlone)).toBe("No year has both scope 1 and scope 2");
  });

  it("say which years are not held, and which have provisional factors", () => {
    const {alt} = emissionsByScope(councilScopes(), options);
    expect(alt).toContain("No data: 2019/20.");
    expect(alt).toContain("Provisional factors: 2024/25 and 2025/26.");
  });

  it("claim nothing of a year that is not whole", () => {
    const part = year(2025, 1, 1, 1).map(row => ({...row, is_whole_year: false}));
    const rows = [...year(2024, 60, 50, 1), ...part];
    const missing = {reporting_year: 2025, at_least_t_co2e: 2, missing_source: "building gas", is_source_at_zero: true};
    const {title, alt} = emissionsByScope(rows, options, {compared: [], incomplete: [missing]});
    expect(title).toBe("2025/26 lacks building gas: at least 2 t");
    expect(alt).toContain("Scopes 1 and 2: 110 t CO₂e in 2024/25, at least 2 t CO₂e in 2025/26.");
    expect(emissionsByScope(part, options).title).toBe("No complete year yet");
  });
});

describe("the picture of emissions by scope", () => {
  it("names scope 3 for what it is, and draws none where none is held", () => {
    expect(svgOf(councilScopes())).toContain("Scope 3: upstream of energy");
    expect(svgOf(councilYears())).not.toContain("Scope 3");
  });

  it("reaches no higher than scopes 1 and 2 where scope 3 is less", () => {
    expect(emissionsByScope(councilScopes(), options).plot.y?.domain).toEqual([0, 10_000]);
  });

  it("breaks lines where a year is not held", () => {
    expect(svgOf(councilYears())).toMatch(/<path [^>]*d="M[\d.,]+Z?M[\d.,]+L/);
  });

  it("has a ring in its key only where factors are provisional", () => {
    expect(svgOf(councilScopes())).toContain(">provisional factors</text>");
    expect(svgOf(councilScopes().map(row => ({...row, is_provisional: false})))).not.toContain("provisional");
  });
});
