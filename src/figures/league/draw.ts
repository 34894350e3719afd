import * as Plot from "@observablehq/plot";
import {plain} from "../../wording/numbers.ts";
import {printable} from "../../wording/titles.ts";
import {emptyFigure} from "../kit/empty-figure.ts";
import {type Figure, type FigureOptions, figureOf} from "../kit/figure.ts";
import {header} from "../kit/header.ts";
import {type KeyItem, sign, stroke, swatch} from "../kit/key.ts";
import {label} from "../kit/marks.ts";
import {ellipsis, textWidth} from "../kit/measure.ts";
import {tidyTicks} from "../kit/steps.ts";
import {isNarrow, type Palette, paletteOf, type Sizes, sizesOf} from "../kit/theme.ts";
import {besideText, type League, leagueWords, type Placed, valueText} from "./words.ts";

/** So many buildings are drawn: those that take most, and the one that the picture is of. */
const mostDrawn = 20;

/**
 * Buildings of one kind by what they take for their area, the most first: a dot for this year with a line from the year before, the chosen one in another colour; dashed
 * what is typical by TM46, and the middle of them all.
 */
export function league(rows: readonly Placed[], options: FigureOptions): Figure {
  const [first, ...others] = rows;
  if (first === undefined) return emptyFigure("league", options, "buildings of its kind");
  return figureOf(
    leagueWords([first, ...others]),
    leaguePlot(drawnOf([first, ...others], roomFor([first, ...others], options)), options),
    options
  );
}

/** How many buildings the height holds that the plot has to fit, if any. */
function roomFor(rows: League, {plotHeight, ...options}: FigureOptions): number {
  if (plotHeight === undefined) return mostDrawn;
  const [sizes, palette] = [sizesOf(options.width), paletteOf(options.theme)];
  const head = header(keyOf(rows, linesOf(rows, palette), sizes, palette), options);
  return Math.max(1, Math.floor((plotHeight - head.height - sizes.label * 3) / bandOf(options)));
}

/** The height of one building, in px. */
const bandOf = ({width}: FigureOptions) => sizesOf(width).label * (isNarrow(width) ? 3.4 : 1.9);

function drawnOf(rows: League, most: number): League {
  if (rows.length <= most) return rows;
  const shown = rows.slice(0, most);
  const chosen = rows.find(({is_chosen}) => is_chosen) ?? rows[0];
  const [first = chosen, ...others] = shown.includes(chosen) ? shown : [...shown.slice(0, -1), chosen];
  return [first, ...others];
}

function leaguePlot(rows: League, options: FigureOptions): Plot.PlotOptions {
  const [sizes, palette] = [sizesOf(options.width), paletteOf(options.theme)];
  const {label: size, pad} = sizes;
  const narrow = isNarrow(options.width);
  const lines = linesOf(rows, palette);
  const head = header(keyOf(rows, lines, sizes, palette), options);
  const names = narrow ? 0 : Math.min(options.width * 0.3, widest(rows.map(nameOf), size)) + size;
  const values = narrow ? size * 2 : widest(rows.map(asideOf), size) + size;
  const band = bandOf(options);
  const top = Math.max(
    ...rows.map(row => Math.max(row.kwh_per_m2 ?? 0, row.kwh_per_m2_before ?? 0)),
    ...lines.map(({x}) => x)
  );
  const ticks = ticksIn(top, options.width - 2 * pad - names - values, narrow, size);
  const marginTop = head.height + size * 0.6;
  const y = ({site_id}: Placed) => site_id;
  const dy = narrow ? size * 0.9 : 0;
  const known = rows.filter(({kwh_per_m2}) => kwh_per_m2 !== null);
  const moved = known.filter(({kwh_per_m2_before}) => kwh_per_m2_before !== null);
  const colour = (row: Placed) => (row.is_chosen ? palette.accent : palette.actual);
  const weight = (some: readonly Placed[], options: Plot.TextOptions) =>
    [false, true].map(chosen =>
      Plot.text(
        some.filter(({is_chosen}) => is_chosen === chosen),
        {...options, fontWeight: chosen ? 600 : 400, fill: palette.ink}
      )
    );
  return {
    marginTop,
    marginLeft: pad + names,
    marginRight: pad + values,
    marginBottom: size * 2.4,
    height: marginTop + rows.length * band + size * 2.4,
    x: {domain: [0, Math.max(ticks.at(-1) ?? 1, top)], label: null},
    y: {domain: rows.map(y), type: "band", padding: 0, axis: null},
    marks: [
      Plot.gridX(ticks, {stroke: palette.grid, strokeOpacity: 1}),
      Plot.axisX(ticks, {
        ...{tickSize: 0, tickPadding: 8, color: palette.ink},
        tickFormat: (tick: number) => (tick === ticks.at(-1) && !narrow ? `${plain(tick)} kWh/m²` : plain(tick))
      }),
      ...lines.map(({x, color, dash}) => Plot.ruleX([x], {stroke: color, strokeWidth: 2, strokeDasharray: dash})),
      Plot.link(moved, {
        ...{x1: "kwh_per_m2_before", x2: "kwh_per_m2", y1: y, y2: y, dy},
        ...{stroke: colour, strokeWidth: 2, strokeOpacity: 0.55}
      }),
      Plot.dot(moved, {
        ...{x: "kwh_per_m2_before", y, dy, r: size * 0.24},
        ...{stroke: colour, fill: palette.paper, strokeWidth: 1.5}
      }),
      Plot.dot(known, {x: "kwh_per_m2", y, dy, r: size * 0.36, fill: colour}),
      ...(narrow
        ? label(
            rows,
            {
              ...{y, frameAnchor: "left", textAnchor: "start", lineAnchor: "middle", dy: -size * 0.55},
              text: row => shortText(row, size, options.width - 2 * pad)
            },
            palette
          )
        : [
            ...weight(rows, {
              ...{y, frameAnchor: "left", textAnchor: "end", lineAnchor: "middle", dx: -size * 0.7},
              text: row => ellipsis(nameOf(row), size, names - size)
            }),
            ...weight(rows, {
              ...{y, frameAnchor: "right", textAnchor: "start", lineAnchor: "middle", dx: size * 0.7},
              text: asideOf
            })
          ]),
      ...head.marks
    ]
  };
}

