import {describe, expect, it} from "vitest";
import {utc} from "../../src/figures/kit/examples/invented.ts";
import type {FigureOptions} from "../../src/figures/kit/figure.ts";
import {renderSvg} from "../../src/figures/render/render.ts";
import {type GenerationMonth, generation} from "../../src/figures/solar-generation/draw.ts";
import {sunMonth, sunYears} from "../../src/figures/solar-generation/examples.ts";
import {countWords} from "../../src/wording/titles.ts";

const options: FigureOptions = {theme: "light", width: 960, place: "Illustrative Council", isIllustrative: true};
const svgOf = (rows: GenerationMonth[]) => renderSvg(generation(rows, options), options);

function months(count: number, kwh: number, row: Partial<GenerationMonth> = {}): GenerationMonth[] {
  return Array.from({length: count}, (_, i) => sunMonth(new Date(Date.UTC(2024, 10 + i, 1)), kwh, row));
}

describe("the words of solar generation", () => {
  it("lead with the newest twelve months and the share used: 71% of twelve times 95 MWh", () => {
    const figure = generation([...months(12, 1000), ...months(24, 95_000).slice(12)], options);
    expect(figure.id).toBe("solar-generation");
    expect(figure.title).toBe("Panels made 1,140 MWh in twelve months; we used 71%");
    expect(figure.subtitle).toBe(
      "Solar generation in MWh a month, not deducted from our emissions, Illustrative Council, Nov 2024 to Oct 2026"
    );
    expect(figure.source).toBe(
      "Source: Illustrative estate, half-hourly readings of generation and export to Oct 2026"
    );
    expect(figure.alt).toBe(
      "Stacked bar chart of solar generation by month, Nov 2024 to Oct 2026, not deducted from our emissions. " +
        "Panels made 1,140 MWh in twelve months; we used 71%. " +
        "Newest twelve months: used on site 809 MWh, exported 331 MWh. " +
        "Nov 2024: 1 MWh. Oct 2026: 95 MWh. Highest: 95 MWh in Nov 2025. The estate is illustrative."
    );
    expect(countWords(figure.title)).toBeLessThanOrEqual(10);
  });

  it("give the least and the most that may have been used where the use of a part is not known", () => {
    const part = {self_consumption_kwh: 55_000, export_kwh: 25_000, unmetered_kwh: 20_000};
    const figure = generation(months(12, 100_000, part), options);
    expect(figure.title).toBe("Panels made 1,200 MWh in twelve months; we used 55–75%");
    expect(figure.alt).toContain("use not known 240 MWh");
    const none = {self_consumption_kwh: null, export_kwh: null, unmetered_kwh: 100_000};
    expect(generation(months(12, 100_000, none), options).title).toBe(
      "Panels made 1,200 MWh in twelve months; we used 0–100%"
    );
  });

  it("count the months there are where they are fewer than twelve", () => {
    expect(generation(months(5, 10_000), options).title).toBe("Panels made 50 MWh in 5 months; we used 71%");
    expect(generation(months(1, 10_000), options).title).toBe("Panels made 10 MWh in 1 month; we used 71%");
    expect(generation([...months(1, 10_000), ...months(12, 10_000).slice(2)], options).title).toBe(
      "Panels made 110 MWh in 11 months; we used 71%"
    );
  });

  it("say so where nothing was made or held", () => {
    expect(generation(months(12, 0), options).title).toBe("Panels made nothing in twelve months");
    expect(generation([], options).title).toBe("No months of generation yet");
  });

  it("name the months with readings missing and those not held", () => {
    const {alt} = generation(sunYears(), options);
    expect(alt).toContain("Readings missing: Jul 2025 and Aug 2025. No data: Mar 2025.");
  });
});

describe("the picture of solar generation", () => {
  it("hatches months with readings missing, with a key, only where there are any", () => {
    expect(svgOf(sunYears())).toContain(">readings missing</text>");
    expect(svgOf(months(12, 100))).not.toContain("missing");
  });

  it("shows use that is not known only where it is worth showing", () => {
    expect(svgOf(sunYears())).toMatch(/>Use not known [\d.]+ MWh<\/text>/);
    expect(svgOf(months(12, 10_000, {export_kwh: 2_890}))).not.toContain("Use not known");
  });

  it("draws the newest 24 months, or as many as asked for", () => {
    const period = (given: {months?: number}) =>
      generation(months(40, 100), {...options, ...given}).subtitle.replace(/^.*, (?=\w+ 20)/, "");
    expect(period({})).toBe("Mar 2026 to Feb 2028");
    expect(period({months: 36})).toBe("Mar 2025 to Feb 2028");
  });

  it("takes months in any order", () => {
    const rows = sunYears();
    expect(svgOf([...rows].reverse())).toBe(svgOf(rows));
    expect(rows[0]?.month).toEqual(utc("2024-11-01"));
  });
});
