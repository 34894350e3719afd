import * as Plot from "@observablehq/plot";
import {dateText, monthName} from "../../wording/dates.ts";
import {textWidth} from "./measure.ts";
import type {Palette, Sizes} from "./theme.ts";

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;

/** A stretch of the axis with one name: a month, or a week of a short period. `to` is where the next one starts. */
interface Span {
  readonly from: Date;
  readonly to: Date;
  readonly text: string;
  readonly year: string;
}

/** Room that the axis takes under the frame, in px. */
export function timeAxisHeight({label}: Sizes): number {
  return label * 3.4;
}

/**
 * Names of months, or for less than nine weeks of the days on which weeks begin, under the frame between ticks, and the year under the
 * first of each. `from` and `to` are midnights in UTC, `to` the day after the last; `length` is the axis's, in px. What would crowd is
 * left out evenly.
 */
export function timeAxis(from: Date, to: Date, length: number, sizes: Sizes, {ink, muted}: Palette): Plot.Markish[] {
  const spans = to.getTime() - from.getTime() > 9 * weekMs ? monthsOf(from, to) : weeksOf(from, to);
  const pixels = (span: Span) => ((span.to.getTime() - span.from.getTime()) / (to.getTime() - from.getTime())) * length;
  const named = thinned(spans, sizes.label, pixels);
  const text = {frameAnchor: "bottom", lineAnchor: "top", x: middle} as const;
  const years = named.filter((span, i) => span.year !== named[i - 1]?.year);
  return [
    Plot.axisX(
      spans.slice(1).map(span => span.from),
      {tickFormat: () => "", tickSize: 5, color: muted}
    ),
    Plot.text(named, {...text, text: "text", dy: sizes.label * 0.7, fill: ink}),
    Plot.text(years, {...text, text: "year", dy: sizes.label * 2, fill: muted})
  ];
}

const middle = ({from, to}: Span) => new Date((from.getTime() + to.getTime()) / 2);

function thinned(spans: readonly Span[], size: number, pixels: (span: Span) => number): Span[] {
  const room = Math.max(...spans.map(span => textWidth(span.text, size))) + size * 0.8;
  const every = Math.ceil(room / Math.max(...spans.map(pixels)));
  const whole = spans.filter(span => pixels(span) * every >= room);
  return whole.filter((_, i) => i % every === 0);
}

function monthsOf(from: Date, to: Date): Span[] {
  const starts = [from];
  for (let next = nextMonth(from); next < to; next = nextMonth(next)) starts.push(next);
  return spansOf(starts, to, monthName);
}

function weeksOf(from: Date, to: Date): Span[] {
  const weeks = Math.ceil((to.getTime() - from.getTime()) / weekMs);
  const starts = Array.from({length: weeks}, (_, i) => new Date(from.getTime() + i * weekMs));
  return spansOf(starts, to, date => dateText(date).replace(/ \d+$/, ""));
}

function spansOf(starts: readonly Date[], end: Date, name: (date: Date) => string): Span[] {
  return starts.map((from, i) => ({
    from,
    to: starts[i + 1] ?? end,
    text: name(from),
    year: String(from.getUTCFullYear())
  }));
}

function nextMonth(date: Date): Date {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
}
