import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {type FleetFuelYear, fleetFuel} from "../../src/figures/fleet-fuel/draw.ts";
import {fleetYears, fuel} from "../../src/figures/fleet-fuel/examples.ts";
import type {FigureOptions} from "../../src/figures/kit/figure.ts";
import {renderSvg} from "../../src/figures/render/render.ts";
import {countWords} from "../../src/wording/titles.ts";

const options: FigureOptions = {
  theme: "light",
  width: 960,
  place: "Illustrative Council",
  isIllustrative: true,
  asOf: "Oct 2026"
};
const titleOf = (...rows: FleetFuelYear[]) => fleetFuel(rows, options).title;
const svgOf = (rows: FleetFuelYear[], given = options) => renderSvg(fleetFuel(rows, given), given);

describe("the words of fleet fuel", () => {
  it("lead with diesel between whole years, not from a pandemic year: 370,744 of 428,100 litres is 13% less", () => {
    const figure = fleetFuel(fleetYears(), options);
    expect(figure.id).toBe("fleet-fuel");
    expect(figure.title).toBe("We used 13% less diesel than in 2022/23");
    expect(figure.subtitle).toBe(
      "Fuel of our vehicles and machines in litres by reporting year, Illustrative Council, 2020/21 to 2026/27"
    );
    expect(figure.source).toBe("Source: Illustrative estate, fuel bought, less refunds, to Oct 2026");
    expect(figure.alt).toContain("2020/21: Diesel 421,300 litres,");
    expect(figure.alt).toContain("HVO (renewable diesel) 61,300 litres.");
    expect(figure.alt).toContain("That year is not over: to Oct 2026. The estate is illustrative.");
  });

  it("say more, as much, and of one year or from nothing how much", () => {
    expect(titleOf(fuel(2019, "diesel", 100), fuel(2025, "diesel", 130))).toBe(
      "We used 30% more diesel than in 2019/20"
    );
    expect(titleOf(fuel(2019, "diesel", 1000), fuel(2025, "diesel", 1001))).toBe(
      "We used as much diesel as in 2019/20"
    );
    const one = "We used 43,000 litres of diesel in 2025/26";
    expect(titleOf(fuel(2025, "diesel", 43_000))).toBe(one);
    expect(titleOf(fuel(2019, "diesel", 0), fuel(2025, "diesel", 43_000))).toBe(one);
  });

  it("speak of the largest fuel where there is no diesel", () => {
    expect(titleOf(fuel(2019, "gas_oil", 200), fuel(2025, "gas_oil", 100), fuel(2025, "hvo", 10))).toBe(
      "We used 50% less gas oil than in 2019/20"
    );
    expect(titleOf(fuel(2025, "hvo", 10))).toBe("We used 10 litres of HVO in 2025/26");
    expect(titleOf(fuel(2025, "diesel", 0))).toBe("Our vehicles and machines used no fuel in 2025/26");
  });

  it("take any name for a fuel", () => {
    expect(titleOf(fuel(2025, "valueOf", 10))).toBe("We used 10 litres of valueOf in 2025/26");
  });

  it("are not measured from a pandemic year", () => {
    expect(titleOf(fuel(2020, "diesel", 100), fuel(2025, "diesel", 130))).toBe(
      "We used 130 litres of diesel in 2025/26"
    );
  });

  it("say what all fuel did where diesel did otherwise", () => {
    const rows = [fuel(2019, "diesel", 100), fuel(2025, "diesel", 96), fuel(2025, "hvo", 30)];
    expect(titleOf(...rows)).toBe("Diesel fell 4% since 2019/20, all fuel rose");
  });

  it("claim nothing of a year that is over and not whole", () => {
    const rows = [fuel(2019, "diesel", 100), fuel(2025, "diesel", 40, false, true)];
    expect(titleOf(...rows)).toBe("2025/26 fuel is not complete: at least 40 litres");
    expect(fleetFuel(rows, options).alt).toContain(
      "2025/26: Diesel 40 litres. That year is not complete: it is at least this much."
    );
  });

  it("find nothing in a year to date alone", () => {
    expect(titleOf(fuel(2026, "diesel", 10, false))).toBe("No complete year of fuel yet");
    expect(titleOf()).toBe("No years of fuel yet");
  });

  it("name the years that are not held, and end with the last whole year where none is in part", () => {
    const figure = fleetFuel([fuel(2020, "diesel", 10), fuel(2022, "diesel", 10)], options);
    expect(figure.alt).toContain("No data: 2021/22.");
    expect(figure.source).toMatch(/to 31 Mar 2023$/);
  });

  it("are a title of ten words at most without a full stop, whatever the rows", () => {
    const row = fc.tuple(
      fc.integer({min: 2010, max: 2030}),
      fc.oneof(fc.constantFrom("diesel", "petrol", "gas_oil", "hvo"), fc.string({unit: "grapheme"})),
      fc.double({min: 0, max: 1e7, noNaN: true}),
      fc.boolean()
    );
    fc.assert(
      fc.property(fc.array(row, {minLength: 1, maxLength: 9}), rows => {
        const title = titleOf(...rows.map(given => fuel(...given)));
        expect(countWords(title)).toBeLessThanOrEqual(10);
        expect(title.endsWith(".")).toBe(false);
      }),
      {numRuns: 60}
    );
  });
});

describe("the picture of fleet fuel", () => {
  it("tells HVO from diesel, on top, with litres", () => {
    const names = [...svgOf(fleetYears()).matchAll(/>(HVO \([\w ]+\)|Petrol|Gas oil \([\w ]+\)|Diesel)</g)].map(
      match => match[1]
    );
    expect(svgOf(fleetYears())).toContain(">40,100 litres<");
    expect(names).toEqual(["HVO (renewable diesel)", "Petrol", "Gas oil (red diesel)", "Diesel"]);
  });

  it("marks the year to date and leaves its total unsaid", () => {
    expect(svgOf(fleetYears())).toContain(">to Oct 2026</text>");
    const {asOf: _, ...unsaid} = options;
    expect(svgOf(fleetYears(), unsaid)).toContain(">part year</text>");
    expect(svgOf(fleetYears())).toContain(">482,044</text>");
    expect(svgOf(fleetYears())).not.toContain(">266,650</text>");
  });

  it("starts at 0", () => {
    expect(fleetFuel(fleetYears(), options).plot.y?.domain).toEqual([0, 500_000]);
  });
});
