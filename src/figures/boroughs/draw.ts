import * as Plot from "@observablehq/plot";
import type {BoroughEmissions} from "../../models/marts/borough_emissions.ts";
import {plain} from "../../wording/numbers.ts";
import {officialFigures} from "../../wording/targets.ts";
import {printable} from "../../wording/titles.ts";
import {emptyFigure} from "../kit/empty-figure.ts";
import {type Figure, type FigureOptions, figureOf} from "../kit/figure.ts";
import {header} from "../kit/header.ts";
import {type KeyItem, note, stroke} from "../kit/key.ts";
import {ellipsis, textWidth} from "../kit/measure.ts";
import {tidyTicks} from "../kit/steps.ts";
import {isNarrow, type Palette, paletteOf, type Sizes, sizesOf} from "../kit/theme.ts";
import {type Area, boroughsWords, indexText} from "./words.ts";

/** One year of one area, in one release of one statistic. */
export interface AreaYear
  extends Pick<
    BoroughEmissions,
    | "area_code"
    | "area_name"
    | "year"
    | "statistic_name"
    | "gases"
    | "release"
    | "published"
    | "source"
    | "licence"
    | "why_not_measure_of_target"
  > {
  readonly area_group: string;
  readonly is_own: boolean;
  readonly first_year: number;
  readonly emissions_kt: number;
  readonly share_of_first: number;
}

/**
 * Areas side by side, a small chart each: the area's total against its own first year as a strong line, all others grey behind it, the council's own in another
 * colour. The one that has fallen most stands first. They are national statistics, never illustrative.
 */
export function boroughs(rows: readonly AreaYear[], options: FigureOptions): Figure {
  const areas = areasOf(rows);
  const [first] = areas;
  const national = {...options, isIllustrative: false};
  if (first === undefined) return emptyFigure("boroughs", national, "years");
  const place = printable(first.last.area_group, 60);
  const layout = layoutOf(areas.length, national);
  const shown = shownOf(areas, layout.most);
  return figureOf(boroughsWords(areas, shown.length), sidesPlot(shown, areas, layout, national), {...national, place});
}

/** The areas, the least left first. */
function areasOf(rows: readonly AreaYear[]): Area[] {
  const codes = [...new Set(rows.map(({area_code}) => area_code))];
  return codes
    .map(code => {
      const years = rows.filter(({area_code}) => area_code === code).sort((a, b) => a.year - b.year);
      const last = years.at(-1) as AreaYear;
      const before = years.find(({year}) => year === last.year - 1);
      return {name: printable(last.area_name), isOwn: last.is_own, years, last, before};
    })
    .sort((a, b) => a.last.share_of_first - b.last.share_of_first || (a.name < b.name ? -1 : 1));
}

/** As many as there is room for, the own one among them. */
function shownOf(areas: readonly Area[], most: number): Area[] {
  if (areas.length <= most) return [...areas];
  const first = areas.slice(0, most);
  const own = areas.find(({isOwn}) => isOwn);
  return own === undefined || first.includes(own) ? first : [...first.slice(0, -1), own];
}

/** How charts are laid out, in px. */
interface Layout {
  readonly columns: number;
  readonly top: number;
  readonly high: number;
  readonly most: number;
  readonly bottom: number;
}

/** The parts of a small chart above its lines, and between it and the next below, in units of the label's size. */
const nameRow = 1.6;
const gapRow = 0.9;

function layoutOf(areas: number, options: FigureOptions): Layout {
  const sizes = sizesOf(options.width);
  const {label} = sizes;
  const columns = isNarrow(options.width) ? 2 : 5;
  const top = header(keyOf(options, sizes, paletteOf(options.theme)), options).height;
  const bottom = label * 2;
  const rows = Math.ceil(areas / columns);
  const beside = label * (nameRow + gapRow);
  if (options.plotHeight === undefined)
    return {columns, top, bottom, most: areas, high: beside + (isNarrow(options.width) ? 70 : 110)};
  const room = options.plotHeight - top - bottom;
  const fit = Math.max(1, Math.min(rows, Math.floor(room / (beside + label * 2))));
  return {columns, top, bottom, most: fit * columns, high: room / fit};
}

function keyOf({width, isWordless}: FigureOptions, sizes: Sizes, palette: Palette): KeyItem[] {
  return [
    stroke("the council's borough", palette.accent, sizes, palette),
    stroke("the borough named", palette.actual, sizes, palette),
    stroke("all others", palette.missing[0], sizes, palette),
    ...(isWordless ? [] : [note(officialFigures, width - 2 * sizes.pad, sizes, palette)])
  ];
}

