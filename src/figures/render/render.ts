import {createRequire} from "node:module";
import * as Plot from "@observablehq/plot";
import {Resvg} from "@resvg/resvg-js";
import {DOMParser} from "linkedom";
import type {Figure} from "../kit/figure.ts";
import {fontFamily, paletteOf, sizesOf, type Theme} from "../kit/theme.ts";
import {createCanvas} from "./canvas.ts";
import {escaped, fixed, paragraph} from "./wrapped-text.ts";

export interface SvgOptions {
  /** The theme that the figure was made for. */
  readonly theme: Theme;
  /** Of the whole picture, in px; best the width that the figure was made for, else the plot is scaled to it. */
  readonly width: number;
  /** Of the whole picture, in px, words included; by default, and at the least, what its content needs. */
  readonly height?: number;
}

/**
 * A file that stands alone: title, subtitle, plot and source line, with no style sheet, script or link. The same figure always gives
 * the same bytes.
 */
export function renderSvg(figure: Figure, options: SvgOptions): string {
  const {theme, width, height = 0} = options;
  const {label, pad, source, subtitle, title} = sizesOf(width);
  const {ink, muted, paper} = paletteOf(theme);
  const room = {left: pad, width: width - 2 * pad};
  const head = paragraph(figure.title, {...room, size: title, weight: 600, fill: ink, top: pad});
  const under = paragraph(figure.subtitle, {...room, size: subtitle, fill: muted, top: head.bottom + label * 0.3});
  const foot = (top: number) => paragraph(figure.source, {...room, size: source, fill: muted, top: top + label * 0.4});
  const top = under.bottom + label * 1.2;
  const plot = drawn(figure.plot, {paper, top, width, height: height - top - foot(0).bottom - pad});
  const last = foot(plot.bottom);
  const whole = Math.ceil(last.bottom + pad);
  const ground = `<rect width="${width}" height="${whole}" fill="${paper}"/>`;
  return fileOf(figure, {width, height: whole}, [ground, head.svg, under.svg, plot.svg, last.svg]);
}

function fileOf(
  {id, title, alt}: Figure,
  size: {readonly width: number; readonly height: number},
  parts: string[]
): string {
  const {width, height} = size;
  const names = `role="img" aria-labelledby="${id}-title ${id}-desc"`;
  const spaces = `xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"`;
  const box = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return [
    `<svg ${spaces} ${box} ${names} font-family="${fontFamily}">`,
    `<title id="${id}-title">${escaped(title)}</title>`,
    `<desc id="${id}-desc">${escaped(alt)}</desc>`,
    ...parts,
    "</svg>\n"
  ].join("\n");
}

/**
 * The marks alone, for a page that sets the words around them and says in its style sheet what the colours are. It has no name: whoever shows it gives
 * it one.
 */
export function renderMarks({plot}: Figure, {theme, width}: SvgOptions): string {
  const {paper} = paletteOf(theme);
  return drawn(plot, {paper, top: 0, width, height: 0, isWithoutStyle: true}).svg;
}

/** A style as the attributes of SVG that say the same: a page allows no style in its markup. */
function withoutStyle(element: Element): void {
  for (const declaration of element.getAttribute("style")?.split(";") ?? []) {
    const [name = "", value = ""] = declaration.split(":").map(part => part.trim());
    if (name !== "" && name !== "background") element.setAttribute(name, value);
  }
  element.removeAttribute("style");
}

interface Place {
  readonly paper: string;
  readonly top: number;
  readonly width: number;
  /** What is left for the plot; one that needs more takes it. */
  readonly height: number;
  readonly isWithoutStyle?: boolean;
}

function drawn(options: Plot.PlotOptions, {paper, top, width, height, isWithoutStyle = false}: Place) {
  const scale = width / (options.width ?? width);
  const isRoomy = height / scale > (options.height ?? 0);
  const svg = Plot.plot({...options, ...(isRoomy && {height: height / scale}), document: blankDocument()});
  for (const style of svg.querySelectorAll("style")) style.remove();
  for (const element of [svg, ...svg.querySelectorAll("*")]) tidy(element, paper);
  if (isWithoutStyle) for (const element of [svg, ...svg.querySelectorAll("[style]")]) withoutStyle(element);
  const high = Number(svg.getAttribute("height")) * scale;
  for (const [name, value] of Object.entries({y: top, width, height: high})) svg.setAttribute(name, fixed(value));
  return {svg: svg.outerHTML, bottom: top + high};
}

const unwanted = ["aria-label", "aria-description", "aria-hidden", "class"];
const asWritten = ["href", "style", "font-family"];

/**
 * A screen reader hears the file's own title and description: names on inner groups would only be noise. Office programs know a link,
 * and an image's source, by its older name only.
 */
function tidy(element: Element, paper: string): void {
  for (const name of unwanted) element.removeAttribute(name);
  for (const {name, value} of [...element.attributes]) {
    element.removeAttribute(name);
    const plain = value.replaceAll("var(--plot-background)", paper);
    element.setAttribute(name === "href" ? "xlink:href" : name, asWritten.includes(name) ? plain : shortened(plain));
  }
}

function shortened(numbers: string): string {
  return numbers.replace(/\d+\.\d{4,}/g, number => fixed(Number(number)));
}

/** An XML document, as its serialiser escapes attributes too, that knows how to make one kind of element more: a canvas. */
function blankDocument(): Document {
  const document = new DOMParser().parseFromString('<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml");
  const createElement = document.createElement.bind(document);
  const create = (name: string) => (name === "canvas" ? createCanvas() : createElement(name));
  return Object.assign(document, {createElement: create}) as unknown as Document;
}

/**
 * The PNG of an SVG made here, `scale` pixels to the px, its text in Inter. Of the two names for crisp cells, browsers keep to one and
 * the renderer knows the other.
 */
export function renderPng(svg: string, {scale = 2}: {readonly scale?: number} = {}): Buffer {
  const font = {fontFiles, loadSystemFonts: false, defaultFontFamily: "Inter", sansSerifFamily: "Inter"};
  const crisp = svg.replaceAll('image-rendering="pixelated"', 'image-rendering="optimizeSpeed"');
  return new Resvg(crisp, {font, fitTo: {mode: "zoom", value: scale}}).render().asPng();
}

const {resolve} = createRequire(import.meta.url);
const fontFiles = ["400Regular/Inter_400Regular.ttf", "600SemiBold/Inter_600SemiBold.ttf"].map(file =>
  resolve(`@expo-google-fonts/inter/${file}`)
);
