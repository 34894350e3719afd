import * as Plot from "@observablehq/plot";
import type {Trajectory} from "../../models/marts/trajectories.ts";
import {amount, signed} from "../../wording/numbers.ts";
import {columnPlot, type ValueScale} from "../kit/column-plot.ts";
import {emptyFigure} from "../kit/empty-figure.ts";
import type {End} from "../kit/end-labels.ts";
import {type Figure, type FigureOptions, figureOf} from "../kit/figure.ts";
import {noYears, type Years} from "../kit/finding.ts";
import {note, sign} from "../kit/key.ts";
import {textWidth} from "../kit/measure.ts";
import {unscaled} from "../kit/pixels.ts";
import {type Area, placedLabels, type Side, type Spot, type Wish} from "../kit/placed-labels.ts";
import {seriesOf} from "../kit/series.ts";
import {gapMarks} from "../kit/stack.ts";
import {type Palette, paletteOf, type Sizes, sizesOf} from "../kit/theme.ts";
import {pandemicShade} from "../kit/year-marks.ts";
import {type Course, courseOf, gapOf, type Path, residualOf, type YearValue} from "./course.ts";
import {breakSign, gapWords, goalWords, notesOf, trajectoryWords} from "./words.ts";

/**
 * The rows of one target: what was emitted, as a strong line; what each pathway requires up to the target year, dashed; the same activity at
 * the factors of one set, dotted; and the gap between the last year with figures and the linear pathway. A year that is not held breaks
 * the lines; one with provisional factors has a hollow dot. An area-wide series is a national statistic: in kt, by calendar year, never
 * illustrative, and its place is the area.
 *
 * @throws Error on rows of more than one target, boundary, series or gases: they are never one trajectory.
 */
export function trajectory(rows: readonly Trajectory[], options: FigureOptions, years: Years = noYears): Figure {
  const [row, ...others] = rows;
  if (row === undefined) return emptyFigure("trajectory", options, "years");
  const course = courseOf([row, ...others]);
  const own = course.isOwn ? options : {...options, isIllustrative: false, place: options.area ?? options.place};
  return figureOf(trajectoryWords(course, own, years), trajectoryPlot(course, own), own);
}

function trajectoryPlot(course: Course, options: FigureOptions): Plot.PlotOptions {
  const [sizes, palette] = [sizesOf(options.width), paletteOf(options.theme)];
  const {actual, atLeast, constant, paths, years, target} = course;
  const values = [actual, atLeast, constant, ...paths.map(({required}) => required)].flat().map(({value}) => value);
  const looks = looksOf(palette);
  return columnPlot(
    {
      columns: years.map(year => ({name: course.yearWords(year)})),
      reach: [Math.min(0, ...values), Math.max(0, ...values)],
      unit: course.unit,
      key: keyOf(course, options, sizes, palette),
      ends: paths.map(path => endOf(course, path, looks[path.pathway].stroke)),
      shade: shadeOf(course),
      milestone: {x: columnOf(course, target.target_year), text: goalWords(course)},
      marks: (column, scale) => [
        ...gapMarks(holdingOf(course), column, sizes, palette),
        ...paths.toReversed().flatMap(path => pathMarks(course, path, looks[path.pathway], palette)),
        ...constantMarks(course, palette),
        ...actualMarks(course, column, sizes, palette),
        ...atLeastMarks(course, column, sizes, palette),
        Plot.line(bracketOf(course, column, sizes), {x: "x", y: "y", stroke: palette.ink, strokeWidth: 2}),
        ...placedLabels(wishesOf(course, column, sizes), groundOf(course, column, scale, sizes), sizes, palette)
      ]
    },
    options
  );
}

/** The middle of a year on the scale of columns. */
function columnOf({years: [first = 0]}: Course, year: number): number {
  return year - first + 0.5;
}

function spotsOf(course: Course, values: readonly YearValue[]): Spot[] {
  return values.map(({year, value}) => ({x: columnOf(course, year), y: value}));
}

function keyOf(course: Course, {width, isWordless}: FigureOptions, sizes: Sizes, palette: Palette) {
  const isProvisional = course.actual.some(year => year.isProvisional);
  return [
    ...(isProvisional ? [sign("○", "provisional factors", sizes, palette)] : []),
    ...(isWordless ? [] : notesOf(course).map(words => note(words, width - 2 * sizes.pad, sizes, palette)))
  ];
}

interface PathLook {
  readonly stroke: string;
  readonly strokeDasharray: string;
}

function looksOf({accent, muted}: Palette): Record<Trajectory["pathway"], PathLook> {
  return {
    linear: {stroke: accent, strokeDasharray: "8 4"},
    "constant percentage": {stroke: muted, strokeDasharray: "3 3"}
  };
}

