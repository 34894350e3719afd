import * as Plot from "@observablehq/plot";
import {Resvg} from "@resvg/resvg-js";
import {describe, expect, it} from "vitest";
import {carpet} from "../../src/charts/carpet.ts";
import {dataCoverage} from "../../src/charts/data-coverage.ts";
import type {Figure, FigureOptions} from "../../src/charts/figure.ts";
import {loadProfile} from "../../src/charts/load-profile.ts";
import {renderPng, renderSvg} from "../../src/charts/render.ts";
import {paletteOf, type Theme} from "../../src/charts/theme.ts";
import {coverage, officeDays, officeProfile, officeYear, sixMeters, townHall, utc} from "./rows.ts";

const themes: readonly Theme[] = ["light", "dark"];
const widths = [960, 375];
const everyLook = themes.flatMap(theme => widths.map(width => ({theme, width})));

function optionsOf({theme, width}: {theme: Theme; width: number}, place = "Illustrative Council"): FigureOptions {
  return {theme, width, place, isIllustrative: true};
}

/** One figure of each kind, every site called by this name and, at its worst, in every text there is. */
function figuresOf(name: string, options: FigureOptions): Figure[] {
  return [
    carpet(officeYear({site_name: name, site_id: name}).slice(0, 480), officeDays(10), options),
    loadProfile(officeProfile({site_name: name, site_id: name}), options),
    dataCoverage(
      coverage({site_name: name, site_id: name, meter_point_id: name}, "2026-01-01", [{missing: 5}, {}]),
      options
    )
  ];
}

function drawn(figure: Figure, {theme, width}: {theme: Theme; width: number}): string {
  return renderSvg(figure, {theme, width});
}

