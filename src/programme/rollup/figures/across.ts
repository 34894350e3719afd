import * as Plot from "@observablehq/plot";
import {type FigureOptions, frameLength} from "../../../figures/kit/figure.ts";
import {hatched} from "../../../figures/kit/hatch.ts";
import {header} from "../../../figures/kit/header.ts";
import {type KeyItem, swatch} from "../../../figures/kit/key.ts";
import {ellipsis, textWidth} from "../../../figures/kit/measure.ts";
import {isNarrow, paletteOf, sizesOf} from "../../../figures/kit/theme.ts";

/** A bar from left to right: what is complete, and after it what is at least so much; none where nothing is held. */
export interface AcrossBar {
  readonly name: string;
  /** What stands after its name, and is never cut short with it. */
  readonly mark?: string;
  /** What stands at its end. */
  readonly words: string;
  readonly complete: number | null;
  readonly atLeast: number | null;
}

/** Height of a bar and what belongs to it, in units of the label's size: on a phone its words stand above it. */
const bandOf = ({width}: Pick<FigureOptions, "width">) => sizesOf(width).label * (isNarrow(width) ? 2.9 : 2);

/** How many bars there is room for where the plot has to fit a height, else `most`; a line that counts the others among them. */
export function roomFor(all: number, most: number, bars: readonly AcrossBar[], options: FigureOptions): number {
  const {plotHeight} = options;
  if (plotHeight === undefined) return Math.min(all, most);
  const {label} = sizesOf(options.width);
  const rest = header(keyOf(bars, options), options).height + label * 2.5;
  return Math.max(1, Math.min(all, most, Math.floor((plotHeight - rest) / bandOf(options))));
}

/** What the two looks mean, those that are there. */
function keyOf(bars: readonly AcrossBar[], {width, theme}: FigureOptions): KeyItem[] {
  const [sizes, palette] = [sizesOf(width), paletteOf(theme)];
  const look = {fills: [palette.actual]};
  return [
    ...(bars.some(({complete}) => complete !== null) ? [swatch("complete", look, sizes, palette)] : []),
    ...(bars.some(({atLeast}) => atLeast !== null)
      ? [swatch("not complete: at least so much", {...look, stripes: palette.paper}, sizes, palette)]
      : [])
  ];
}

/** Bars below each other on one scale from zero, each with its name and its number in words; `left` says what is not drawn, if anything. */
export function acrossPlot(bars: readonly AcrossBar[], left: string | null, options: FigureOptions): Plot.PlotOptions {
  const palette = paletteOf(options.theme);
  const {label: size, pad} = sizesOf(options.width);
  const narrow = isNarrow(options.width);
  const room = options.width - 2 * pad;
  const head = header(keyOf(bars, options), options);
  const foot = left === null ? size * 0.5 : size * 2.2;
  const [names, words] = [bars.map(({name, mark = ""}) => name + mark), bars.map(bar => bar.words)].map(texts =>
    Math.max(...texts.map(text => textWidth(text, size)))
  ) as [number, number];
  const nameRoom = narrow ? 0 : Math.min(names, room * 0.38);
  const [marginLeft, marginRight] = narrow ? [pad, pad] : [pad + nameRoom + size * 0.7, pad + words + size * 0.7];
  const length = frameLength(options, bars.length * bandOf(options), head.height + foot, size);
  const rows = bars.map((bar, i) => {
    const end = (bar.complete ?? 0) + (bar.atLeast ?? 0);
    const shown = narrow ? room - textWidth(bar.words, size) - size : nameRoom;
    const {name, mark = ""} = bar;
    return {...bar, i, end, shown: ellipsis(name, size, shown - textWidth(mark, size)) + mark};
  });
  const [top, bottom] = narrow ? [0.5, 0.86] : [0.2, 0.8];
  const at = {y1: ({i}: {i: number}) => i + top, y2: ({i}: {i: number}) => i + bottom, fill: palette.actual} as const;
  const text = {frameAnchor: "left", lineAnchor: "middle"} as const;
  const middle = ({i}: {i: number}) => i + (narrow ? 0.25 : 0.5);
  return {
    height: head.height + length + foot,
    marginTop: head.height,
    marginBottom: foot,
    marginLeft,
    marginRight,
    x: {domain: [0, Math.max(Number.EPSILON, ...rows.map(({end}) => end))], axis: null},
    y: {domain: [bars.length, 0], axis: null},
    marks: [
      ...head.marks,
      Plot.rect(
        rows.filter(({complete}) => complete !== null),
        {x1: 0, x2: "complete", ...at}
      ),
      Plot.rect(
        rows.filter(({atLeast}) => atLeast !== null),
        {x1: ({complete}) => complete ?? 0, x2: "end", ...at, render: hatched(palette.paper)}
      ),
      Plot.link(rows, {
        ...{x1: 0, x2: 0, y1: ({i}) => i + top - 0.05, y2: ({i}) => i + bottom + 0.05},
        stroke: palette.muted
      }),
      narrow
        ? Plot.text(rows, {...text, textAnchor: "start", y: middle, text: "shown", fill: palette.ink})
        : Plot.text(rows, {
            ...{x: 0, y: middle, dx: -size * 0.6, textAnchor: "end", lineAnchor: "middle"},
            ...{text: "shown", fill: palette.ink}
          }),
      narrow
        ? Plot.text(rows, {
            ...{frameAnchor: "right", textAnchor: "end", lineAnchor: "middle", y: middle},
            ...{text: "words", fill: palette.ink, fontWeight: 600}
          })
        : Plot.text(rows, {
            ...{x: "end", y: middle, dx: size * 0.5, textAnchor: "start", lineAnchor: "middle"},
            ...{text: "words", fill: palette.ink, fontWeight: 600}
          }),
      ...(left === null
        ? []
        : [
            Plot.text([left], {
              ...{frameAnchor: "bottom-left", textAnchor: "start", lineAnchor: "top"},
              ...{dx: narrow ? 0 : -(nameRoom + size * 0.7), dy: size * 0.6, fill: palette.muted}
            })
          ])
    ]
  };
}
