import {clockHalfHours, type IsoDate, MOST_PERIODS_PER_DAY, PERIODS_PER_HOUR, periodsOn} from "./calendar.ts";
import type {MeterPoint} from "./estate.ts";
import type {Surroundings} from "./happenings.ts";
import {WOBBLE} from "./load-shapes.ts";
import {loadOn} from "./loads.ts";
import {deviate, type Random, randomFor} from "./random.ts";
import {type MeterDay, type Series, THOUSANDTHS} from "./reads.ts";
import {siteOn} from "./sites/sites.ts";

const FIRST_DIAL = {least: 20_000, spread: 60_000} as const;
const NO_WOBBLE = {day: 0, halfHour: 0} as const;

/** What the sites of a meter draw, kWh or m3, day by day at `MOST_PERIODS_PER_DAY` places a day. */
export function draw(
  seed: number,
  meter: MeterPoint,
  surroundings: Surroundings,
  dates: readonly IsoDate[]
): Float64Array {
  const random = randomFor(seed, meter.meterPointId);
  const values = new Float64Array(dates.length * MOST_PERIODS_PER_DAY);
  dates.forEach((date, day) => {
    const site = siteOn(meter, date);
    const course = loadOn(site, meter, surroundings, date);
    const wobble = site.kind === "street-lighting" ? NO_WOBBLE : WOBBLE;
    drawDay(values.subarray(day * MOST_PERIODS_PER_DAY), course, date, random, wobble);
  });
  return values;
}

/** Values as the meter reports them, from its first day on. */
export function measure(seed: number, series: Series, values: Float64Array, dates: readonly IsoDate[]): MeterDay[] {
  const {meter, from} = series;
  const quantities = asReported(values, meter.decimals);
  let dialThousandths = firstDial(seed, meter);
  return dates.flatMap((date, day) => {
    if (date < from) return [];
    const start = day * MOST_PERIODS_PER_DAY;
    const ofDay = quantities.subarray(start, start + periodsOn(date));
    if (date === meter.exchange?.on) dialThousandths = 0;
    dialThousandths = ofDay.reduce((sum, quantity) => sum + quantity, dialThousandths);
    return [{series, date, quantities: ofDay, marks: null, dialThousandths}];
  });
}

function drawDay(
  places: Float64Array,
  course: Float64Array,
  date: IsoDate,
  random: Random,
  wobble: {readonly day: number; readonly halfHour: number}
): void {
  const ofDay = (1 + wobble.day * deviate(random)) / PERIODS_PER_HOUR;
  clockHalfHours(date).forEach((halfHour, place) => {
    places[place] = (course[halfHour] ?? 0) * ofDay * (1 + wobble.halfHour * deviate(random));
  });
}

/** A dial starts somewhere. */
function firstDial(seed: number, {meterPointId}: MeterPoint): number {
  const random = randomFor(seed, `dial ${meterPointId}`);
  return Math.round(FIRST_DIAL.least + FIRST_DIAL.spread * random()) * THOUSANDTHS;
}

/** The nearest quantities that the meter can report, in thousandths. A loop, because a conversion by callback is slow. */
function asReported(values: Float64Array, decimals: number): Int32Array {
  const steps = 10 ** decimals;
  const quantities = new Int32Array(values.length);
  for (let place = 0; place < values.length; place += 1) {
    quantities[place] = Math.round((values[place] ?? 0) * steps) * (THOUSANDTHS / steps);
  }
  return quantities;
}
