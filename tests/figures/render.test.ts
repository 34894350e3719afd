import * as Plot from "@observablehq/plot";
import {Resvg} from "@resvg/resvg-js";
import {describe, expect, it} from "vitest";
import {carpet} from "../../src/figures/carpet/draw.ts";
import {inDays, officeYear} from "../../src/figures/carpet/examples.ts";
import {dataCoverage} from "../../src/figures/data-coverage/draw.ts";
import {sixMeters} from "../../src/figures/data-coverage/examples.ts";
import type {FigureOptions} from "../../src/figures/kit/figure.ts";
import {paletteOf} from "../../src/figures/kit/theme.ts";
import {loadProfile} from "../../src/figures/load-profile/draw.ts";
import {officeProfile} from "../../src/figures/load-profile/examples.ts";
import {renderPng, renderSvg} from "../../src/figures/render/render.ts";
import {read} from "./rows.ts";

const options: FigureOptions = {theme: "light", width: 960, place: "Illustrative Council", isIllustrative: true};

/** The attributes of the plot within a file. */
function plotOf(svg: string): (name: string) => string | undefined {
  const [tag = ""] = /<svg [^>]*(?=>)/.exec(svg.slice(1)) ?? [];
  return name => new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1];
}

describe("a figure as a file", () => {
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
    renderSvg(carpet(inDays(officeYear().slice(0, 96)), [], options), options);
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
    const plot = plotOf(renderSvg(figure, {...options, width: 480}));
    const own = Number(figure.plot.height);
    expect(plot("width")).toBe("480");
    expect(plot("viewBox")).toMatch(/^0 0 960 /);
    expect(Number(plot("height"))).toBeCloseTo(own / 2, 2);
  });

  it("escapes what marks put in attributes", () => {
    const plot = {marks: [Plot.text(["x"], {frameAnchor: "middle", href: () => `"><script>`})]};
    expect(renderSvg({...figure, plot}, options)).toContain('xlink:href="&quot;&gt;&lt;script&gt;"');
  });
});

describe("a raster", () => {
  const rows = [read("2026-01-01", 0, 70), read("2026-01-01", 47, 0)];
  const svg = renderSvg(carpet(inDays(rows), [], options), options);
  const image = new Resvg(svg, {font: {loadSystemFonts: false}, imageRendering: 1}).render();

  function colourAt(x: number, y: number): string {
    return `#${image.pixels.subarray((y * image.width + x) * 4).toString("hex", 0, 3)}`;
  }

  it("keeps its cells crisp in a PNG", () => {
    const crisp = svg.replace('image-rendering="pixelated"', 'image-rendering="optimizeSpeed"');
    expect(crisp).not.toBe(svg);
    expect(renderPng(svg).equals(renderPng(crisp))).toBe(true);
  });

  it("has 00:00 at the top and 24:00 at the foot", () => {
    const [, within] = /translate\([\d.]+,([\d.]+)\) scale\(1,1\)/.exec(svg) ?? [];
    const first = Number(plotOf(svg)("y")) + Number(within);
    const {ramp} = paletteOf("light");
    expect(colourAt(500, Math.round(first + 4))).toBe(ramp.at(-1));
    expect(colourAt(500, Math.round(first + 48 * 8 - 4))).toBe(ramp.at(0));
  });
});

describe("a load profile of Saturdays alone", () => {
  it("still has its key, its badge and its base load", () => {
    const saturdays = officeProfile().filter(row => row.day_type === "Saturday");
    const svg = renderSvg(loadProfile(saturdays, options), options);
    for (const words of ["middle 80% of days", "Illustrative estate", "Sunday"])
      expect(svg).toContain(`>${words}</text>`);
    expect(svg).toContain(">base load<");
  });
});

describe("the key of a carpet", () => {
  const day = officeYear().slice(0, 48);
  const svgOf = (rows: typeof day) => renderSvg(carpet(inDays(rows), [], options), options);

  it("speaks of estimated and missing readings only where there are any", () => {
    expect(svgOf(day)).not.toMatch(/>(estimated|missing)</);
    expect(svgOf(day.map(row => ({...row, is_estimated: true})))).toMatch(/>estimated</);
    expect(svgOf(day.slice(0, 47))).toMatch(/>missing</);
  });
});

describe("the six meters", () => {
  it("show every state by its letter", () => {
    const svg = renderSvg(dataCoverage(sixMeters(), options), options);
    const count = (letter: string) => svg.split(`>${letter}</text>`).length - 2;
    expect([count("M"), count("E"), count("–")]).toEqual([2, 2, 2]);
  });
});
