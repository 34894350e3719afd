import * as Plot from "@observablehq/plot";
import {fontFamily, paletteOf, sizesOf, type Theme} from "./theme.ts";
import {dayWords, printable, slug} from "./words.ts";

/**
 * A picture and the words that go with it. `plot` draws the marks alone, at the width asked for; whoever shows it (a page, a file, a
 * slide) sets the words around it.
 */
export interface Figure {
  /** Lower-case letters, digits and hyphens; the same rows always give the same one. */
  readonly id: string;
  /** The finding: at most ten words, sentence case, no full stop. */
  readonly title: string;
  /** What is measured, its unit, the place, the period. */
  readonly subtitle: string;
  /** Where the numbers are from and up to which day. */
  readonly source: string;
  /** The kind of chart, the finding and the numbers that bear it, for someone who cannot see it. */
  readonly alt: string;
  readonly plot: Plot.PlotOptions;
}

export interface FigureOptions {
  readonly theme: Theme;
  /** Of the picture, in px. Under 600 it is laid out for a phone, from 1200 for a slide. */
  readonly width: number;
  /** The council, for the subtitle. */
  readonly place: string;
  /** Whether the estate is made up; the picture and its source line then say so. */
  readonly isIllustrative: boolean;
}

/** The words of a figure before the place is put in and the name is made fit to print. */
export interface FigureWords {
  readonly id: readonly string[];
  readonly title: string;
  readonly measure: string;
  readonly period: string;
  readonly alt: string;
  /** The last day that the rows speak of, in UTC. */
  readonly asAt: Date;
}

/** A figure from its words and the marks to draw. */
export function figureOf(words: FigureWords, plot: Plot.PlotOptions, options: FigureOptions): Figure {
  return {
    id: slug(words.id.join("-")),
    title: words.title,
    subtitle: [words.measure, printable(options.place, 60), words.period].join(", "),
    source: `Source: ${estateOf(options)}, half-hourly reads to ${dayWords(words.asAt)}`,
    alt: words.alt,
    plot: {...basePlot(options), ...plot}
  };
}

/** The figure of no rows: it says so, in words and in the picture, and breaks nothing. */
export function emptyFigure(id: string, options: FigureOptions): Figure {
  const {ink} = paletteOf(options.theme);
  return {
    id: slug(id),
    title: "No reads yet",
    subtitle: printable(options.place, 60),
    source: `Source: ${estateOf(options)}`,
    alt: "An empty chart: no reads are held yet.",
    plot: {
      ...basePlot(options),
      height: 120,
      marks: [
        Plot.frame({stroke: paletteOf(options.theme).grid, inset: 0}),
        Plot.text([`No reads yet${options.isIllustrative ? " · Illustrative estate" : ""}`], {
          frameAnchor: "middle",
          fill: ink
        })
      ]
    }
  };
}

function estateOf({isIllustrative, place}: FigureOptions): string {
  return isIllustrative ? "Illustrative estate" : printable(place, 60);
}

function basePlot({theme, width}: FigureOptions): Plot.PlotOptions {
  const {ink} = paletteOf(theme);
  const {label, pad} = sizesOf(width);
  return {
    width,
    marginLeft: pad,
    marginRight: pad,
    style: {fontFamily, fontSize: `${label}px`, color: ink, background: "none"}
  };
}
