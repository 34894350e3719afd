import type {FigureOptions} from "../../src/figures/kit/figure.ts";
import {sizesOf} from "../../src/figures/kit/theme.ts";
import type {Facts} from "./facts.ts";

/** Narrower than any phone, in px: a window in the making may say nought. */
const leastColumn = 280;

/** How figures are drawn in a column this wide, in px. A picture reaches over the column by its own margin, so that its words line up with the text. */
export function optionsOf(
  {council, isIllustrative, borough, asOfMonth}: Facts,
  width: number,
  isDark: boolean
): FigureOptions {
  const column = Math.max(leastColumn, Math.floor(width));
  return {
    theme: isDark ? "dark" : "light",
    width: column + 2 * sizesOf(column).pad,
    place: council,
    isIllustrative,
    asOf: asOfMonth,
    ...(borough === null ? {} : {area: borough})
  };
}

/** How figures are drawn on paper: light, across a landscape page of A4. */
export function onPaper(options: FigureOptions): FigureOptions {
  return {...options, theme: "light", width: 1040};
}
