import {createRequire} from "node:module";
import * as Plot from "@observablehq/plot";
import {Resvg} from "@resvg/resvg-js";
import {DOMParser} from "linkedom";
import type {Figure} from "./figure.ts";
import {wrap} from "./measure.ts";
import {encodePng, type Pixels} from "./png.ts";
import {fontFamily, paletteOf, type Sizes, sizesOf, type Theme} from "./theme.ts";

export interface SvgOptions {
  readonly theme: Theme;
  /** Of the whole picture, in px; best the width that the figure was made for, else the plot is scaled to it. */
  readonly width: number;
  /** Of the whole picture, in px, words included; by default as high as its content. */
  readonly height?: number;
}

/**
 * A file that stands alone: title, subtitle, plot and source line, readable with no style sheet, script or font of ours. The same
 * figure always gives the same bytes.
 */
export function renderSvg(figure: Figure, {theme, width, height}: SvgOptions): string {
  const sizes = sizesOf(width);
  const {ink, muted, paper} = paletteOf(theme);
  const room = width - 2 * sizes.pad;
  const title = lines(figure.title, {size: sizes.title, top: sizes.pad, room, weight: 600, fill: ink}, sizes);
  const subtitle = lines(figure.subtitle, {size: sizes.subtitle, top: title.bottom + sizes.label * 0.3, room, fill: muted}, sizes);
  const top = subtitle.bottom + sizes.label * 1.2;
  const foot = lines(figure.source, {size: sizes.source, top: 0, room, fill: muted}, sizes).bottom + sizes.pad + sizes.label * 0.4;
  const drawn = drawnPlot(figure.plot, {paper, top, width, ...(height && {height: Math.max(120, height - top - foot)})});
  const source = lines(figure.source, {size: sizes.source, top: drawn.bottom + sizes.label * 0.4, room, fill: muted}, sizes);
  const whole = Math.ceil(source.bottom + sizes.pad);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${whole}" viewBox="0 0 ${width} ${whole}" role="img" aria-labelledby="${figure.id}-title ${figure.id}-desc" font-family="${fontFamily}">`,
    `<title id="${figure.id}-title">${escape(figure.title)}</title>`,
    `<desc id="${figure.id}-desc">${escape(figure.alt)}</desc>`,
    `<rect width="${width}" height="${whole}" fill="${paper}"/>`,
    title.svg,
    subtitle.svg,
    drawn.svg,
    source.svg,
    "</svg>",
    ""
  ].join("\n");
}

/** The PNG of an SVG made here, `scale` pixels to the px, its text in Inter. */
export function renderPng(svg: string, {scale = 2}: {readonly scale?: number} = {}): Buffer {
  const font = {fontFiles, loadSystemFonts: false, defaultFontFamily: "Inter", sansSerifFamily: "Inter"};
  return new Resvg(svg, {font, fitTo: {mode: "zoom", value: scale}}).render().asPng();
}

const {resolve} = createRequire(import.meta.url);
const fontFiles = ["400Regular/Inter_400Regular", "600SemiBold/Inter_600SemiBold"].map(file =>
  resolve(`@expo-google-fonts/inter/${file}.ttf`)
);

interface LineOptions {
  readonly size: number;
  readonly top: number;
  readonly room: number;
  readonly fill: string;
  readonly weight?: number;
}

function lines(text: string, {size, top, room, fill, weight = 400}: LineOptions, {pad}: Sizes) {
  const rows = wrap(text, size, room).map(
    (line, i) => `<tspan x="${pad}" y="${fixed(top + size * (0.95 + i * 1.25))}">${escape(line)}</tspan>`
  );
  const svg = `<text font-size="${size}" font-weight="${weight}" fill="${fill}">${rows.join("")}</text>`;
  return {svg, bottom: top + size * 1.25 * rows.length};
}

interface Place {
  readonly paper: string;
  readonly top: number;
  readonly width: number;
  readonly height?: number;
}

function drawnPlot(options: Plot.PlotOptions, {paper, top, width, height}: Place) {
  const svg = Plot.plot({...options, ...(height && {height}), document: blankDocument()});
  for (const style of svg.querySelectorAll("style")) style.remove();
  for (const element of [svg, ...svg.querySelectorAll("*")]) tidy(element, paper);
  const [own, tall] = ["width", "height"].map(name => Number(svg.getAttribute(name))) as [number, number];
  const high = (tall * width) / own;
  svg.setAttribute("y", fixed(top));
  svg.setAttribute("width", fixed(width));
  svg.setAttribute("height", fixed(high));
  return {svg: svg.outerHTML, bottom: top + high};
}

const unwanted = ["aria-label", "aria-description", "aria-hidden", "class"];
const asWritten = ["xlink:href", "style", "font-family"];

/** Names inside an image have no listener, colours no style sheet, and no reader wants a fifteenth decimal. */
function tidy(element: Element, paper: string): void {
  for (const name of unwanted) element.removeAttribute(name);
  for (const {name, value} of [...element.attributes]) {
    const short = asWritten.includes(name) ? value : value.replace(/\d+\.\d{4,}/g, number => fixed(Number(number)));
    element.setAttribute(name, short.replaceAll("var(--plot-background)", paper));
  }
}

/** An XML document: its serialiser escapes names in attributes too. Its one canvas makes the image of a raster. */
function blankDocument(): Document {
  const document = new DOMParser().parseFromString('<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml");
  const createElement = document.createElement.bind(document);
  const make = (name: string) => (name === "canvas" ? canvas() : createElement(name));
  return Object.assign(document, {createElement: make}) as unknown as Document;
}

function canvas() {
  let image: Pixels;
  return {
    getContext: () => ({
      createImageData: (width: number, height: number) => ({width, height, data: new Uint8ClampedArray(width * height * 4)}),
      putImageData: (pixels: Pixels) => {
        image = pixels;
      }
    }),
    toDataURL: () => `data:image/png;base64,${encodePng(image).toString("base64")}`
  };
}

function fixed(number: number): string {
  return String(Number(number.toFixed(3)));
}

const entities: Record<string, string> = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"};

function escape(text: string): string {
  return text.replace(/[&<>"]/g, letter => entities[letter] ?? letter);
}