function sidesPlot(
  shown: readonly Area[],
  areas: readonly Area[],
  layout: Layout,
  options: FigureOptions
): Plot.PlotOptions {
  const [sizes, palette] = [sizesOf(options.width), paletteOf(options.theme)];
  const {label, pad} = sizes;
  const {columns, top, high, bottom} = layout;
  const years = areas.flatMap(each => each.years);
  const [from, to] = [Math.min(...years.map(({year}) => year)), Math.max(...years.map(({year}) => year))];
  const ticks = tidyTicks(Math.max(100, ...years.map(({share_of_first}) => 100 * share_of_first)), 2);
  const most = ticks.at(-1) ?? 100;
  const left = pad + textWidth(plain(most), label) + 6;
  const value = textWidth("000", label) + label * 0.5;
  const wide = (options.width - left - pad) / columns;
  const length = high - label * (nameRow + gapRow);
  const placed = shown.map((area, i) => ({
    area,
    x: left + (i % columns) * wide,
    y: top + Math.floor(i / columns) * high + label * nameRow
  }));
  const across = wide - value - label * 0.6;
  const xOf = (x: number, year: number) => x + (across * (year - from)) / Math.max(1, to - from);
  const yOf = (y: number, share: number) => y + length * (1 - (100 * share) / most);
  const lineOf = ({years: all}: Area, x: number, y: number, z: string) =>
    all.map(({year, share_of_first}) => ({x: xOf(x, year), y: yOf(y, share_of_first), z}));
  const greys = placed.flatMap(({area, x, y}) =>
    areas.filter(other => other !== area).flatMap(other => lineOf(other, x, y, `${area.name} ${other.name}`))
  );
  const colour = ({isOwn}: Area) => (isOwn ? palette.accent : palette.actual);
  const levels = placed.flatMap(({x, y}) => ticks.map(tick => ({x1: x, x2: x + across, y: yOf(y, tick / 100)})));
  const rows = placed.filter((_, i) => i % columns === 0);
  const lowest = placed.filter((_, i) => i + columns >= placed.length);
  const ends = to === from ? [from] : [from, to];
  const px = {x: "x", y: "y"} as const;
  const head = header(keyOf(options, sizes, palette), options);
  return {
    height: top + Math.ceil(shown.length / columns) * high + bottom,
    margin: 0,
    marginLeft: 0,
    marginRight: 0,
    x: {type: "identity", axis: null},
    y: {type: "identity", axis: null},
    marks: [
      Plot.link(levels, {x1: "x1", x2: "x2", y1: "y", y2: "y", stroke: palette.grid}),
      Plot.line(greys, {...px, z: "z", stroke: palette.missing[0], strokeWidth: 1}),
      ...placed.map(({area, x, y}) =>
        Plot.line(lineOf(area, x, y, area.name), {...px, stroke: colour(area), strokeWidth: 3})
      ),
      Plot.text(placed, {
        x: "x",
        y: ({y}: {y: number}) => y - label * 0.5,
        text: ({area}: {area: Area}) => ellipsis(area.name, label, wide - label * 0.6),
        textAnchor: "start",
        lineAnchor: "bottom",
        fontWeight: 600,
        fill: palette.ink
      }),
      Plot.text(placed, {
        x: ({x}: {x: number}) => x + across + label * 0.4,
        y: ({area, y}: {area: Area; y: number}) => yOf(y, area.last.share_of_first),
        text: ({area}: {area: Area}) => indexText(area.last),
        textAnchor: "start",
        fontWeight: 600,
        fill: palette.ink
      }),
      Plot.text(
        rows.flatMap(({x, y}) =>
          scaleOf(ticks, length, label).map(tick => ({x: x - 6, y: yOf(y, tick / 100), text: plain(tick)}))
        ),
        {...px, text: "text", textAnchor: "end", fill: palette.ink}
      ),
      ...ends.map((year, i) =>
        Plot.text(lowest, {
          x: ({x}: {x: number}) => xOf(x, year),
          y: ({y}: {y: number}) => y + length + label * 0.5,
          text: () => (isCrowded(ends, across, label) && i > 0 ? "" : String(year)),
          textAnchor: i === 0 ? "start" : "end",
          lineAnchor: "top",
          fill: palette.ink
        })
      ),
      ...head.marks
    ]
  };
}

/** Whether two years under one chart would touch. */
const isCrowded = (ends: readonly number[], across: number, size: number) =>
  ends.length > 1 && textWidth("20002000", size) + size > across;

/** The ticks that are named on a scale of this length in px. */
const scaleOf = (ticks: readonly number[], length: number, size: number) =>
  length / Math.max(1, ticks.length - 1) > size * 1.3 ? ticks : [ticks[0] ?? 0, ticks.at(-1) ?? 0];
