import {describe, expect, it} from "vitest";
import {boroughBySector} from "../../src/figures/borough-by-sector/draw.ts";
import {withLandUse} from "../../src/figures/borough-by-sector/examples.ts";
import {boroughRows} from "../../src/figures/kit/examples/borough-rows.ts";
import type {FigureOptions} from "../../src/figures/kit/figure.ts";
import {renderSvg} from "../../src/figures/render/render.ts";
import type {BoroughEmissions} from "../../src/models/marts/borough_emissions.ts";
import {countWords} from "../../src/wording/titles.ts";

const options: FigureOptions = {theme: "light", width: 960, place: "Illustrative Council", isIllustrative: true};
const stockport = boroughRows("Stockport", "co2_within_influence", "2005-2020");
const svgOf = (rows: BoroughEmissions[]) => renderSvg(boroughBySector(rows, options), options);

describe("the words of the borough by sector", () => {
  const figure = boroughBySector(stockport, options);

  it("lead with the total and the largest sector: 982 of 1,777 kt is 45% less", () => {
    expect(figure.id).toBe("borough-by-sector-e08000007-co2-within-influence-2005-2020");
    expect(figure.title).toBe("Stockport CO₂ has fallen 45% since 2005; homes are largest");
    expect(figure.alt).toContain("All sectors: 1,777 kt CO₂ in 2005, 982 kt CO₂ in 2020.");
    expect(figure.alt).toContain("In 2020: Domestic 427 kt, Transport 316 kt, Industry 122 kt,");
  });

  it("carry the statistic, its gases, its area, its release and when that was published", () => {
    expect(figure.subtitle).toBe(
      "CO₂ within the council's influence, carbon dioxide only, in kt CO₂ a year, by sector, Stockport, 2005 to 2020"
    );
    expect(figure.source).toBe(
      "Source: National statistics, release 2005-2020, published Jun 2022; " +
        "mysociety/la-emissions-data 4f6651e9 local_authority_emissions 1.2.0, CC-BY-4.0"
    );
    const unknown = stockport.map(row => ({...row, published: null}));
    expect(boroughBySector(unknown, options).source).toContain("date of publication not known");
  });

  it("say in the picture, the alternative and nowhere else that it is not the measure of the target", () => {
    expect(svgOf(stockport)).toContain(
      ">Official figures: close to, but not the same as, what our target measures</text>"
    );
    expect(figure.alt).toContain("not the same as, what our target measures. It is too small: it leaves out motorways");
    const target = stockport.map(row => ({...row, is_measure_of_target: true}));
    expect(svgOf(target)).not.toContain("target measures");
  });

  it("are of no illustrative estate", () => {
    expect(svgOf(stockport)).not.toMatch(/illustrative/i);
    expect(boroughBySector([], options).source).toBe("Source: Illustrative Council");
  });

  it("tell the total of a release that gives no sectors", () => {
    const totals = boroughBySector(boroughRows("Stockport", "co2_territorial", "2005-2023"), options);
    expect(totals.title).toBe("Stockport CO₂ has fallen 40% since 2012");
    expect(totals.alt).toMatch(/^Bar chart of territorial CO₂/);
    expect(totals.source).toContain("published 2025;");
  });

  it("tell the largest sector of a release that gives no total, and the one of a release of one", () => {
    expect(boroughBySector(boroughRows("Stockport", "co2_subset", "2005-2017"), options).title).toBe(
      "Homes are the largest sector in Stockport"
    );
    const industry = boroughBySector(boroughRows("Stockport", "ghg_territorial_industry", "2005-2023"), options);
    expect(industry.title).toMatch(/^Stockport industry emissions have fallen \d+% since 20\d\d$/);
    expect(industry.subtitle).toContain("carbon dioxide, methane and nitrous oxide, in kt CO₂e a year");
  });

  it("say rose, barely changed, and of one year how much", () => {
    const ends = (first: number, last: number) =>
      stockport
        .filter(row => row.is_all_sectors && [2005, 2020].includes(row.year))
        .map(row => ({...row, emissions_kt_co2: row.year === 2005 ? first : last}));
    expect(boroughBySector(ends(100, 112), options).title).toBe("Stockport CO₂ has risen 12% since 2005");
    expect(boroughBySector(ends(100, 100), options).title).toBe("Stockport CO₂ has barely changed since 2005");
    expect(boroughBySector(ends(0, 100).slice(1), options).title).toBe("Stockport CO₂ at 100 kt in 2020");
    expect(boroughBySector(ends(0, 100), options).title).toBe("Stockport CO₂ at 100 kt in 2020");
  });

  it("shorten the finding before the name of the area", () => {
    const named = (area_name: string) => {
      const {title} = boroughBySector(
        stockport.map(row => ({...row, area_name})),
        options
      );
      expect(countWords(title)).toBeLessThanOrEqual(10);
      return title;
    };
    expect(named("Greater Manchester")).toBe("Greater Manchester CO₂ has fallen 45% since 2005");
    expect(named("Bournemouth, Christchurch and Poole")).toBe(
      "Bournemouth, Christchurch and Poole CO₂ has fallen 45% since 2005"
    );
    expect(named("Area ".repeat(9))).toBe("Area Area Area Area… CO₂ has fallen 45% since 2005");
  });

  it("name the years that are not held", () => {
    const gappy = stockport.filter(row => row.year !== 2010);
    expect(boroughBySector(gappy, options).alt).toContain("No data: 2010.");
    expect(boroughBySector([], options).title).toBe("No years yet");
  });
});

describe("rows that are not one series", () => {
  it.each([
    ["area_code", boroughRows("Bolton", "co2_within_influence", "2005-2020")],
    ["statistic", boroughRows("Stockport", "co2_territorial", "2005-2023")],
    ["release", stockport.map(row => ({...row, release: "2005-2021"}))]
  ])("are refused: %s", (column, others) => {
    expect(() => boroughBySector([...stockport, ...others], options)).toThrow(
      `borough figure of more than one ${column}: ${stockport[0]?.[column as "release"]}, ${others[0]?.[column as "release"]}`
    );
  });
});

describe("the picture of the borough by sector", () => {
  it("draws what land use takes up below zero, and the net total as a dot", () => {
    const figure = boroughBySector(withLandUse(60), options);
    const [low, high] = (figure.plot.y?.domain ?? []) as number[];
    expect(low).toBeCloseTo(-66);
    expect(high).toBe(2000);
    expect(figure.alt).toContain("LULUCF Net Emissions −60 kt");
    expect(svgOf(withLandUse(60))).toContain(">LULUCF Net Emissions −60 kt</text>");
    expect(svgOf(withLandUse(60))).toContain(">all sectors, net</text>");
    expect(svgOf(withLandUse(60))).toContain(">1,717</text>");
    expect(svgOf(stockport)).not.toContain("net</text>");
  });

  it("leaves out a sector that is zero throughout", () => {
    expect(svgOf(stockport)).not.toContain("Waste Management");
    const nothing = stockport.map(row => ({...row, emissions_kt_co2: 0}));
    expect(svgOf(nothing)).toContain(">Waste Management 0 kt</text>");
    expect(svgOf(nothing)).not.toMatch(/>no</);
  });
});
