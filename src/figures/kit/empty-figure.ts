import * as Plot from "@observablehq/plot";
import {printable} from "../../wording/titles.ts";
import {altOf, basePlot, estateOf, type Figure, type FigureOptions, frameLength} from "./figure.ts";
import {header} from "./header.ts";
import {paletteOf, sizesOf} from "./theme.ts";

/**
 * The figure of no rows: it says so, in words and in the picture, and breaks nothing. `id` is the kind of figure, `things` what its rows
 * are of, in the plural.
 */
export function emptyFigure(id: string, options: FigureOptions, things = "reads"): Figure {
  return {
    id,
    title: `No ${things} yet`,
    subtitle: printable(options.place, 60),
    source: `Source: ${estateOf(options)}`,
    alt: altOf(`An empty chart: there are no ${things} yet.`, options),
    notes: [],
    plot: {...basePlot(options), ...emptyPlot(things, options)}
  };
}

function emptyPlot(things: string, options: FigureOptions): Plot.PlotOptions {
  const {grid, muted} = paletteOf(options.theme);
  const {label} = sizesOf(options.width);
  const head = header([], options);
  return {
    marginTop: head.height,
    marginBottom: label,
    height: head.height + label + frameLength(options, label * 7, head.height + label),
    x: {domain: [0, 1], axis: null},
    y: {domain: [0, 1], axis: null},
    marks: [
      Plot.frame({stroke: grid}),
      Plot.text([`The picture appears with the first ${things}`], {frameAnchor: "middle", fill: muted}),
      ...head.marks
    ]
  };
}
