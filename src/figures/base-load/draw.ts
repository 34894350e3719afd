import * as Plot from "@observablehq/plot";
import {plain} from "../../wording/numbers.ts";
import {emptyFigure} from "../kit/empty-figure.ts";
import {type Figure, type FigureOptions, figureOf, frameLength, ticksFor} from "../kit/figure.ts";
import {header} from "../kit/header.ts";
import {stroke, swatch} from "../kit/key.ts";
import {levels} from "../kit/marks.ts";
import {textWidth} from "../kit/measure.ts";
import {tidyTicks} from "../kit/steps.ts";
import {isNarrow, paletteOf, sizesOf} from "../kit/theme.ts";
import {timeAxis, timeAxisHeight} from "../kit/time-axis.ts";
import {baseLoadWords, type Night, type Nights} from "./words.ts";

const dayMs = 86_400_000;

/** The base load of each night as a dot, and the median of four weeks as a line, broken where too few nights are held; a dashed level is that of a year ago. */
export function baseLoadTrend(rows: readonly Night[], options: FigureOptions): Figure {
  const [first, ...others] = rows;
  if (first === undefined) return emptyFigure("base-load", options, "nights");
  return figureOf(baseLoadWords([first, ...others]), trendPlot([first, ...others], options), options);
}

function trendPlot(nights: Nights, options: FigureOptions): Plot.PlotOptions {
  const [sizes, palette] = [sizesOf(options.width), paletteOf(options.theme)];
  const {label: size, pad} = sizes;
  const narrow = isNarrow(options.width);
  const last = nights.at(-1) ?? nights[0];
  const [from, to] = [nights[0].settlement_date, new Date(last.settlement_date.getTime() + dayMs)];
  const items = [
    swatch("a night", {fills: [palette.spread]}, sizes, palette),
    stroke("median of four weeks", palette.actual, sizes, palette),
    ...(last.before_kw === null ? [] : [stroke("the same weeks a year ago", palette.accent, sizes, palette)])
  ];
  const head = header(items, options);
  const marginTop = head.height + size;
  const length = frameLength(options, narrow ? 220 : 320, marginTop + timeAxisHeight(sizes));
  const most = Math.max(...nights.map(({base_load_kw}) => base_load_kw), last.before_kw ?? 0);
  const ticks = tidyTicks(most, ticksFor(length, sizes));
  const marginLeft = pad + Math.max(...ticks.map(tick => textWidth(`${plain(tick)} kW`, size))) + 6;
  return {
    marginTop,
    marginLeft,
    marginBottom: timeAxisHeight(sizes),
    height: marginTop + length + timeAxisHeight(sizes),
    x: {type: "utc", domain: [from, to], label: null},
    y: {domain: [0, ticks.at(-1)], label: null},
    marks: [
      ...levels(ticks, "kW", plain, palette),
      Plot.dot(nights, {x: "settlement_date", y: "base_load_kw", r: narrow ? 1.5 : size * 0.17, fill: palette.spread}),
      Plot.line(lineOf(nights), {x: "settlement_date", y: "usual_kw", stroke: palette.actual, strokeWidth: 2.5}),
      ...(last.before_kw === null
        ? []
        : [Plot.ruleY([last.before_kw], {stroke: palette.accent, strokeWidth: 2, strokeDasharray: "6 4"})]),
      ...timeAxis(from, to, options.width - marginLeft - pad, sizes, palette),
      ...head.marks
    ]
  };
}

/** The nights with a break of the line wherever a night is not held for four weeks. */
function lineOf(nights: Nights): (Night | {readonly settlement_date: Date; readonly usual_kw: null})[] {
  return nights.flatMap((night, index) => {
    const before = nights[index - 1];
    const isBroken = before && night.settlement_date.getTime() - before.settlement_date.getTime() > 28 * dayMs;
    return isBroken ? [{settlement_date: before.settlement_date, usual_kw: null}, night] : [night];
  });
}
