import * as Plot from "@observablehq/plot";
import {monthName} from "../../wording/dates.ts";
import {printable} from "../../wording/titles.ts";
import type {FigureOptions} from "../kit/figure.ts";
import {ellipsis, textWidth} from "../kit/measure.ts";
import {unscaled} from "../kit/pixels.ts";
import {isNarrow, type Palette, paletteOf, type Sizes, sizesOf} from "../kit/theme.ts";
import type {Meter} from "./grid.ts";

/** The names beside and above the cells, where the cells begin in px from the left, and how wide one is. */
export interface Labels {
  readonly left: number;
  readonly column: number;
  readonly marks: readonly Plot.Markish[];
}

/** Site names, once for a site's meters; beside each row what the meter measures; above each column its month, and the year once. */
export function coverageLabels(meters: readonly Meter[], months: readonly number[], options: FigureOptions): Labels {
  const [sizes, palette] = [sizesOf(options.width), paletteOf(options.theme)];
  const {label, pad} = sizes;
  const room = options.width - 2 * pad;
  const kinds = meters.map(meter => meterWords(meters, meter, options.width));
  const kindWidth = widest(kinds, label) + label * 1.6;
  const sites = siteNames(meters, label, Math.min(room * 0.3, room - kindWidth - months.length * label * leastColumn));
  const left = pad + widest(sites, label) + kindWidth;
  const column = Math.min(label * mostColumn, (options.width - left - pad) / months.length);
  const rows = kinds.map((kind, index) => ({index, kind, site: sites[index] ?? ""}));
  return {
    left,
    column,
    marks: [...rowMarks(rows, left, sizes, palette), ...monthMarks(months, column, sizes, palette)]
  };
}

/** The bounds of a column's width, in units of the label's size. */
const leastColumn = 1.25;
const mostColumn = 3.4;

interface Row {
  readonly index: number;
  readonly kind: string;
  /** Blank under the first row of a site. */
  readonly site: string;
}

function siteNames(meters: readonly Meter[], size: number, width: number): string[] {
  return meters.map(({site, siteId}, i) =>
    meters[i - 1]?.siteId === siteId ? "" : ellipsis(printable(site), size, width)
  );
}

function widest(texts: readonly string[], size: number): number {
  return Math.max(...texts.map(text => textWidth(text, size)));
}

/** What the meter measures, and the end of its id where its site has two of the kind. */
function meterWords(meters: readonly Meter[], {energy, id, siteId}: Meter, width: number): string {
  const kind = isNarrow(width) && energy === "electricity" ? "elec" : energy;
  const isTwin = meters.filter(other => other.siteId === siteId && other.energy === energy).length > 1;
  return isTwin ? `${kind} …${printable(id).slice(-4)}` : kind;
}

function rowMarks(rows: readonly Row[], left: number, {label, pad}: Sizes, {ink, muted}: Palette): Plot.Markish[] {
  const middle = ({index}: Row) => index + 0.5;
  const at = (x: number) => unscaled(() => x);
  return [
    Plot.text(rows, {x: at(pad), y: middle, text: "site", textAnchor: "start", fill: ink}),
    Plot.text(rows, {x: at(left - label * 0.6), y: middle, text: "kind", textAnchor: "end", fill: muted})
  ];
}

function monthMarks(months: readonly number[], column: number, {label}: Sizes, {ink, muted}: Palette): Plot.Markish[] {
  const every = [1, 3].find(step => column * step > label * 2.6) ?? 6;
  const named = months.map(month => new Date(month)).filter(month => month.getUTCMonth() % every === 0);
  const years = named.filter((month, i) => month.getUTCFullYear() !== named[i - 1]?.getUTCFullYear());
  const place = {
    x: (month: Date) => months.indexOf(month.getTime()) + 0.5,
    frameAnchor: "top",
    lineAnchor: "bottom"
  } as const;
  return [
    Plot.text(named, {...place, text: monthName, dy: -label * 0.4, fill: ink}),
    Plot.text(years, {...place, text: month => String(month.getUTCFullYear()), dy: -label * 1.7, fill: muted})
  ];
}
