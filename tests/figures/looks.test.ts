import {Resvg} from "@resvg/resvg-js";
import {describe, expect, it} from "vitest";
import {boroughBySector} from "../../src/figures/borough-by-sector/draw.ts";
import {withLandUse} from "../../src/figures/borough-by-sector/examples.ts";
import {carpet} from "../../src/figures/carpet/draw.ts";
import {inDays, officeDays, officeYear} from "../../src/figures/carpet/examples.ts";
import {dataCoverage} from "../../src/figures/data-coverage/draw.ts";
import {coverage} from "../../src/figures/data-coverage/examples.ts";
import {emissionsByScope} from "../../src/figures/emissions-by-scope/draw.ts";
import {councilScopes} from "../../src/figures/emissions-by-scope/examples.ts";
import {emissionsBySource} from "../../src/figures/emissions-by-source/draw.ts";
import {fleetFuel} from "../../src/figures/fleet-fuel/draw.ts";
import {fleetYears, fuel} from "../../src/figures/fleet-fuel/examples.ts";
import {councilYears} from "../../src/figures/kit/examples/council-years.ts";
import type {Figure, FigureOptions} from "../../src/figures/kit/figure.ts";
import type {Theme} from "../../src/figures/kit/theme.ts";
import {loadProfile} from "../../src/figures/load-profile/draw.ts";
import {officeProfile} from "../../src/figures/load-profile/examples.ts";
import {renderSvg} from "../../src/figures/render/render.ts";
import {generation} from "../../src/figures/solar-generation/draw.ts";
import {sunYears} from "../../src/figures/solar-generation/examples.ts";
import {trajectory} from "../../src/figures/trajectory/draw.ts";
import {boroughTrajectory, ownTrajectory} from "../../src/figures/trajectory/examples.ts";
import {overlaps, textBoxes} from "./text-boxes.ts";

const themes: readonly Theme[] = ["light", "dark"];
const widths = [960, 375, 1210];
const everyLook = themes.flatMap(theme => widths.map(width => ({theme, width})));

/** One figure of each kind, every site called by this name and, at its worst, in every text there is. */
function figuresOf(name: string, options: FigureOptions): Figure[] {
  return [
    carpet(inDays(officeYear({site_name: name, site_id: name}).slice(0, 480)), officeDays(10), options),
    loadProfile(officeProfile({site_name: name, site_id: name}), options),
    dataCoverage(
      coverage({site_name: name, site_id: name, meter_point_id: name}, "2026-01-01", [{missing: 5}, {}]),
      options
    ),
    ...yearFiguresOf(name, options)
  ];
}

/** Figures by year and month of the estate, every source and fuel called by this name too. */
function yearFiguresOf(name: string, options: FigureOptions): Figure[] {
  const named = councilYears().map(row => ({...row, emission_source: `${row.emission_source} ${name}`}));
  return [
    emissionsBySource(named, options),
    emissionsByScope(councilScopes(), options),
    fleetFuel([...fleetYears(), fuel(2026, name, 9000, false)], {...options, asOf: "Oct 2026"}),
    generation(sunYears(), options),
    trajectory(ownTrajectory({target_id: name, target_name: name, series: name}), options)
  ];
}

/** Figures of the area, which are national statistics. */
function areaFiguresOf(name: string, options: FigureOptions): Figure[] {
  const rows = boroughTrajectory({target_id: name, target_name: name, series: name});
  return [boroughOf(name, options), trajectory(rows, {...options, area: name})];
}

/** The borough's figure, its area, sectors and statistic called by this name. */
function boroughOf(name: string, options: FigureOptions): Figure {
  const rows = withLandUse(60).map(row => ({
    ...row,
    area_name: name,
    statistic_name: name,
    source: name,
    sector: row.sector === "Domestic" ? name : row.sector
  }));
  return boroughBySector(rows, options);
}

function drawn(figure: Figure, {theme, width}: {theme: Theme; width: number}): string {
  return renderSvg(figure, {theme, width});
}

describe.each(everyLook)("$theme, $width px", look => {
  const options = {...look, place: "Illustrative Council", isIllustrative: true};

  it("says in the picture and in the source that the estate is illustrative", () => {
    for (const figure of [...figuresOf("Town Hall", options), carpet([], [], options), dataCoverage([], options)]) {
      expect(figure.source).toContain("Illustrative estate");
      expect(drawn(figure, look).split("Illustrative estate</text>").length - 1, figure.id).toBe(1);
    }
  });

  it("says nothing of the kind of a national statistic, which is no estate of ours", () => {
    for (const figure of [...areaFiguresOf("Stockport", options), boroughBySector([], options)])
      expect(drawn(figure, {...look})).not.toMatch(/illustrative (estate|is)|is illustrative/i);
  });

  it("says nothing of the kind of a real estate", () => {
    for (const figure of figuresOf("Town Hall", {...options, place: "Stockport Council", isIllustrative: false})) {
      expect(drawn(figure, look)).not.toMatch(/illustrative/i);
    }
  });

  it("escapes hostile names in every place that shows them", () => {
    const hostile = `"><script>alert('1')</script>&amp;`;
    for (const figure of figuresOf(hostile, {...options, isIllustrative: false, place: hostile}).concat(
      areaFiguresOf(hostile, options)
    )) {
      const svg = drawn(figure, look);
      expect(svg).not.toMatch(/<script|"><s/i);
      expect(svg).toMatch(/&gt;&lt;s/);
      expect(() => new Resvg(svg)).not.toThrow();
    }
  });

  it("keeps everything inside the picture, however long the names", () => {
    const names = [
      "W".repeat(300),
      "St Mary's Roman Catholic Voluntary Academy and Nursery School ".repeat(4),
      "東京".repeat(50)
    ];
    for (const name of names) {
      for (const figure of [...figuresOf(name, {...options, place: name}), ...areaFiguresOf(name, options)]) {
        const {x, right} = extent(drawn(figure, look));
        expect(x, figure.id).toBeGreaterThanOrEqual(0);
        expect(right, figure.id).toBeLessThanOrEqual(look.width);
        expect(drawn(figure, look)).toContain("…");
      }
    }
  });

  it("lets no text of a figure by year touch another, whatever the names", () => {
    for (const name of ["a", "of the Highways and Street Works Authority of Greater Manchester", "W".repeat(60)]) {
      for (const figure of [...yearFiguresOf(name, {...options, place: name}), ...areaFiguresOf(name, options)])
        expect(overlaps(textBoxes(drawn(figure, look))), figure.id).toEqual([]);
    }
  });

  it("draws the shortest periods too", () => {
    expect(drawn(carpet(inDays(officeYear().slice(0, 48)), [], options), look)).toContain(">1 Nov</text>");
    expect(drawn(carpet(inDays(officeYear().slice(0, 48 * 30)), [], options), look)).toContain(">8 Nov</text>");
  });
});

/** How far the drawing reaches, by its own letters and shapes and not by its ground. */
function extent(svg: string): {x: number; right: number} {
  const bare = svg.replace(/<rect width="\d+" height="\d+" fill="#\w+"\/>/, "");
  const box = new Resvg(bare, {font: {fontFiles: [], loadSystemFonts: false}}).getBBox();
  return {x: box?.x ?? 0, right: (box?.x ?? 0) + (box?.width ?? 0)};
}