/** The name of a pathway, and what it leaves in the target year. */
function endOf(course: Course, path: Path, fill: string): End {
  const {year, value} = residualOf(path);
  const left = `${amount(value)} ${course.unit} left`;
  return {name: `${path.name}:`, value: left, fill, x: columnOf(course, year), y: value};
}

function shadeOf({isOwn, actual, years}: Course) {
  const series = seriesOf(actual.map(({year, value}) => ({period: year, band: "", value})));
  return isOwn ? pandemicShade({...series, periods: years}) : undefined;
}

/** Years between the first and the last held that are not held are empty columns; no figures are expected of later ones. */
function holdingOf({actual, atLeast, years}: Course) {
  const held = [...actual, ...atLeast].map(({year}) => year).sort((a, b) => a - b);
  const isGap = (year: number) => !held.includes(year) && year > (held[0] ?? year) && year < (held.at(-1) ?? year);
  return years.map(year => ({values: isGap(year) ? [] : [0], look: "solid" as const}));
}

/** The years of these values in lines unbroken by a year that has none. */
function unbroken<T extends YearValue>(values: readonly T[]): T[][] {
  const lines: T[][] = [];
  for (const value of values) {
    if (lines.at(-1)?.at(-1)?.year === value.year - 1) lines.at(-1)?.push(value);
    else lines.push([value]);
  }
  return lines;
}

function pathMarks(course: Course, path: Path, look: PathLook, {paper}: Palette): Plot.Markish[] {
  const end = spotsOf(course, [residualOf(path)]);
  const residual = {symbol: "diamond", r: 6, fill: look.stroke, stroke: paper, strokeWidth: 1.5} as const;
  return [
    Plot.line(spotsOf(course, path.required), {x: "x", y: "y", ...look, strokeWidth: 2}),
    Plot.dot(end, {x: "x", y: "y", ...residual})
  ];
}

function constantMarks(course: Course, {actual: stroke}: Palette): Plot.Markish[] {
  const look = {stroke, strokeWidth: 1.75, strokeDasharray: "0.1 4", strokeLinecap: "round"} as const;
  return [
    ...unbroken(course.constant).map(line => Plot.line(spotsOf(course, line), {x: "x", y: "y", ...look})),
    Plot.dot(spotsOf(course, course.constant), {x: "x", y: "y", r: 2, fill: stroke})
  ];
}

/** A dot a year, so that a year between two gaps is seen too; smaller where columns are narrow. */
function actualMarks(course: Course, column: number, sizes: Sizes, {actual: stroke, paper}: Palette): Plot.Markish[] {
  const r = radiusOf(column, sizes);
  const dots = course.actual.map(value => ({...value, x: columnOf(course, value.year)}));
  const fill = unscaled(({isProvisional}: {isProvisional: boolean}) => (isProvisional ? paper : stroke));
  return [
    ...unbroken(course.actual).map(line =>
      Plot.line(spotsOf(course, line), {x: "x", y: "y", stroke, strokeWidth: Math.min(4, r * 0.8)})
    ),
    Plot.dot(dots, {x: "x", y: "value", r, fill, stroke, strokeWidth: 2})
  ];
}

/** A year that is not whole: an arrow upward, joined to no other, since the truth is no less. */
function atLeastMarks(course: Course, column: number, sizes: Sizes, {actual: stroke}: Palette): Plot.Markish[] {
  const r = radiusOf(column, sizes);
  const spots = spotsOf(course, course.atLeast);
  return [
    Plot.text(spots, {x: "x", y: "y", text: () => "↑", fill: stroke, fontSize: r * arrow, lineAnchor: "bottom"}),
    Plot.dot(spots, {x: "x", y: "y", r, fill: "none", stroke, strokeWidth: 2, strokeDasharray: "2 2"})
  ];
}

/** The size of the arrow over a year that is not whole, in radii of its dot. */
const arrow = 5;

function radiusOf(column: number, {label}: Sizes): number {
  return Math.max(1.5, Math.min(label * 0.38, column * 0.3));
}

/** Right of the last year with figures, from what was emitted to what the pathway requires, as corners; none where that is the same. */
function bracketOf(course: Course, column: number, sizes: Sizes): Spot[] {
  const gap = gapOf(course);
  if (gap === undefined || gap.value === 0) return [];
  const near = columnOf(course, gap.year) + (radiusOf(column, sizes) + 3) / column;
  const far = near + 5 / column;
  return [
    {x: near, y: gap.actual},
    {x: far, y: gap.actual},
    {x: far, y: gap.required},
    {x: near, y: gap.required}
  ];
}

