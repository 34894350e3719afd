import * as Plot from "@observablehq/plot";
import type {SiteLoadProfile} from "../../models/marts/site_load_profile.ts";
import {rounded} from "../../wording/numbers.ts";
import {label} from "../kit/marks.ts";
import {textWidth} from "../kit/measure.ts";
import type {Palette, Sizes} from "../kit/theme.ts";

/** A dashed level in each facet, its label right of the last, and the room that the label takes there, in px. */
export interface BaseLoad {
  readonly width: number;
  readonly marks: readonly Plot.Markish[];
}

const gap = 6;

/** The base load of each day type, where it is known; the label gives the range where they differ. */
export function baseLoad(
  rows: readonly SiteLoadProfile[],
  dayTypes: readonly SiteLoadProfile["day_type"][],
  {label: fontSize}: Sizes,
  palette: Palette
): BaseLoad {
  const known = dayTypes.flatMap(type => rows.find(row => row.day_type === type && row.base_load_kw !== null) ?? []);
  if (known.length === 0) return {width: 0, marks: []};
  const lines = ["base load", `${rangeWords(known)} kW`];
  const place = {fx: () => dayTypes.at(-1), x: () => 24, y: "base_load_kw", dx: gap, textAnchor: "start"} as const;
  const text = {text: () => lines.join("\n"), lineHeight: 1.2, fontSize, fill: palette.accent} as const;
  return {
    width: gap + Math.max(...lines.map(line => textWidth(line, fontSize))),
    marks: [level(known, palette), ...label(known.slice(-1), {...place, ...text}, palette)]
  };
}

function level(rows: readonly SiteLoadProfile[], {accent}: Palette): Plot.Markish {
  const line = {stroke: accent, strokeWidth: 2, strokeDasharray: "6 4"} as const;
  return Plot.ruleY(rows, {...line, fx: "day_type", y: "base_load_kw"});
}

/** `14`, or where day types differ `13–15`. */
function rangeWords(rows: readonly SiteLoadProfile[]): string {
  const levels = rows.map(row => row.base_load_kw ?? 0);
  const ends = [Math.min(...levels), Math.max(...levels)].map(rounded);
  return [...new Set(ends)].join("–");
}
