import type {RenderFunction} from "@observablehq/plot";

/** Stripes in px: how far apart, how wide, and how much of a rectangle's edge they leave as an outline. */
const apart = 6;
const wide = 2.4;
const edge = 2;

/**
 * Draws a mark's rectangles and, across them, slanting stripes of this colour. Plain lines: a pattern would need an id, which two
 * pictures on one page might share.
 */
export const hatched =
  (stroke: string): RenderFunction =>
  (index, scales, values, dimensions, context, next) => {
    const drawn = next?.(index, scales, values, dimensions, context) as SVGElement;
    const {x1, x2, y1, y2} = values as Record<string, ArrayLike<number>>;
    const stripes = Array.from(index, i => stripesOf([x1?.[i], x2?.[i]], [y1?.[i], y2?.[i]])).join("");
    const path = context.document.createElementNS("http://www.w3.org/2000/svg", "path");
    const look = {d: stripes, fill: "none", stroke, "stroke-width": String(wide)};
    for (const [name, value] of Object.entries(look)) path.setAttribute(name, value);
    if (stripes !== "") drawn.append(path);
    return drawn;
  };

type Ends = readonly (number | undefined)[];

/** Lines that rise to the right, each cut where it leaves the rectangle. */
function stripesOf(across: Ends, down: Ends): string {
  const [left, right, top, bottom] = [...inside(across), ...inside(down)] as [number, number, number, number];
  if (right <= left || bottom <= top) return "";
  const lines: string[] = [];
  for (let sum = Math.ceil((left + top) / apart) * apart; sum < right + bottom; sum += apart) {
    const [from, to] = [Math.max(left, sum - bottom), Math.min(right, sum - top)];
    lines.push(`M${from},${sum - from}L${to},${sum - to}`);
  }
  return lines.join("");
}

function inside(ends: Ends): [number, number] {
  const known = ends.map(end => end ?? 0);
  return [Math.min(...known) + edge, Math.max(...known) - edge];
}
