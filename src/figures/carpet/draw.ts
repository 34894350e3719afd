import * as Plot from "@observablehq/plot";
import type {SiteEnergyDaily} from "../../models/marts/site_energy_daily.ts";
import {clockText} from "../../wording/dates.ts";
import {emptyFigure} from "../kit/empty-figure.ts";
import {type Figure, type FigureOptions, figureOf, frameLength} from "../kit/figure.ts";
import {header} from "../kit/header.ts";
import {type KeyItem, ramp, swatch} from "../kit/key.ts";
import {textWidth} from "../kit/measure.ts";
import {unscaled} from "../kit/pixels.ts";
import {isNarrow, literalThemes, type Palette, paletteOf, type Sizes, sizesOf, type Theme} from "../kit/theme.ts";
import {timeAxis, timeAxisHeight} from "../kit/time-axis.ts";
import {fillsOf, type Shades, shadesOf} from "./colours.ts";
import {type CarpetDay, type Grid, gridOf, halfHoursADay, powers} from "./grid.ts";
import {carpetWords} from "./words.ts";

const dayMs = 86_400_000;

/**
 * Every half-hour of one site and energy: a column a day, 00:00 at the top, the darker (on a dark page, the brighter) the more power.
 * Estimated reads are drawn in another hue, and half-hours with no read hatched grey; the key speaks of either only where there is any.
 * The hour that the clocks skip in spring is left bare. `days` are the same site, energy and period by day, for the finding.
 */
export function carpet(rows: readonly CarpetDay[], days: readonly SiteEnergyDaily[], options: FigureOptions): Figure {
  const grid = gridOf(rows);
  const [row] = rows;
  if (row === undefined || powers(grid.cells).length === 0) return emptyFigure("carpet", options);
  return figureOf(carpetWords(row, grid, days), carpetPlot(grid, options), options);
}

function carpetPlot(grid: Grid, options: FigureOptions): Plot.PlotOptions {
  const [sizes, palette] = [sizesOf(options.width), paletteOf(options.theme)];
  const shades = shadesOf(grid, palette);
  const head = header(keyOf(grid, shades, sizes, palette), options);
  const marginLeft = sizes.pad + textWidth("00:00", sizes.label) + sizes.label * 0.6;
  const [from, to] = periodOf(grid);
  const length = frameLength(options, heightOf(options.width), head.height + timeAxisHeight(sizes));
  return {
    marginTop: head.height,
    marginBottom: timeAxisHeight(sizes),
    marginLeft,
    height: head.height + length + timeAxisHeight(sizes),
    x: {type: "utc", domain: [from, to], label: null},
    y: {domain: [0, halfHoursADay], reverse: true, label: null},
    marks: [
      ...literalThemes(options.theme).map(theme =>
        raster(grid, fillsIn(grid, theme), options.theme === theme ? null : theme)
      ),
      clockAxis(length, sizes, palette),
      ...timeAxis(from, to, options.width - marginLeft - sizes.pad, sizes, palette),
      ...head.marks
    ]
  };
}

function fillsIn(grid: Grid, theme: Theme): (string | null)[] {
  const palette = paletteOf(theme);
  return fillsOf(grid, shadesOf(grid, palette), palette);
}

/** The cells as pixels; of two that lie over each other in a page each says which colour scheme it is for. */
function raster({days, cells}: Grid, fills: readonly (string | null)[], on: Theme | null): Plot.Markish {
  const [from, to] = periodOf({days, cells});
  return Plot.raster(cells, {
    width: days.length,
    height: halfHoursADay,
    x1: from,
    x2: to,
    y1: 0,
    y2: halfHoursADay,
    fill: unscaled(fills),
    imageRendering: "pixelated",
    ...(on !== null && {render: markedFor(on)})
  } as unknown as Plot.RasterOptions);
}

const markedFor =
  (on: Theme): Plot.RenderFunction =>
  (index, scales, values, dimensions, context, next) => {
    const drawn = next?.(index, scales, values, dimensions, context) ?? null;
    drawn?.setAttribute("data-on", on);
    return drawn;
  };

function clockAxis(length: number, {label}: Sizes, {ink}: Palette): Plot.Markish {
  const ticks = length < label * 8 ? [0, 24, 48] : [0, 12, 24, 36, 48];
  return Plot.axisY(ticks, {tickFormat: clockText, tickSize: 0, tickPadding: label * 0.5, color: ink});
}

function keyOf({cells}: Grid, shades: Shades, sizes: Sizes, palette: Palette): KeyItem[] {
  const items = [ramp(shades.fills, shades.edges, "kW", sizes, palette)];
  const some = [shades.estimatedFills.at(0), shades.estimatedFills.at(-3), shades.estimatedFills.at(-1)];
  if (cells.some(cell => cell?.is_estimated))
    items.push(swatch("estimated", {fills: some.map(String)}, sizes, palette));
  const [pale, deep] = palette.missing;
  if (cells.includes(null)) items.push(swatch("missing", {fills: [pale, deep, pale, deep]}, sizes, palette));
  return items;
}

function periodOf({days}: Grid): [Date, Date] {
  const [from, last] = [days[0] as Date, days.at(-1) as Date];
  return [from, new Date(last.getTime() + dayMs)];
}

/** Half-hours are whole pixels high, so that rows come out even. */
function heightOf(width: number): number {
  return halfHoursADay * (isNarrow(width) ? 5 : 8);
}
