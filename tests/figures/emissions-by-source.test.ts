import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {emissionsBySource, type SourceYear} from "../../src/figures/emissions-by-source/draw.ts";
import {councilYears, source, wholeYears, wholeYearsOf} from "../../src/figures/kit/examples/council-years.ts";
import type {FigureOptions} from "../../src/figures/kit/figure.ts";
import type {Years} from "../../src/figures/kit/finding.ts";
import {renderSvg} from "../../src/figures/render/render.ts";
import {countWords} from "../../src/wording/titles.ts";

const options: FigureOptions = {theme: "light", width: 960, place: "Illustrative Council", isIllustrative: true};
const titleOf = (...rows: SourceYear[]) => emissionsBySource(rows, options, wholeYearsOf(rows)).title;
const svgOf = (rows: SourceYear[]) => renderSvg(emissionsBySource(rows, options), options);

describe("the words of emissions by source", () => {
  it("lead with the fall and the largest source: 690 of 1,000 t is 31% less", () => {
    const rows = [
      source(2018, "gas", 600),
      source(2018, "fleet", 400),
      source(2020, "gas", 500, {is_provisional: true}),
      source(2020, "fleet", 190)
    ];
    const figure = emissionsBySource(rows, options, wholeYearsOf(rows));
    expect(figure.id).toBe("emissions-by-source");
    expect(figure.title).toBe("Emissions have fallen 31% since 2018/19; largest source: gas");
    expect(figure.subtitle).toBe(
      "Emissions in t CO₂e by source, scopes 1 and 2 (grid average), Illustrative Council, 2018/19 to 2020/21"
    );
    expect(figure.source).toBe("Source: Illustrative estate, inventory, grid-average factors, to 31 Mar 2021");
    expect(figure.alt).toBe(
      "Stacked bar chart of emissions by source, scopes 1 and 2, 2018/19 to 2020/21. " +
        "Emissions have fallen 31% since 2018/19; largest source: gas. 1,000 t CO₂e in 2018/19, 690 t CO₂e in 2020/21. " +
        "By source in 2020/21: gas 500 t, fleet 190 t. No data: 2019/20. Pandemic years, shaded: 2020/21. " +
        "Provisional factors: 2020/21. The estate is illustrative."
    );
  });

  it("say rose, and barely changed where it is less than half a per cent", () => {
    expect(titleOf(source(2023, "gas", 100), source(2024, "gas", 104))).toBe(
      "Emissions have risen 4% since 2023/24; largest source: gas"
    );
    expect(titleOf(source(2023, "gas", 1000), source(2024, "gas", 1004))).toBe(
      "Emissions have barely changed since 2023/24; largest source: gas"
    );
  });

  it("give the amount where there is one year, or the first is zero", () => {
    expect(titleOf(source(2025, "gas", 5812.4))).toBe("Emissions were 5,812 t in 2025/26; largest source: gas");
    expect(titleOf(source(2024, "gas", 0), source(2025, "gas", 8.25))).toBe(
      "Emissions were 8.3 t in 2025/26; largest source: gas"
    );
  });

  it("name no largest source where there are none", () => {
    expect(titleOf(source(2024, "gas", 10), source(2025, "gas", 0))).toBe("Emissions have fallen 100% since 2024/25");
    expect(titleOf(source(2025, "gas", 0))).toBe("Emissions were 0 t in 2025/26");
  });

  it("never call the rest the largest source", () => {
    expect(titleOf(source(2025, "gas", 5), source(2025, "other", 9))).toBe(
      "Emissions were 14 t in 2025/26; largest source: gas"
    );
  });

  it("shorten the finding for a longer source, and then leave the source out", () => {
    const years = (name: string) => titleOf(source(2018, name, 100), source(2025, name, 69));
    expect(years("building gas")).toBe("Emissions have fallen 31% since 2018/19; largest source: building gas");
    expect(years("heat from district networks")).toBe("Emissions have fallen 31% since 2018/19");
  });

  it("leave out scope 3", () => {
    const rows = [source(2024, "gas", 100), source(2024, "upstream", 900, {scope: "3"})];
    expect(emissionsBySource(rows, options).alt).toContain("100 t CO₂e in 2024/25.");
    expect(emissionsBySource(rows.slice(1), options).title).toBe("No complete years yet");
  });

  it("claim no fall of a year that is not whole, and name what it lacks", () => {
    const rows = [source(2024, "gas", 100), source(2025, "gas", 40, {is_whole_year: false})];
    const told = (missing_source: string | null, is_source_at_zero = false) => ({
      compared: [],
      incomplete: [{reporting_year: 2025, at_least_t_co2e: 40, missing_source, is_source_at_zero}]
    });
    const figure = emissionsBySource(rows, options, told("building gas"));
    expect(figure.title).toBe("2025/26 lacks some building gas: at least 40 t");
    expect(figure.alt).toContain("100 t CO₂e in 2024/25, at least 40 t CO₂e in 2025/26.");
    expect(figure.alt).toContain("Not complete, so at least this much: 2025/26.");
    expect(emissionsBySource(rows, options, told("building gas", true)).title).toBe(
      "2025/26 lacks building gas: at least 40 t"
    );
    expect(emissionsBySource(rows, options, told("heat from a district network of others")).title).toBe(
      "2025/26 is not complete: at least 40 t"
    );
    expect(emissionsBySource(rows, options, told(null)).title).toBe("2025/26 is not complete: at least 40 t");
    expect(emissionsBySource(rows, options).title).toBe("Emissions were 100 t in 2024/25");
  });

  it("claim no direction that what is missing could undo, nor one that only the factors have", () => {
    const rows = [source(2018, "gas", 1000), source(2025, "gas", 980)];
    const title = (years: Years) => emissionsBySource(rows, options, years).title;
    const [compared] = wholeYears(2018, 1000, 2025, 980).compared;
    if (compared === undefined) throw new Error("nothing is compared");
    const unclear = {...compared, missing_t_co2e: 25, direction: null, direction_at_same_factors: null};
    expect(title({compared: [unclear], incomplete: []})).toBe(
      "Emissions show no clear change since 2018/19; largest source: gas"
    );
    expect(title(wholeYears(2018, 1000, 2025, 980, 958))).toBe(
      "Emissions have fallen 2% since 2018/19 through new factors alone"
    );
  });

  it("are a title of ten words at most without a full stop, whatever the rows", () => {
    const tonnes = fc.double({min: 0, max: 1e6, noNaN: true});
    const row = fc.tuple(fc.integer({min: 2010, max: 2030}), fc.string({unit: "grapheme"}), tonnes);
    fc.assert(
      fc.property(fc.array(row, {minLength: 1, maxLength: 9}), rows => {
        const {title} = emissionsBySource(
          rows.map(given => source(...given)),
          options
        );
        expect(countWords(title)).toBeLessThanOrEqual(10);
        expect(title.endsWith(".")).toBe(false);
      }),
      {numRuns: 60}
    );
  });
});

