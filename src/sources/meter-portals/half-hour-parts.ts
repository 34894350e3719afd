import {timestampText} from "../../domain/british-clock.ts";
import {product, sum} from "../text/decimal.ts";
import type {MisshapenRow} from "../text/unfolded.ts";

/** What a meter used in one interval: its line, the meter, the minute at which the interval starts (since 1970, UTC), and how much, as plain decimal text. */
export interface Part {
  readonly line: number;
  readonly meter: string;
  readonly minute: number;
  readonly amount: string;
}

/** What a meter used in one half-hour, on the line of its first part. */
export interface HalfHour extends Part {
  /** Whether it is the interval as it came, the sum of several, or half of an hour, of which nothing says how it was spread. */
  readonly made: "whole" | "summed" | "halved";
}

export interface HalfHours {
  readonly halfHours: readonly HalfHour[];
  readonly misshapen: readonly MisshapenRow[];
}

/** Lengths of intervals, in minutes, that make half-hours. */
export type IntervalMinutes = 5 | 15 | 30 | 60;

/**
 * Makes half-hours of intervals of one length. A half-hour needs all its parts: where one is missing, or stands twice with different amounts, there is
 * no half-hour and each part that is there is misshapen. A part that stands twice with the same amount counts once. An hour becomes two equal halves.
 */
export function halfHoursOf(parts: readonly Part[], interval: IntervalMinutes): HalfHours {
  const onGrid = parts.filter(({minute}) => minute % interval === 0);
  const offGrid = parts.filter(({minute}) => minute % interval !== 0);
  const misshapen = offGrid.map(({line}) => ({line, why: `not on an interval of ${interval} minutes`}));
  const whole: HalfHour[] = [];
  for (const together of byHalfHour(onGrid, interval)) {
    const why = whyNone(together, interval);
    if (why === null) whole.push(...made(together, interval));
    else misshapen.push(...together.map(({line}) => ({line, why})));
  }
  return {halfHours: whole, misshapen: misshapen.sort((a, b) => a.line - b.line)};
}

function byHalfHour(parts: readonly Part[], interval: IntervalMinutes): Part[][] {
  const length = Math.max(interval, 30);
  const groups = new Map<string, Part[]>();
  for (const part of parts) {
    const key = `${Math.floor(part.minute / length)} ${part.meter}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [part]);
    else group.push(part);
  }
  return [...groups.values()];
}

function whyNone(parts: readonly Part[], interval: IntervalMinutes): string | null {
  const amounts = new Map<number, Part>();
  for (const part of parts) {
    const other = amounts.get(part.minute);
    if (other !== undefined && sum([other.amount]) !== sum([part.amount]))
      return `lines ${other.line} and ${part.line} give different amounts for ${stampOf(part.minute)}`;
    amounts.set(part.minute, part);
  }
  const needed = Math.max(30 / interval, 1);
  return amounts.size === needed ? null : `${amounts.size} of the ${needed} parts of its half-hour are there`;
}

function made(parts: readonly Part[], interval: IntervalMinutes): HalfHour[] {
  const once = [...new Map(parts.toReversed().map(part => [part.minute, part])).values()];
  const [first] = parts;
  if (first === undefined) return [];
  if (interval === 60) {
    const amount = halfOf(first.amount);
    return [first.minute, first.minute + 30].map(minute => ({...first, minute, amount, made: "halved"}));
  }
  const minute = first.minute - (first.minute % 30);
  if (interval === 30) return [{...first, minute, made: "whole"}];
  return [{...first, minute, amount: sum(once.map(({amount}) => amount)), made: "summed"}];
}

/** A minute since 1970 as `YYYY-MM-DD HH:MM:SS`. */
export const stampOf = (minute: number): string => timestampText(new Date(minute * 60_000));

/** Half of a plain decimal text, exactly. */
const halfOf = (text: string) => product(text, "0.5");

/** A plain decimal text divided by a thousand, exactly. */
export const thousandthOf = (text: string) => product(text, "0.001");
