import {createRequire} from "node:module";
import * as Plot from "@observablehq/plot";
import {Resvg} from "@resvg/resvg-js";
import {DOMParser} from "linkedom";
import type {Figure, FigureOptions} from "../kit/figure.ts";
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
  /** Whether the source line is as large as the labels, so that no text is smaller than they are. */
  readonly isSourceLarge?: boolean;
  /** Whether the title, the subtitle and the source line are set by somebody else. */
  readonly isWordless?: boolean;
}

/** A box that a picture has to fit, by its height in px; and whether its words are set by somebody else, as on a slide. */
export interface Box {
  readonly height: number;
  readonly isWordless?: boolean;
}

/** A figure and its picture. */
export interface Picture {
  readonly figure: Figure;
  readonly svg: string;
}

/**
 * A figure drawn to fit a box, its words included unless somebody else sets them: what can shrink does, and of a list the last are counted. In a box too small
 * for the little that cannot shrink it is as high as that needs.
 */
export function renderInBox(
  draw: (options: FigureOptions) => Figure,
  options: FigureOptions,
  {height, isWordless = false}: Box
): Picture {
  const look = {theme: options.theme, width: options.width, height, isWordless, isSourceLarge: true};
  const drawIn = (plotHeight: number) => draw({...options, plotHeight, isWordless});
  let figure = drawIn(height);
  // Words may tell how much is drawn, so that a smaller plot may have longer ones.
  for (let tries = 0; tries < 3; tries++) figure = drawIn(height - beside(figure, look));
  return {figure, svg: renderSvg(figure, look)};
}

/**
 * A file that stands alone: title, subtitle, plot and source line, with no style sheet, script or link. The same figure always gives
 * the same bytes.
 */
export function renderSvg(figure: Figure, options: SvgOptions): string {
  const {theme, width, height = 0} = options;
  const {paper} = paletteOf(theme);
  const words = wordsOf(figure, options);
  const plot = drawn(figure.plot, {paper, top: words.top, width, height: height - beside(figure, options)});
  const last = words.foot(plot.bottom);
  const whole = Math.ceil(last.bottom);
  const ground = `<rect width="${width}" height="${whole}" fill="${paper}"/>`;
  return fileOf(figure, {width, height: whole}, [ground, ...words.head, plot.svg, ...last.svg]);
}

/** What stands above the plot and how high that is in px, and what stands below it and where that ends. */
function wordsOf(figure: Figure, {theme, width, isSourceLarge = false, isWordless = false}: SvgOptions) {
  const sizes = sizesOf(width);
  const {label, pad} = sizes;
  const {ink, muted} = paletteOf(theme);
  if (isWordless) return {top: edge, head: [], foot: (top: number) => ({svg: [], bottom: top + edge})};
  const room = {left: pad, width: width - 2 * pad};
  const size = isSourceLarge ? Math.max(sizes.source, label) : sizes.source;
  const head = paragraph(figure.title, {...room, size: sizes.title, weight: 600, fill: ink, top: pad});
  const under = paragraph(figure.subtitle, {
    ...room,
    size: sizes.subtitle,
    fill: muted,
    top: head.bottom + label * 0.3
  });
  return {
    top: under.bottom + label * 1.2,
    head: [head.svg, under.svg],
    foot: (top: number) => {
      const source = paragraph(figure.source, {...room, size, fill: muted, top: top + label * 0.4});
      return {svg: [source.svg], bottom: source.bottom + pad};
    }
  };
}

/** What is left free above and below a plot that stands without words, in px. */
const edge = 4;

/** How much of the picture's height is not the plot's. */
function beside(figure: Figure, options: SvgOptions): number {
  const {top, foot} = wordsOf(figure, options);
  return Math.ceil(top + foot(0).bottom);
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
  const crisp = svg.replaceAll('image-rendering="pixelated"', 'image-rendering="optimizeSpeed"');
  return new Resvg(crisp, {font, fitTo: {mode: "zoom", value: scale}}).render().asPng();
}

/** The same picture with its text as outlines, so that whoever shows it needs no font. */
export function outlined(svg: string): string {
  return new Resvg(svg, {font}).toString();
}

const {resolve} = createRequire(import.meta.url);
const fontFiles = ["400Regular/Inter_400Regular.ttf", "600SemiBold/Inter_600SemiBold.ttf"].map(file =>
  resolve(`@expo-google-fonts/inter/${file}`)
);
const font = {fontFiles, loadSystemFonts: false, defaultFontFamily: "Inter", sansSerifFamily: "Inter"};
