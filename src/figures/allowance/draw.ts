import * as Plot from "@observablehq/plot";
import type {Trajectory} from "../../models/marts/trajectories.ts";
import {amount} from "../../wording/numbers.ts";
import {percent} from "../../wording/shares.ts";
import {allowanceName, pathToConfirm} from "../../wording/targets.ts";
import {reportingYearText} from "../../wording/years.ts";
import {columnPlot} from "../kit/column-plot.ts";
import {emptyFigure} from "../kit/empty-figure.ts";
import {altOf, type Figure, type FigureOptions, figureOf} from "../kit/figure.ts";
import {note, swatch} from "../kit/key.ts";
import {aboveMarks, type Bar, rightOf, stackMarks} from "../kit/stack.ts";
import {paletteOf, sizesOf} from "../kit/theme.ts";
import {allowanceWords, noAllowanceTitle, type Used, usedOf} from "./words.ts";

/** One year of one target, added up from its base year. */
export interface AllowanceYear
  extends Pick<
    Trajectory,
    | "target_id"
    | "target_name"
    | "series"
    | "year"
    | "base_year"
    | "target_year"
    | "is_confirmed"
    | "unconfirmed"
    | "is_provisional"
  > {
  readonly allowed_so_far_t: number | null;
  readonly allowed_in_all_t: number | null;
  readonly emitted_so_far_t: number | null;
  readonly at_least_so_far_t: number | null;
  readonly used_share: number | null;
}

/**
 * What own operations emitted since the base year as bars that add up, what the straight path allows as a dashed line that ends with all that it allows. Bars
 * from the first year on that is not whole are hatched and say "at least". Nothing is said of years to come.
 */
export function allowance(rows: readonly AllowanceYear[], options: FigureOptions): Figure {
  const [first, ...others] = rows;
  if (first === undefined) return emptyFigure("allowance", options, "years");
  const used = usedOf(rows);
  if (used === undefined) {
    const title = noAllowanceTitle(first);
    return {
      ...emptyFigure("allowance", options, "complete years"),
      title,
      alt: altOf(`An empty chart. ${title}.`, options)
    };
  }
  const all = [first, ...others] as const;
  return figureOf(allowanceWords(all, used), allowancePlot(all, used, options), options);
}

function allowancePlot(
  rows: readonly [AllowanceYear, ...AllowanceYear[]],
  used: Used,
  options: FigureOptions
): Plot.PlotOptions {
  const [sizes, palette] = [sizesOf(options.width), paletteOf(options.theme)];
  const bars = rows.map(row => barOf(row, used));
  const allowed = rows.flatMap(({allowed_so_far_t: y}, x) => (y === null ? [] : [{x: x + 0.5, y}]));
  const isPart = rows.some(({at_least_so_far_t}) => at_least_so_far_t !== null);
  return columnPlot(
    {
      columns: rows.map(({year}) => ({name: reportingYearText(year)})),
      reach: [0, Math.max(used.emitted, used.inAll)],
      unit: "t",
      key: [
        ...(isPart
          ? [swatch("not complete: at least", {fills: [palette.actual], stripes: palette.paper}, sizes, palette)]
          : []),
        ...(rows[0].is_confirmed || options.isWordless
          ? []
          : [note(pathToConfirm, options.width - 2 * sizes.pad, sizes, palette)])
      ],
      ends: [
        {
          name: `${allowanceName}:`,
          value: `${amount(used.inAll)} t`,
          fill: palette.accent,
          x: rows.length - 0.5,
          y: used.inAll
        },
        {
          name: "emitted so far:",
          value: `${used.isWhole ? "" : "at least "}${amount(used.emitted)} t`,
          fill: palette.actual,
          x: rightOf(rows.findIndex(({year}) => year === used.year)),
          y: used.emitted,
          isStrong: true
        }
      ],
      marks: column => [
        ...stackMarks(bars, [palette.actual], palette),
        Plot.line(allowed, {x: "x", y: "y", stroke: palette.paper, strokeWidth: 5}),
        Plot.line(allowed, {x: "x", y: "y", stroke: palette.accent, strokeWidth: 2.5, strokeDasharray: "8 4"}),
        Plot.dot(allowed.slice(-1), {
          x: "x",
          y: "y",
          symbol: "diamond",
          r: 6,
          fill: palette.accent,
          stroke: palette.paper
        }),
        ...aboveMarks(clear(bars, rows), column, sizes, palette)
      ]
    },
    options
  );
}

function barOf({year, emitted_so_far_t, at_least_so_far_t}: AllowanceYear, used: Used): Bar {
  const emitted = emitted_so_far_t ?? at_least_so_far_t;
  if (emitted === null) return {values: [], look: "solid"};
  const above = year === used.year ? percent(used.emitted, used.inAll) : undefined;
  return {values: [emitted], look: at_least_so_far_t === null ? "solid" : "hatched", above};
}

/** Bars as high as the line over them, so that words stand clear of it. */
const clear = (bars: readonly Bar[], rows: readonly AllowanceYear[]): Bar[] =>
  bars.map((bar, i) => ({
    ...bar,
    values: bar.values.map(value => Math.max(value ?? 0, rows[i]?.allowed_so_far_t ?? 0) * 1.02)
  }));
