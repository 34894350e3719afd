import type * as Plot from "@observablehq/plot";
import type {RenewableGeneration} from "../../models/marts/renewable_generation.ts";
import {monthName} from "../../wording/dates.ts";
import {amount} from "../../wording/numbers.ts";
import type {ColumnName} from "../kit/column-axis.ts";
import {emptyFigure} from "../kit/empty-figure.ts";
import {type Figure, type FigureOptions, figureOf} from "../kit/figure.ts";
import {type KeyItem, swatch} from "../kit/key.ts";
import type {Bar} from "../kit/stack.ts";
import {stackedColumns} from "../kit/stacked-columns.ts";
import {paletteOf, sizesOf} from "../kit/theme.ts";
import {generationWords, isIncomplete, type Use, usesOf} from "./words.ts";

/**
 * All arrays in one month. `unmetered_kwh` is the generation of arrays whose export is not metered; what was used on site and what was
 * exported are null where no array knows them.
 */
export type GenerationMonth = Pick<
  RenewableGeneration,
  "month" | "self_consumption_kwh" | "export_kwh" | "expected_half_hours" | "present_half_hours"
> & {readonly generation_kwh: number; readonly unmetered_kwh: number};

export interface GenerationOptions extends FigureOptions {
  /** How many of the newest months to draw; 24 by default. */
  readonly months?: number;
}

/**
 * Generation by month over the newest 24 months: what was used on site, what was exported and what is not known to be either, which closes
 * the bar up to what was generated. A month with reads missing is hatched; one that is not held is a gap.
 */
export function generation(rows: readonly GenerationMonth[], options: GenerationOptions): Figure {
  const months = newestOf(rows, options.months ?? 24);
  if (!months.some(Boolean)) return emptyFigure("solar-generation", options, "months of generation");
  return figureOf(generationWords(months), generationPlot(months, options), options);
}

/** Every month from the first to the last, `undefined` where one is not held. */
function newestOf(rows: readonly GenerationMonth[], most: number): (GenerationMonth | undefined)[] {
  const byMonth = new Map(rows.map(row => [monthNumber(row.month), row]));
  const numbers = [...byMonth.keys()];
  const last = numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const recent = numbers.filter(month => month > last - most);
  const first = recent.reduce((a, b) => Math.min(a, b), last);
  return recent.length > 0 ? Array.from({length: last - first + 1}, (_, i) => byMonth.get(first + i)) : [];
}

function monthNumber(month: Date): number {
  return month.getUTCFullYear() * 12 + month.getUTCMonth();
}

function generationPlot(months: readonly (GenerationMonth | undefined)[], options: FigureOptions): Plot.PlotOptions {
  const uses = usesOf(months);
  const bars = months.map(month => barOf(month, uses));
  return stackedColumns(
    {
      columns: months.map((_, i) => nameOf(months, i)),
      unit: "MWh",
      key: keyOf(months, options),
      bars,
      bands: uses.map(({name, isKnown}, i) => ({
        name,
        value: `${amount(bars.at(-1)?.values[i] ?? 0)} MWh`,
        fill: isKnown ? undefined : ({rest}) => rest
      }))
    },
    options
  );
}

function barOf(month: GenerationMonth | undefined, uses: readonly Use[]): Bar {
  if (month === undefined) return {values: [], look: "solid"};
  return {values: uses.map(({kwh}) => kwh(month) / 1000), look: isIncomplete(month) ? "hatched" : "solid"};
}

/** The name of a month, and its year, counted from the first month, which is always held. */
function nameOf(months: readonly (GenerationMonth | undefined)[], index: number): ColumnName {
  const first = months[0]?.month ?? new Date(0);
  const month = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + index, 1));
  return {name: monthName(month), under: String(month.getUTCFullYear())};
}

function keyOf(months: readonly (GenerationMonth | undefined)[], {width, theme}: FigureOptions): KeyItem[] {
  const [sizes, palette] = [sizesOf(width), paletteOf(theme)];
  const look = {fills: [palette.muted], stripes: palette.paper};
  return months.some(month => month && isIncomplete(month)) ? [swatch("readings missing", look, sizes, palette)] : [];
}
