import type {Figure} from "../../figures/kit/figure.ts";
import type {Told} from "./ledger.ts";

/** A line of a slide. */
export interface Line {
  readonly words: Told;
  /** A question, or a number to see first. */
  readonly isStrong?: boolean;
}

/** Cells of words, the first row their heading, the last column to the right. */
export interface Table {
  readonly name: string;
  readonly rows: readonly (readonly Told[])[];
}

/** Stacked columns that a presenter may edit: a category a year, a series a source. */
export interface Chart {
  readonly name: string;
  readonly alt: Told;
  readonly categories: readonly Told[];
  readonly series: readonly {readonly name: Told; readonly values: readonly (number | null)[]}[];
  readonly unit: Told;
}

/** A picture, drawn to the width of a slide and as high as there is room for. */
export interface Drawing {
  readonly id: string;
  readonly alt: Told;
  /** The figure's picture to this height in px, as SVG. */
  readonly svgOf: (height: number) => string;
  readonly figure: Figure;
}

/** One slide: one message, said by its title. */
export interface SlidePlan {
  readonly id: string;
  readonly title: Told;
  /** What is measured, its unit, the place, the period. */
  readonly under?: Told | undefined;
  readonly drawing?: Drawing | undefined;
  readonly chart?: Chart | undefined;
  readonly table?: Table | undefined;
  readonly lines: readonly Line[];
  /** Notes on the picture, and where the numbers are from. */
  readonly source: Told;
  readonly notes: readonly Told[];
}

/** All slides, and what stands at the foot of each. */
export interface DeckPlan {
  readonly title: Told;
  readonly footer: Told;
  readonly council: string;
  /** The as-of day, at midnight UTC: the deck's own date. */
  readonly date: Date;
  readonly slides: readonly SlidePlan[];
}
