import * as Plot from "@observablehq/plot";
import type {BuildingEvent} from "../../models/marts/building_events.ts";
import type {EnergySignature} from "../../models/marts/energy_signatures.ts";
import {dateText} from "../../wording/dates.ts";
import {andMore} from "../../wording/lists.ts";
import {plain, signed} from "../../wording/numbers.ts";
import {emptyFigure} from "../kit/empty-figure.ts";
import {type Figure, type FigureOptions, figureOf, frameLength, ticksFor} from "../kit/figure.ts";
import {header} from "../kit/header.ts";
import {note, stroke, swatch} from "../kit/key.ts";
import {levels} from "../kit/marks.ts";
import {textWidth} from "../kit/measure.ts";
import {ticksBetween} from "../kit/steps.ts";
import {isNarrow, type Palette, paletteOf, type Sizes, sizesOf} from "../kit/theme.ts";
import {timeAxis, timeAxisHeight} from "../kit/time-axis.ts";
import {cusumWords, eventText, type Summed, type SummedDays} from "./words.ts";

const dayMs = 86_400_000;

/**
 * What was taken beyond the signature, summed from its first day: about zero as long as the building does as it did, a bend where it changes. The days that the
 * signature is fitted to are shaded; happenings are numbered at the top and named in the key.
 */
export function cusum(
  rows: readonly Summed[],
  options: FigureOptions,
  {signatures, events}: {readonly signatures: readonly EnergySignature[]; readonly events: readonly BuildingEvent[]}
): Figure {
  const [first, ...others] = rows;
  if (first === undefined) return emptyFigure("cusum", options, "days with a signature");
  const days: SummedDays = [first, ...others];
  const last = days.at(-1) ?? first;
  const within = events.filter(
    ({happened_on}) => happened_on >= first.settlement_date && happened_on <= last.settlement_date
  );
  return figureOf(cusumWords(days, signatures[0], within), cusumPlot(days, within, options), options);
}

function cusumPlot(days: SummedDays, events: readonly BuildingEvent[], options: FigureOptions): Plot.PlotOptions {
  const [sizes, palette] = [sizesOf(options.width), paletteOf(options.theme)];
  const {label: size, pad} = sizes;
  const last = days.at(-1) ?? days[0];
  const [from, to] = [days[0].settlement_date, new Date(last.settlement_date.getTime() + dayMs)];
  const sums = days.map(({summed_kwh}) => summed_kwh);
  const words = (kwh: number) => signed(plain(kwh));
  const fitted = days.filter(({is_fitted}) => is_fitted);
  const head = header(
    [
      stroke("more or less than expected, summed", palette.actual, sizes, palette),
      swatch("fitted to these days", {fills: [palette.shade], outline: palette.grid}, sizes, palette),
      ...eventNotes(events, options).map(text => note(text, options.width - 2 * pad, sizes, palette))
    ],
    options
  );
  const marginTop = head.height + size * (events.length > 0 ? 2.2 : 1);
  const length = frameLength(options, isNarrow(options.width) ? 220 : 320, marginTop + timeAxisHeight(sizes), size * 4);
  const ticks = ticksBetween(Math.min(...sums, 0), Math.max(...sums, 1), ticksFor(length, sizes));
  const marginLeft = pad + Math.max(...ticks.map(tick => textWidth(`${words(tick)} kWh`, size))) + 6;
  return {
    marginTop,
    marginLeft,
    marginBottom: timeAxisHeight(sizes),
    height: marginTop + length + timeAxisHeight(sizes),
    x: {type: "utc", domain: [from, to], label: null},
    y: {domain: [Math.min(...sums, 0) * 1.05, Math.max(ticks.at(-1) ?? 1, ...sums)], label: null},
    marks: [
      ...(fitted.length === 0
        ? []
        : [Plot.rect([0], {x1: from, x2: fitted.at(-1)?.settlement_date ?? from, fill: palette.shade})]),
      ...levels(ticks, "kWh", words, palette),
      Plot.ruleY([0], {stroke: palette.muted}),
      ...eventMarks(events, sizes, palette),
      Plot.line(days, {x: "settlement_date", y: "summed_kwh", stroke: palette.actual, strokeWidth: 2.5}),
      ...timeAxis(from, to, options.width - marginLeft - pad, sizes, palette),
      ...head.marks
    ]
  };
}

/** What happened, numbered; where the plot has to fit a height, as many as a third of it holds, and how many more there are. */
function eventNotes(events: readonly BuildingEvent[], {plotHeight = Number.POSITIVE_INFINITY, width}: FigureOptions) {
  const notes = events.map((event, index) => `${index + 1} – ${dateText(event.happened_on)}: ${eventText(event)}`);
  const most = Math.max(1, Math.floor(plotHeight / (sizesOf(width).label * 6)));
  return notes.length <= most ? notes : [...notes.slice(0, most - 1), andMore(notes.length - most + 1, "events")];
}

/** A rule for each happening, its number above. Those of one week share a place: the number of the later one stands a line higher only if there is room. */
function eventMarks(events: readonly BuildingEvent[], {label: size}: Sizes, palette: Palette): Plot.Markish[] {
  if (events.length === 0) return [];
  const days = new Map<number, string[]>();
  for (const [index, {happened_on}] of events.entries()) {
    const near = [...days.keys()].find(time => Math.abs(time - happened_on.getTime()) < 14 * dayMs);
    const time = near ?? happened_on.getTime();
    days.set(time, [...(days.get(time) ?? []), String(index + 1)]);
  }
  const numbers = [...days].map(([time, names]) => ({at: new Date(time), text: names.join(", ")}));
  return [
    Plot.ruleX(events, {x: "happened_on", stroke: palette.accent, strokeWidth: 1.5, strokeDasharray: "4 3"}),
    Plot.text(numbers, {
      ...{x: "at", text: "text", frameAnchor: "top", lineAnchor: "bottom", dy: -size * 0.5},
      ...{fill: palette.accent, fontWeight: 600}
    })
  ];
}
