import * as Plot from "@observablehq/plot";
import type {Figure, FigureOptions} from "../../src/figures/kit/figure.ts";
import {sizesOf} from "../../src/figures/kit/theme.ts";
import {element} from "./element.ts";
import {onPaper} from "./look.ts";

type Draw = (options: FigureOptions) => Figure;

/** How each figure on the page is drawn anew at another width, or in another theme. */
const painters = new WeakMap<Element, {readonly draw: Draw; readonly options: FigureOptions}>();

/** A figure with its words: the finding, what is measured, the picture, where the numbers are from. For paper it is drawn anew. */
export function picture(draw: Draw, options: FigureOptions): HTMLElement {
  const figure = element("figure", {}, ...partsOf(draw(options), options));
  painters.set(figure, {draw, options});
  return figure;
}

function partsOf(figure: Figure, options: FigureOptions): Element[] {
  return [
    element("figcaption", {}, element("h3", {}, figure.title), element("p", {class: "subtitle"}, figure.subtitle)),
    drawn(figure, options),
    element("p", {class: "source"}, figure.source)
  ];
}

/** The marks alone. A screen reader hears the alternative text: names on inner groups would only be noise. */
function drawn({alt, plot}: Figure, {width}: FigureOptions): Element {
  const svg = Plot.plot(plot);
  for (const inner of svg.querySelectorAll("[aria-label], [aria-description]")) {
    inner.removeAttribute("aria-label");
    inner.removeAttribute("aria-description");
  }
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", alt);
  svg.style.setProperty("--bleed", `${-sizesOf(width).pad}px`);
  return svg;
}

function redraw(optionsOf: (options: FigureOptions) => FigureOptions): void {
  for (const figure of document.querySelectorAll("figure")) {
    const painter = painters.get(figure);
    if (painter === undefined) continue;
    const options = optionsOf(painter.options);
    figure.replaceChildren(...partsOf(painter.draw(options), options));
  }
}

addEventListener("beforeprint", () => redraw(onPaper));
addEventListener("afterprint", () => redraw(options => options));
