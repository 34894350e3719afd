import type * as Plot from "@observablehq/plot";
import {printable, slug} from "../../wording/titles.ts";
import {fontFamily, paletteOf, sizesOf, type Theme} from "./theme.ts";

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
  /** Sentences that have to be said beside the picture. They stand in the plot, unless it was drawn without words: then whoever sets the words sets these too. */
  readonly notes: readonly string[];
  readonly plot: Plot.PlotOptions;
}

export interface FigureOptions {
  readonly theme: Theme;
  /** Of the picture, in px. Under 600 it is laid out for a phone, from 1200 for a wide screen. */
  readonly width: number;
  /** The height that the plot has to fit, in px: what can shrink does, ticks thin out and of a list the last are counted. By default it is as high as suits it. */
  readonly plotHeight?: number;
  /** Whether the words, notes too, are set by somebody else, as on a slide: then the plot has none of them. */
  readonly isWordless?: boolean;
  /** The council, for the subtitle. */
  readonly place: string;
  /** Whether the estate is made up; the picture and its source line then say so. */
  readonly isIllustrative: boolean;
  /** The borough, for what is of the whole area; by default the place. */
  readonly area?: string;
  /** How far a year that is not over reaches: `Oct 2026`. */
  readonly asOf?: string;
}

/** The words of a figure before the place is put in and the name is made fit to print. */
export interface FigureWords {
  readonly id: readonly string[];
  readonly title: string;
  readonly measure: string;
  readonly period: string;
  readonly alt: string;
  /** What the numbers are and up to which day, month or year: what the source line says after whose they are. */
  readonly source: string;
  /** Whose the numbers are, where they are not the estate's own. */
  readonly publisher?: string;
  /** Sentences that have to be said beside the picture. */
  readonly notes?: readonly string[];
}

/** A figure from its words and the marks to draw. */
export function figureOf(words: FigureWords, plot: Plot.PlotOptions, options: FigureOptions): Figure {
  return {
    id: slug(words.id.join("-")),
    title: words.title,
    subtitle: [words.measure, printable(options.place, 60), words.period].join(", "),
    source: `Source: ${words.publisher ?? estateOf(options)}, ${words.source}`,
    alt: altOf(words.alt, options),
    notes: words.notes ?? [],
    plot: {...basePlot(options), ...plot}
  };
}

/** The alternative text, which says what the badge in the picture says. */
export function altOf(words: string, {isIllustrative}: FigureOptions): string {
  return isIllustrative ? `${words} The estate is illustrative.` : words;
}

/** Whose meters the reads are of, in a source line. */
export function estateOf({isIllustrative, place}: FigureOptions): string {
  return isIllustrative ? "Illustrative estate" : printable(place, 60);
}

/** How long the frame of a plot is, in px: as suits it, or where the plot has to fit a height, what is left beside the rest of it. */
export function frameLength({plotHeight}: FigureOptions, suits: number, rest: number, least = 60): number {
  return plotHeight === undefined ? suits : Math.max(least, plotHeight - rest);
}

/** About how many ticks a scale of this length in px has room for: five, fewer where it is short. */
export function ticksFor(length: number, {label}: {readonly label: number}): number {
  return Math.max(2, Math.min(5, Math.floor(length / (label * 2))));
}

/** What every plot starts from: its width, its margins, its type and its ink. */
export function basePlot({theme, width}: FigureOptions): Plot.PlotOptions {
  const {ink} = paletteOf(theme);
  const {label, pad} = sizesOf(width);
  return {
    width,
    marginLeft: pad,
    marginRight: pad,
    style: {fontFamily, fontSize: `${label}px`, color: ink, background: "none"}
  };
}