describe("the picture of emissions by source", () => {
  it("starts at 0 and leaves a year that is not held as a gap that says so", () => {
    expect(emissionsBySource(councilYears(), options).plot.y?.domain).toEqual([0, 10_000]);
    expect(svgOf(councilYears())).toContain(">2019/20</text>");
    expect(svgOf(councilYears())).toMatch(/>no</);
  });

  it("has the largest source of the last year at the base and the rest on top, each with its tonnes", () => {
    const names = [...svgOf(councilYears()).matchAll(/>([A-Z][a-z ]+ [\d,]+ t)<\/text>/g)].map(match => match[1]);
    expect(names).toEqual([
      "Other 257 t",
      "Street lighting 255 t",
      "Fleet 937 t",
      "Building electricity 1,267 t",
      "Building gas 2,665 t"
    ]);
  });

  it("gives the total above the first bar and the last", () => {
    expect(svgOf(councilYears())).toMatch(/>9,370<\/text>/);
    expect(svgOf(councilYears())).toMatch(/>5,381<\/text>/);
  });

  it("hatches provisional years, and has a key for them, only where there are any", () => {
    const final = councilYears().map(row => ({...row, is_provisional: false}));
    const stripes = /<path stroke-width="2.4" stroke="#ffffff" fill="none" d="M|<path [^>]*d="M[^>]*stroke-width="2.4"/;
    expect(svgOf(councilYears())).toContain(">provisional factors</text>");
    expect(svgOf(councilYears())).toMatch(stripes);
    expect(svgOf(final)).not.toContain("provisional");
    expect(svgOf(final)).not.toMatch(stripes);
  });

  it("marks the years of the pandemic only where they are held", () => {
    expect(svgOf(councilYears())).toContain(">pandemic years</text>");
    expect(svgOf([source(2021, "gas", 5)])).toContain(">pandemic year</text>");
    expect(svgOf([source(2019, "gas", 5), source(2022, "gas", 5)])).not.toContain("pandemic");
  });

  it("writes a dash, not nought, for a source that the last year does not have", () => {
    expect(svgOf([source(2024, "oil", 9), source(2024, "gas", 5), source(2025, "gas", 5)])).toContain(">Oil –</text>");
  });
});