/** As many ticks as stand clear of one another on an axis this long in px, the last with its unit. */
function ticksIn(top: number, length: number, narrow: boolean, size: number): number[] {
  const all = [5, 4, 3, 2, 1].map(most => tidyTicks(top, narrow ? Math.min(most, 3) : most));
  const room = (ticks: readonly number[]) => length * ((ticks[1] ?? 1) / Math.max(ticks.at(-1) ?? 1, top)) - size;
  const need = (ticks: readonly number[]) =>
    textWidth(`${plain(ticks.at(-1) ?? 0)}${narrow ? "" : " kWh/m²"}`, size) / 2 +
    textWidth(plain(ticks.at(-2) ?? 0), size) / 2;
  return all.find(ticks => need(ticks) <= room(ticks)) ?? all.at(-1) ?? [];
}

const nameOf = ({site_name}: Placed) => printable(site_name);

const asideOf = (row: Placed) => [valueText(row), besideText(row)].filter(text => text !== "").join(", ");

/** Its name, cut short where it must be, and its value: for a phone. */
function shortText(row: Placed, size: number, room: number): string {
  const value = `: ${valueText(row)}${row.tm46_band === null ? "" : `, ${row.tm46_band}`}`;
  return `${ellipsis(nameOf(row), size, room - textWidth(value, size))}${value}`;
}

const widest = (texts: readonly string[], size: number) => Math.max(...texts.map(text => textWidth(text, size)));

interface Level {
  readonly x: number;
  readonly text: string;
  readonly color: string;
  readonly dash: string;
}

/** What is typical, and the middle of our own. */
function linesOf([first]: League, palette: Palette): Level[] {
  const {typical_kwh_per_m2: typical, peers_kwh_per_m2: middle} = first;
  return [
    ...(typical === null ? [] : [{x: typical, text: "typical (TM46)", color: palette.muted, dash: "2 3"}]),
    ...(middle === null ? [] : [{x: middle, text: "our middle", color: palette.ink, dash: "8 4"}])
  ];
}

function keyOf(rows: League, lines: readonly Level[], sizes: Sizes, palette: Palette): KeyItem[] {
  const before = rows.some(({kwh_per_m2_before}) => kwh_per_m2_before !== null);
  return [
    swatch("this building", {fills: [palette.accent]}, sizes, palette),
    swatch("others of its kind", {fills: [palette.actual]}, sizes, palette),
    ...(before ? [sign("○", "the year before", sizes, palette)] : []),
    ...lines.map(({text, color, x}) => stroke(`${text} ${plain(Math.round(x))}`, color, sizes, palette))
  ];
}
