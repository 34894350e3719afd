import * as Plot from "@observablehq/plot";
import type {Palette} from "./theme.ts";

/**
 * Words with a halo of paper, so that they read where they cross a line. Two marks: renderers that paint a text's outline over its
 * fill would otherwise lose the words.
 */
export function label(data: Plot.Data, options: Plot.TextOptions, {paper, ink}: Palette): Plot.Markish[] {
  const halo = {...options, fill: paper, stroke: paper, strokeWidth: 5, strokeLinejoin: "round"} as const;
  return [Plot.text(data, halo), Plot.text(data, {fill: ink, ...options})];
}

/** Light level lines and their numbers, the unit after the topmost. */
export function levels(ticks: readonly number[], unit: string, words: (level: number) => string, palette: Palette) {
  const top = ticks.at(-1);
  return [
    Plot.gridY(ticks, {stroke: palette.grid, strokeOpacity: 1}),
    Plot.axisY(ticks, {
      tickSize: 0,
      tickPadding: 6,
      color: palette.ink,
      tickFormat: (level: number) => (level === top ? `${words(level)} ${unit}`.trim() : words(level))
    })
  ];
}
