import * as Plot from "@observablehq/plot";
import type {EnergySignature} from "../../models/marts/energy_signatures.ts";
import type {SignaturePoint} from "../../models/marts/signature_points.ts";
import {dateText} from "../../wording/dates.ts";
import {plain} from "../../wording/numbers.ts";
import {emptyFigure} from "../kit/empty-figure.ts";
import {type Figure, type FigureOptions, figureOf, frameLength, ticksFor} from "../kit/figure.ts";
import {header} from "../kit/header.ts";
import {type KeyItem, swatch} from "../kit/key.ts";
import {levels} from "../kit/marks.ts";
import {tidyTicks} from "../kit/steps.ts";
import {isNarrow, type Palette, paletteOf, type Sizes, sizesOf} from "../kit/theme.ts";
import {type Points, signatureWords} from "./words.ts";

/**
 * Each day's power by its temperature: days that the signature is fitted to, the newer ones marked, and its lines, of open days, weekends and holidays apart
 * where it has them. Where a gate fails the days stand alone.
 */
export function energySignature(
  rows: readonly SignaturePoint[],
  options: FigureOptions,
  {lines}: {readonly lines: readonly EnergySignature[]}
): Figure {
  const [first, ...others] = rows;
  if (first === undefined) return emptyFigure("energy-signature", options, "days with weather");
  const own = lines.filter(({site_id, energy}) => site_id === first.site_id && energy === first.energy);
  return figureOf(signatureWords([first, ...others], own), signaturePlot([first, ...others], options), options);
}

function signaturePlot(rows: Points, options: FigureOptions): Plot.PlotOptions {
  const palette = paletteOf(options.theme);
  const sizes = sizesOf(options.width);
  const {label: size, pad} = sizes;
  const narrow = isNarrow(options.width);
  const temperatures = rows.map(({celsius}) => celsius);
  const span = [Math.floor(Math.min(...temperatures)), Math.ceil(Math.max(...temperatures))] as const;
  const highest = Math.max(...rows.map(({kw}) => kw), 1);
  const radius = narrow ? 2 : size * 0.2;
  const fitted = rows.filter(({is_fitted}) => is_fitted);
  const fresh = rows.filter(({is_fitted}) => !is_fitted);
  const head = header(keyOf(fresh, sizes, palette), options);
  const dots = (some: readonly SignaturePoint[], color: string) => [
    Plot.dot(some.filter(isOpen), {x: "celsius", y: "kw", r: radius, fill: color}),
    Plot.dot(
      some.filter(row => !isOpen(row)),
      {x: "celsius", y: "kw", r: radius, stroke: color, strokeWidth: 1.2}
    )
  ];
  const rest = head.height + size * 3.6;
  const length = frameLength(options, options.width * (narrow ? 0.85 : 0.46) - rest, rest);
  const ticks = tidyTicks(highest, Math.min(narrow ? 4 : 5, ticksFor(length, sizes)));
  return {
    height: length + rest,
    marginLeft: pad + size * 3.6,
    marginRight: pad + size,
    marginTop: head.height + size,
    marginBottom: size * 2.6,
    x: {domain: span, label: null},
    y: {domain: [0, Math.max(highest, ticks.at(-1) ?? highest)], label: null},
    marks: [
      ...levels(ticks, "kW", plain, palette),
      Plot.axisX({
        tickSize: 0,
        tickPadding: 8,
        color: palette.ink,
        ticks: narrow ? 5 : 9,
        tickFormat: (degrees: number) => `${plain(degrees)} °C`
      }),
      ...dots(fitted, palette.actual),
      ...dots(fresh, palette.accent),
      Plot.line(
        rows.filter(({signature_kw}) => signature_kw !== null),
        {x: "celsius", y: "signature_kw", z: "opening", sort: "celsius", stroke: palette.ink, strokeWidth: 2}
      ),
      ...head.marks
    ]
  };
}

const isOpen = ({opening}: SignaturePoint) => opening === "open";

function keyOf(fresh: readonly SignaturePoint[], sizes: Sizes, palette: Palette): KeyItem[] {
  const {actual, accent, paper} = palette;
  const [first] = fresh;
  return [
    swatch("open days", {fills: [actual]}, sizes, palette),
    swatch("days when it is shut", {fills: [paper], outline: actual}, sizes, palette),
    ...(first === undefined
      ? []
      : [swatch(`since ${dateText(first.settlement_date)}`, {fills: [accent]}, sizes, palette)])
  ];
}
