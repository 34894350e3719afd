import type {RenderFunction} from "@observablehq/plot";
import * as Plot from "@observablehq/plot";
import {hatched} from "./hatch.ts";

/** A rectangle in px from the top left of the picture. */
export interface Box {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly fill: string;
  /** The colour of the stripes that slant across it, if any. */
  readonly stripes?: string;
}

/** Words in px from the top left of the picture; `y` is the middle of the line. */
export interface Caption {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly fill: string;
  /** Where `x` is in the words; the start by default. */
  readonly anchor?: "start" | "middle" | "end";
}

/** The channel of the first facet, for marks outside the scales of a faceted picture; nothing where there are no facets. */
export type Facet = Readonly<{fx?: () => string}>;

/** Rectangles outside the scales, their edges on whole pixels. */
export function boxes(data: readonly Box[], facet: Facet = {}): Plot.Markish {
  const at = {x1: unscaled("x1"), y1: unscaled("y1"), x2: unscaled("x2"), y2: unscaled("y2")};
  const look = {...facet, ...at, fill: unscaled("fill"), shapeRendering: "crispEdges", render: offScale()} as const;
  const [striped] = data.flatMap(({stripes}) => stripes ?? []);
  if (striped === undefined) return Plot.rect(data, look);
  const [whole, hatch] = [data.filter(box => !box.stripes), data.filter(box => box.stripes)];
  return [Plot.rect(whole, look), Plot.rect(hatch, {...look, render: offScale(hatched(striped))})];
}

/** Words outside the scales. */
export function captions(data: readonly Caption[], options: Plot.TextOptions = {}): Plot.Markish[] {
  const at = {x: unscaled("x"), y: unscaled("y"), text: "text", fill: unscaled("fill")};
  return (["start", "middle", "end"] as const).flatMap(textAnchor => {
    const group = data.filter(({anchor = "start"}) => anchor === textAnchor);
    return group.length > 0 ? [Plot.text(group, {...options, ...at, textAnchor, render: offScale()})] : [];
  });
}

/** A scale that leaves px as they are. Plot makes a box beside a scale of bands a band taller or wider, and moves words by half a band. */
const asItIs = Object.assign((value: number) => value, {domain: () => [0, 1]});

/** Draws in px, whatever the scales of the picture are. */
function offScale(draw: RenderFunction = plain): RenderFunction {
  return (index, scales, ...others) => draw(index, {...scales, x: asItIs, y: asItIs}, ...others);
}

const plain: RenderFunction = (index, scales, values, dimensions, context, next) =>
  next?.(index, scales, values, dimensions, context) ?? null;

/** A channel whose values are used as they are. */
export function unscaled(value: Plot.ChannelValue): Plot.ChannelValueSpec {
  return {value, scale: null} as Plot.ChannelValueSpec;
}
