import * as Plot from "@observablehq/plot";
import {emptyFigure} from "../kit/empty-figure.ts";
import {type Figure, type FigureOptions, figureOf} from "../kit/figure.ts";
import {header} from "../kit/header.ts";
import {label} from "../kit/marks.ts";
import {ellipsis, textWidth} from "../kit/measure.ts";
import {isNarrow, paletteOf, sizesOf} from "../kit/theme.ts";
import {type CostlyFinding, costOf, findingsWords, nameOf, poundsOf, saysOf} from "./words.ts";

/** What is found and costs most: its name, and on one scale of £ the range of what it costs a year. */
export function findingsList(rows: readonly CostlyFinding[], options: FigureOptions): Figure {
  const [first, ...others] = rows;
  if (first === undefined) return emptyFigure("costliest-findings", options, "findings");
  const shown = rows.slice(0, roomFor(options));
  return figureOf(findingsWords([first, ...others], shown.length), listPlot(shown, options), options);
}

/** How many findings the height holds that the plot has to fit, if any. */
function roomFor({plotHeight, ...options}: FigureOptions): number {
  if (plotHeight === undefined) return Number.POSITIVE_INFINITY;
  const {label} = sizesOf(options.width);
  return Math.max(1, Math.floor((plotHeight - header([], options).height - label) / bandOf(options)));
}

/** The height of one finding, in px. */
const bandOf = ({width}: FigureOptions) => sizesOf(width).label * (isNarrow(width) ? 4.6 : 3.4);

function listPlot(rows: readonly CostlyFinding[], options: FigureOptions): Plot.PlotOptions {
  const palette = paletteOf(options.theme);
  const {label: size, pad} = sizesOf(options.width);
  const narrow = isNarrow(options.width);
  const band = bandOf(options);
  const whole = (row: CostlyFinding) => textWidth(`${nameOf(row)}${costOf(row)}`, size) + size;
  const isDated = narrow || rows.every(row => whole(row) <= options.width - 2 * pad);
  const costIn = (row: CostlyFinding) => (isDated ? costOf(row) : poundsOf(row));
  const nameIn = (row: CostlyFinding) => {
    const cost = narrow ? 0 : textWidth(costIn(row), size) + size;
    const room = options.width - 2 * pad - cost - textWidth(saysOf(row), size);
    return nameOf(row, name => ellipsis(name, size, room));
  };
  const head = header([], options);
  const y = (row: CostlyFinding) => row.finding_id;
  const left = {frameAnchor: "left", textAnchor: "start", lineAnchor: "middle"} as const;
  return {
    height: head.height + rows.length * band + size,
    marginTop: head.height + size,
    marginBottom: 0,
    x: {domain: [0, Math.max(...rows.map(row => row.gbp_a_year_high))], axis: null},
    y: {domain: rows.map(y), axis: null, type: "band", padding: 0},
    marks: [
      ...head.marks,
      Plot.link(rows, {
        ...{x1: 0, x2: "gbp_a_year_low", y1: y, y2: y, dy: size * (narrow ? 1.1 : 0.75)},
        ...{stroke: palette.spread, strokeWidth: size * 0.7, strokeLinecap: "butt"}
      }),
      Plot.link(rows, {
        ...{x1: "gbp_a_year_low", x2: "gbp_a_year_high", y1: y, y2: y, dy: size * (narrow ? 1.1 : 0.75)},
        ...{stroke: palette.actual, strokeWidth: size * 0.7, strokeLinecap: "butt"}
      }),
      ...label(
        rows,
        {
          ...left,
          y,
          dy: -size * (narrow ? 1.25 : 0.6),
          text: nameIn,
          fontWeight: 600
        },
        palette
      ),
      ...(narrow ? label(rows, {...left, y, dy: -size * 0.05, text: costOf}, palette) : []),
      ...(narrow
        ? []
        : label(
            rows,
            {y, frameAnchor: "right", textAnchor: "end", lineAnchor: "middle", dy: -size * 0.6, text: costIn},
            palette
          ))
    ]
  };
}
