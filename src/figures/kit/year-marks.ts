import {pandemicYears} from "../../wording/years.ts";
import type {Shade} from "./column-plot.ts";
import type {FigureOptions} from "./figure.ts";
import {type KeyItem, swatch} from "./key.ts";
import type {Series} from "./series.ts";
import {paletteOf, sizesOf} from "./theme.ts";

/** What the stripes mean, where there are any. */
export function provisionalKey(years: ReadonlySet<number>, {width, theme}: FigureOptions): KeyItem[] {
  const [sizes, palette] = [sizesOf(width), paletteOf(theme)];
  const look = {fills: [palette.muted], stripes: palette.paper};
  return years.size > 0 ? [swatch("provisional factors", look, sizes, palette)] : [];
}

/** The stretch of pandemic years among those held. */
export function pandemicShade({held, periods: [first = 0]}: Series): Shade | undefined {
  const present = pandemicYears.filter(year => held.includes(year)).map(year => year - first);
  const [from, last] = [present[0], present.at(-1)];
  if (from === undefined || last === undefined) return undefined;
  return {from, to: last + 1, text: present.length > 1 ? "pandemic years" : "pandemic year"};
}
