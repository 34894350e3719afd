import type {Figure, FigureOptions} from "../../figures/kit/figure.ts";
import {renderMarks} from "../../figures/render/render.ts";
import {Html, html} from "./html.ts";

/** The widths that a picture is drawn at, in px, by the class of the style sheet that shows it. */
export const widths = {narrow: 340, middle: 680, wide: 980};

export type Widths = Readonly<Record<string, number>>;

/** A picture at each width, and its words. */
export interface AtWidths {
  readonly figure: Figure;
  readonly marks: readonly Html[];
}

/** Draws a figure for a page at each width, in the colours of its style sheet; `finish` sees the marks before they are put in. */
export function drawnAtWidths(
  draw: (options: FigureOptions) => Figure,
  options: Omit<FigureOptions, "theme" | "width">,
  at: Widths = widths,
  finish: (svg: string) => string = svg => svg
): AtWidths {
  const drawn = Object.entries(at).map(([name, width]) => {
    const look = {...options, theme: "page", width} as const;
    const figure = draw(look);
    return {name, figure, svg: finish(renderMarks(figure, look))};
  });
  return {
    figure: (drawn.at(-1) as (typeof drawn)[number]).figure,
    marks: drawn.map(
      ({name, svg}) => new Html(svg.replace("<svg ", `<svg class="${name}" aria-hidden="true" focusable="false" `))
    )
  };
}

/** A picture with its words around it, and what stands below. */
export function figureFrame({figure, marks}: AtWidths, look: "of-all" | "of-one", below: Html): Html {
  const {title, subtitle, source, alt, id} = figure;
  return html`<figure id="${id}" class="${look}">
<figcaption><h3>${title}</h3><p class="subtitle">${subtitle}</p></figcaption>
<div class="picture" role="img" aria-label="${alt}">${marks}</div>
<p class="source">${source}</p>
${below}
</figure>`;
}
