import type {FigureOptions} from "../../figures/kit/figure.ts";
import {slideInches, slidePixels} from "../../figures/kit/theme.ts";
import type {Drawable} from "../../publish/figures.ts";
import type {Changes} from "../../wording/changes.ts";
import type {Shown, Source} from "./ledger.ts";

/** Whose deck it is, and of what. */
export interface SummitOptions {
  readonly council: string;
  readonly isIllustrative: boolean;
  /** The borough whose national statistics are shown; null shows none. */
  readonly onsCode: string | null;
  /** The last day that its numbers speak of, ISO. */
  readonly asOf: string;
  /** Whether meter numbers are cut to their last four digits. */
  readonly isMeterCut?: boolean;
  /** What changed since the edition before; without it nothing is compared. */
  readonly since?: Changes | null;
  /** The frozen edition that its marts are of, and the value by which its numbers are checked; a deck of none is a draft. */
  readonly edition?: {readonly name: string; readonly status: "draft" | "final"; readonly check: string};
}

/** What a slide is put together from, before its numbers are listed. */
export interface Draft {
  readonly id: string;
  readonly title: string;
  readonly under?: string;
  readonly picture?: Pictured;
  readonly chart?: Charted;
  readonly table?: {readonly name: string; readonly rows: readonly (readonly string[])[]};
  readonly lines?: readonly DraftLine[];
  /** Where the numbers are from. */
  readonly source: string;
  /** What is said to it. */
  readonly talk: readonly string[];
  readonly told: readonly (Source | Shown)[];
}

/** A line: plain, strong, or with the rows that its numbers are looked for in first. */
export type DraftLine =
  | string
  | {readonly strong: string}
  | {readonly text: string; readonly from: readonly (Source | Shown)[]};

/** The words of a line. */
export const textOf = (line: DraftLine): string =>
  typeof line === "string" ? line : "strong" in line ? line.strong : line.text;

/** A figure on a slide, whose words the slide sets. */
export interface Pictured {
  readonly id: string;
  /** What its rows are of. */
  readonly mart: string;
  readonly drawable: Drawable;
  readonly sources: readonly Source[];
}

/** One value of a chart, and the row that it is from; null where nothing is held. */
export type ChartValue = {readonly value: number; readonly from: Source | undefined} | null;

export interface Charted {
  readonly name: string;
  readonly alt: string;
  readonly unit: string;
  readonly categories: readonly string[];
  readonly series: readonly {readonly name: string; readonly values: readonly ChartValue[]}[];
}

/** Words that hold digits and are no number: a name. */
export const named = (text: string, mart: string, column: string): Shown => ({
  text,
  value: text,
  unit: "name",
  mart,
  key: "",
  column
});

/** The width of a picture that fills a slide from side to side, its margins within it, in px. */
const pictureWidth = slidePixels(slideInches.width);

/** How a council's figures are drawn on a slide. */
export const figureOptions = ({council, isIllustrative}: SummitOptions): FigureOptions => ({
  theme: "light",
  width: pictureWidth,
  place: council,
  isIllustrative
});

/** The words of a figure on a slide, drawn to this height in inches: its title, what it measures, and where it is from, with what has to be said beside it. */
export function wordsOf({drawable: {draw}}: Pictured, options: SummitOptions, height = 3.7) {
  const {title, subtitle, source, notes} = draw({
    ...figureOptions(options),
    plotHeight: slidePixels(height) - 8,
    isWordless: true
  });
  return {title, under: subtitle, source: [...notes.map(note => `${note}.`), source].join(" ")};
}
