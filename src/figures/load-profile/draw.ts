import * as Plot from "@observablehq/plot";
import type {SiteLoadProfile} from "../../models/marts/site_load_profile.ts";
import {clockText} from "../../wording/dates.ts";
import {plain} from "../../wording/numbers.ts";
import {emptyFigure} from "../kit/empty-figure.ts";
import {type Figure, type FigureOptions, figureOf, frameLength, ticksFor} from "../kit/figure.ts";
import {header} from "../kit/header.ts";
import {type KeyItem, stroke, swatch} from "../kit/key.ts";
import {levels} from "../kit/marks.ts";
import {textWidth} from "../kit/measure.ts";
import {tidyTicks} from "../kit/steps.ts";
import {isNarrow, type Palette, paletteOf, type Sizes, sizesOf} from "../kit/theme.ts";
import {baseLoad} from "./base-load.ts";
import {profileWords} from "./words.ts";

const dayTypes: readonly SiteLoadProfile["day_type"][] = ["Monday to Friday", "Saturday", "Sunday"];

/**
 * The usual day of one site and energy, a facet a day type: the median of each half-hour as a line, from the tenth to the ninetieth
 * percentile as a band, and the base load as a dashed level. Power starts at 0 kW.
 */
export function loadProfile(rows: readonly SiteLoadProfile[], options: FigureOptions): Figure {
  const [row] = rows;
  if (row === undefined) return emptyFigure("load-profile", options);
  return figureOf(profileWords(row, rows), profilePlot(rows, options), options);
}

function profilePlot(rows: readonly SiteLoadProfile[], options: FigureOptions): Plot.PlotOptions {
  const [sizes, palette] = [sizesOf(options.width), paletteOf(options.theme)];
  const head = header(keyOf(sizes, palette), options, {fx: () => dayTypes[0] as string});
  const base = baseLoad(rows, dayTypes, sizes, palette);
  const marginTop = head.height + sizes.label * 2;
  const length = frameLength(options, isNarrow(options.width) ? 200 : 300, marginTop + sizes.label * 2.4);
  const most = Math.max(...rows.map(row => row.p90_kw), ...rows.map(row => row.base_load_kw ?? 0));
  const ticks = tidyTicks(most, ticksFor(length, sizes));
  const axis = Math.max(...ticks.map(tick => textWidth(`${plain(tick)} kW`, sizes.label)));
  return {
    marginTop,
    marginBottom: sizes.label * 2.4,
    marginLeft: sizes.pad + axis + 6,
    marginRight: sizes.pad + base.width,
    height: marginTop + length + sizes.label * 2.4,
    fx: {domain: dayTypes, padding: 0.08, round: false, label: null},
    x: {domain: [0, 24], label: null},
    y: {domain: [0, ticks.at(-1)], label: null},
    marks: [
      ...levels(ticks, "kW", plain, palette),
      ...dayMarks(rows, palette),
      ...base.marks,
      ...axes(options.width, sizes, palette),
      ...head.marks
    ]
  };
}

/** The middle of a half-hour, in hours. */
const hour = (row: SiteLoadProfile) => (row.clock_half_hour + 0.5) / 2;

function dayMarks(rows: readonly SiteLoadProfile[], {spread, actual}: Palette): Plot.Markish[] {
  const channels = {fx: "day_type", x: hour, sort: "clock_half_hour"};
  return [
    Plot.areaY(rows, {...channels, y1: "p10_kw", y2: "p90_kw", fill: spread}),
    Plot.lineY(rows, {...channels, y: "median_kw", stroke: actual, strokeWidth: 2.5})
  ];
}

const shortNames: Record<string, string> = {
  "Monday to Friday": "Mon to Fri",
  Saturday: "Sat",
  Sunday: "Sun"
};

function axes(width: number, {label: size}: Sizes, {ink}: Palette): Plot.Markish[] {
  const isShort = isNarrow(width);
  const named = isShort ? [12] : [6, 12, 18];
  const hourWords = (hours: number) => (named.includes(hours) ? clockText(hours * 2) : "");
  const typeWords = (type: string) => (isShort ? shortNames[type] : type) ?? type;
  return [
    Plot.axisFx({
      anchor: "top",
      tickSize: 0,
      tickPadding: size * 0.6,
      tickFormat: typeWords,
      color: ink,
      fontWeight: 600
    }),
    Plot.axisX([6, 12, 18], {tickSize: 5, tickFormat: hourWords, color: ink})
  ];
}

function keyOf(sizes: Sizes, palette: Palette): KeyItem[] {
  return [
    stroke("usual power (median)", palette.actual, sizes, palette),
    swatch("middle 80% of days", {fills: [palette.spread]}, sizes, palette)
  ];
}