describe("a figure as a file", () => {
  const [look] = everyLook;
  const options = optionsOf(look as (typeof everyLook)[number]);
  const figure = loadProfile(officeProfile(), options);
  const svg = renderSvg(figure, options);

  it("holds its words as text, and names itself to a screen reader by its title and alternative", () => {
    expect(svg).toContain(`<title id="load-profile-town-hall-electricity-title">${figure.title}</title>`);
    expect(svg).toContain(`<desc id="load-profile-town-hall-electricity-desc">${figure.alt}</desc>`);
    expect(svg).toContain(`role="img" aria-labelledby="${figure.id}-title ${figure.id}-desc"`);
    for (const words of [figure.title, figure.subtitle, figure.source]) expect(svg).toContain(`>${words}</tspan>`);
  });

  it("leans on nothing outside it", () => {
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" xmlns:xlink=/);
    expect(svg).not.toMatch(/var\(|<style|<script|class=|url\(|⚠/);
    expect(svg).not.toMatch(/aria-(label|description|hidden)="/);
    expect(svg).toContain('font-family="Inter, system-ui, sans-serif"');
  });

  it("is the same bytes every time, whatever was drawn before", () => {
    renderSvg(carpet(officeYear().slice(0, 96), [], options), options);
    expect(renderSvg(loadProfile(officeProfile(), options), options)).toBe(svg);
    expect(renderPng(svg).equals(renderPng(svg))).toBe(true);
  });

  it("is a PNG of as many pixels to the px as asked", () => {
    const size = (png: Buffer) => png.readUInt32BE(16);
    expect(size(renderPng(svg))).toBe(1920);
    expect(size(renderPng(svg, {scale: 1}))).toBe(960);
  });

  it("takes the height asked for where that is more than it needs", () => {
    const heightOf = (text: string) => Number(/height="(\d+)"/.exec(text)?.[1]);
    expect(heightOf(renderSvg(figure, {...options, height: 900}))).toBe(900);
    expect(heightOf(renderSvg(figure, {...options, height: 100}))).toBe(heightOf(svg));
  });

  it("scales a plot made for another width", () => {
    const half = /<svg y="[\d.]+" [^>]*viewBox="0 0 960 ([\d.]+)" height="([\d.]+)" width="480"/;
    const [, own, drawnHeight] = half.exec(renderSvg(figure, {...options, width: 480})) ?? [];
    expect(Number(drawnHeight)).toBeCloseTo(Number(own) / 2, 2);
  });

  it("escapes what marks put in attributes", () => {
    const plot = {marks: [Plot.text(["x"], {frameAnchor: "middle", href: () => `"><script>`})]};
    expect(renderSvg({...figure, plot}, options)).toContain('xlink:href="&quot;&gt;&lt;script&gt;"');
  });
});

describe.each(everyLook)("$theme, $width px", look => {
  const options = optionsOf(look);

  it("says in the picture and in the source that the estate is illustrative", () => {
    for (const figure of [...figuresOf("Town Hall", options), carpet([], [], options), dataCoverage([], options)]) {
      expect(figure.source).toContain("Illustrative estate");
      expect(drawn(figure, look).split("Illustrative estate</text>").length - 1, figure.id).toBe(1);
    }
  });

  it("says nothing of the kind of a real estate", () => {
    for (const figure of figuresOf("Town Hall", {...options, place: "Stockport Council", isIllustrative: false})) {
      expect(drawn(figure, look)).not.toMatch(/illustrative/i);
    }
  });

  it("escapes hostile names in every place that shows them", () => {
    const hostile = `"><script>alert('1')</script>&amp;`;
    for (const figure of figuresOf(hostile, {...options, isIllustrative: false, place: hostile})) {
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
      for (const figure of figuresOf(name, {...options, place: name})) {
        const {x, right} = extent(drawn(figure, look));
        expect(x, figure.id).toBeGreaterThanOrEqual(0);
        expect(right, figure.id).toBeLessThanOrEqual(look.width);
        expect(drawn(figure, look)).toContain("…");
      }
    }
  });

  it("draws the shortest periods too", () => {
    expect(drawn(carpet(officeYear().slice(0, 48), [], options), look)).toContain(">1 Nov</text>");
    expect(drawn(carpet(officeYear().slice(0, 48 * 30), [], options), look)).toContain(">8 Nov</text>");
  });
});

/** How far the drawing reaches, by its own letters and shapes and not by its ground. */
function extent(svg: string): {x: number; right: number} {
  const bare = svg.replace(/<rect width="\d+" height="\d+" fill="#\w+"\/>/, "");
  const box = new Resvg(bare, {font: {fontFiles: [], loadSystemFonts: false}}).getBBox();
  return {x: box?.x ?? 0, right: (box?.x ?? 0) + (box?.width ?? 0)};
}

describe("a raster", () => {
  const rows = [0, 47].map(clock_half_hour => ({
    ...townHall,
    settlement_date: utc("2026-01-01"),
    clock_half_hour,
    consumption_kw: clock_half_hour === 0 ? 70 : 0,
    is_estimated: false
  }));
  const options = optionsOf({theme: "light", width: 960});
  const svg = renderSvg(carpet(rows, [], options), options);
  const image = new Resvg(svg, {font: {loadSystemFonts: false}}).render();

  function colourAt(x: number, y: number): string {
    return `#${image.pixels.subarray((y * image.width + x) * 4).toString("hex", 0, 3)}`;
  }

  it("has 00:00 at the top and 24:00 at the foot", () => {
    const [, top] = /<svg y="([\d.]+)"/.exec(svg) ?? [];
    const [, within] = /translate\([\d.]+,([\d.]+)\) scale\(1,1\)/.exec(svg) ?? [];
    const first = Number(top) + Number(within);
    const {ramp} = paletteOf("light");
    expect(colourAt(500, Math.round(first + 4))).toBe(ramp.at(-1));
    expect(colourAt(500, Math.round(first + 48 * 8 - 4))).toBe(ramp.at(0));
  });
});

describe("the key of a carpet", () => {
  const options = optionsOf({theme: "light", width: 960});
  const day = officeYear().slice(0, 48);
  const svgOf = (rows: typeof day) => renderSvg(carpet(rows, [], options), options);

  it("speaks of estimated and missing reads only where there are any", () => {
    expect(svgOf(day)).not.toMatch(/>(estimated|missing)</);
    expect(svgOf(day.map(row => ({...row, is_estimated: true})))).toMatch(/>estimated</);
    expect(svgOf(day.slice(0, 47))).toMatch(/>missing</);
  });
});

describe("the six meters", () => {
  it("show every state by its letter", () => {
    const options = optionsOf({theme: "light", width: 960});
    const svg = renderSvg(dataCoverage(sixMeters(), options), options);
    const count = (letter: string) => svg.split(`>${letter}</text>`).length - 2;
    expect([count("M"), count("E"), count("–")]).toEqual([2, 2, 2]);
  });
});