const above: Side = [0, -1];
const below: Side = [0, 1];
const right: Side = [1, 0];
const left: Side = [-1, 0];
const corners: readonly Side[] = [
  [1, -1],
  [-1, -1],
  [1, 1],
  [-1, 1]
];

/** What is written among the lines: breaks of factors, the gap, the first and the last year, the name of the dotted line. */
function wishesOf(course: Course, column: number, sizes: Sizes): Wish[] {
  const {actual, breaks} = course;
  const sides = [above, ...corners, below, right, left];
  const broken = actual.filter(({year}) => breaks.has(year));
  const ends = [...new Set([actual.at(-1), actual.at(0)])].flatMap(value => value ?? []);
  const words = ({value}: YearValue) => `${signed(amount(value))} ${course.unit}`;
  return [
    ...broken.map(value => ({
      texts: [breakSign],
      spots: spotsOf(course, [value]),
      sides: [below, above, left],
      isStrong: true
    })),
    ...gapWish(course, column, sizes),
    ...ends.map((value, i) => ({
      texts: i === 0 ? [`actual ${words(value)}`, `actual\n${words(value)}`] : [words(value)],
      spots: spotsOf(course, [value]),
      sides,
      isStrong: true
    })),
    ...course.atLeast.slice(-1).map(value => ({
      texts: [`at least ${words(value)}`, `at least\n${words(value)}`],
      spots: spotsOf(course, [value]),
      sides: [below, ...corners, right, left],
      isStrong: true
    })),
    ...constantWish(course)
  ];
}

/** The name of the dotted line, of its longest stretch where it is furthest from what was emitted, and on the side away from that. */
function constantWish(course: Course): Wish[] {
  const {actual, constant} = course;
  const apart = ({year, value}: YearValue) => value - (actual.find(other => other.year === year)?.value ?? value);
  const line = unbroken(constant).reduce<readonly YearValue[]>((a, b) => (b.length > a.length ? b : a), []);
  const furthest = line.toSorted((a, b) => Math.abs(apart(b)) - Math.abs(apart(a)));
  const [first] = furthest;
  if (first === undefined) return [];
  const down = apart(first) > 0 ? -1 : 1;
  const sides: readonly Side[] = [
    [0, down],
    [1, down],
    [-1, down]
  ];
  return [
    {
      texts: ["without changes in the government's factors", "without changes in the\ngovernment's factors"],
      spots: spotsOf(course, furthest),
      sides
    }
  ];
}

function gapWish(course: Course, column: number, sizes: Sizes): Wish[] {
  const gap = gapOf(course);
  const [, corner] = bracketOf(course, column, sizes);
  if (gap === undefined || corner === undefined) return [];
  const words = gapWords(course, gap);
  const y = (gap.actual + gap.required) / 2;
  const texts = [words, words.replace(/ (above|below)$/, "\n$1")];
  return [{texts: [...new Set(texts)], spots: [{x: corner.x, y}], sides: [right, ...corners, left], isStrong: true}];
}

function groundOf(course: Course, column: number, scale: ValueScale, sizes: Sizes) {
  const lines = [
    ...unbroken(course.actual),
    ...unbroken(course.constant),
    ...course.paths.map(({required}) => required)
  ];
  const goal = columnOf(course, course.target.target_year);
  const rule = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map(part => [{x: goal, y: part * scale.high}]);
  const bracket = bracketOf(course, column, sizes);
  return {
    ...scale,
    column,
    over: sizes.label * 1.5,
    taken: [...gapAreas(course, column, scale, sizes), ...arrowAreas(course, column, scale, sizes)],
    lines: [...lines.map(line => spotsOf(course, line)), bracket, bracket, bracket, ...rule]
  };
}

/** Where the arrows of years that are not whole stand, above their dots. */
function arrowAreas(course: Course, column: number, {low, high, length}: ValueScale, sizes: Sizes): Area[] {
  const size = radiusOf(column, sizes) * arrow;
  return spotsOf(course, course.atLeast).map(({x, y}) => {
    const [middle, foot] = [x * column, ((high - y) / (high - low)) * length];
    const half = textWidth("↑", size) / 2;
    return {x1: middle - half, x2: middle + half, y1: foot - size, y2: foot};
  });
}

/** Where the words of empty columns stand, at their feet. */
function gapAreas(course: Course, column: number, {low, high, length}: ValueScale, {label}: Sizes): Area[] {
  const foot = (high / (high - low)) * length;
  const half = textWidth("data", label) / 2;
  return holdingOf(course).flatMap(({values}, i) => {
    const middle = (i + 0.5) * column;
    return values.length > 0 ? [] : [{x1: middle - half, x2: middle + half, y1: foot - label * 2.9, y2: foot}];
  });
}
