import {DOMParser} from "linkedom";
import {textWidth} from "../../src/figures/kit/measure.ts";

/** Where a line of text is drawn, in px from the top left of the picture. */
export interface TextBox {
  readonly text: string;
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
  /** Of its letters, in px. */
  readonly size: number;
}

interface Inherited {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly anchor: string;
}

/** Every line of text of an SVG made here, haloes once, blanks not. */
export function textBoxes(svg: string): TextBox[] {
  const document = new DOMParser().parseFromString(svg, "image/svg+xml");
  const boxes = boxesIn(document.documentElement as unknown as Element, {x: 0, y: 0, size: 10, anchor: "start"});
  return [...new Map(boxes.filter(({text}) => text !== "").map(box => [JSON.stringify(box), box])).values()];
}

function boxesIn(element: Element, outer: Inherited): TextBox[] {
  const here = inherited(element, outer);
  const tag = element.tagName.toLowerCase();
  if (tag === "text") return linesOf(element, here);
  return Array.from(element.children).flatMap(child => boxesIn(child, here));
}

function inherited(element: Element, outer: Inherited): Inherited {
  const [, dx = "0", dy = "0"] = /translate\(([-\d.]+),([-\d.]+)\)/.exec(element.getAttribute("transform") ?? "") ?? [];
  const [, styled] = /font-size: ?([\d.]+)px/.exec(element.getAttribute("style") ?? "") ?? [];
  const isPlot = element.tagName.toLowerCase() === "svg";
  const top = isPlot ? Number(element.getAttribute("y") ?? 0) : 0;
  return {
    x: outer.x + Number(dx),
    y: outer.y + Number(dy) + top,
    size: Number.parseFloat(styled ?? element.getAttribute("font-size") ?? String(outer.size)),
    anchor: element.getAttribute("text-anchor") ?? outer.anchor
  };
}

function linesOf(text: Element, {x, y, size, anchor}: Inherited): TextBox[] {
  const spans = Array.from(text.children);
  const own = [...(spans.length > 0 ? spans : [text])];
  let base = y + em(text.getAttribute("y"), size) + em(text.getAttribute("dy"), size);
  return own.map(line => {
    if (line !== text)
      base = line.hasAttribute("y") ? y + em(line.getAttribute("y"), size) : base + em(line.getAttribute("dy"), size);
    const [words, width] = [line.textContent ?? "", textWidth(line.textContent ?? "", size) * 0.97];
    const start = x + Number(line.getAttribute("x") ?? 0) - {start: 0, middle: 0.5, end: 1}[anchor as "start"] * width;
    return {text: words, x1: start, x2: start + width, y1: base - size * 0.73, y2: base + size * 0.1, size};
  });
}

function em(length: string | null, size: number): number {
  return Number.parseFloat(length ?? "0") * (length?.endsWith("em") ? size : 1);
}

/** Pairs of texts that touch. */
export function overlaps(boxes: readonly TextBox[]): string[] {
  return boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter(b => a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2)
      .map(b => `${a.text} × ${b.text}`)
  );
}
