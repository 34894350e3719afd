import {timestampText} from "../../domain/british-clock.ts";
import {isPlainDecimal, sum} from "../text/decimal.ts";
import {shown} from "../text/shown.ts";
import type {MisshapenRow} from "../text/unfolded.ts";

/** Energy of a part of a half-hour: plain decimal text, or null where the service has none. */
export interface PartReading {
  /** Which reading of the file it is, from 1: the files are often one long line. */
  readonly line: number;
  /** Milliseconds since 1970 at which it begins. */
  readonly start_ms: number;
  readonly energy: string | null;
}

/** Energy of a half-hour; "" where any part of it is not there. */
export interface HalfHour {
  readonly line: number;
  /** UTC, "2026-06-22 12:30:00". */
  readonly start: string;
  readonly energy: string;
}

const halfHour_ms = 1_800_000;

/**
 * Adds parts of half-hours (5, 10 or 15 minutes) up, in order of time. A half-hour of which a part is absent or null is missing as a whole. A part that
 * stands there twice alike counts once; one with two values, or below nought, spoils its half-hour and is misshapen.
 */
export function halfHoursOf(
  parts: readonly PartReading[],
  minutes: 5 | 10 | 15
): {halfHours: HalfHour[]; misshapen: MisshapenRow[]} {
  const misshapen: MisshapenRow[] = [];
  const held = new Map<number, Map<number, PartReading>>();
  const spoilt = new Set<number>();
  for (const part of parts) {
    const halfHour = Math.floor(part.start_ms / halfHour_ms) * halfHour_ms;
    const others = held.get(halfHour) ?? new Map<number, PartReading>();
    held.set(halfHour, others);
    const earlier = others.get(part.start_ms);
    const why = problemWith(part, minutes, earlier);
    if (why !== null) {
      misshapen.push({line: part.line, why});
      spoilt.add(halfHour);
    } else if (earlier === undefined || earlier.energy === null) others.set(part.start_ms, part);
  }
  const halfHours = [...held]
    .filter(([start, {size}]) => size > 0 && !spoilt.has(start))
    .sort(([a], [b]) => a - b)
    .map(([start, each]) => halfHourOf(start, [...each.values()], 30 / minutes));
  return {halfHours, misshapen};
}

function problemWith(
  {start_ms, energy}: PartReading,
  minutes: number,
  earlier: PartReading | undefined
): string | null {
  if (start_ms % (minutes * 60_000) !== 0) return `${stampOf(start_ms)} does not begin a part of ${minutes} minutes`;
  if (energy === null) return null;
  if (!isPlainDecimal(energy)) return `no plain number: "${shown(energy)}"`;
  if (energy.startsWith("-")) return `below nought at ${stampOf(start_ms)}: ${energy}`;
  if (earlier?.energy !== undefined && earlier.energy !== null && earlier.energy !== energy)
    return `two values at ${stampOf(start_ms)}: ${earlier.energy} and ${energy}`;
  return null;
}

function halfHourOf(start: number, parts: readonly PartReading[], count: number): HalfHour {
  const energies = parts.flatMap(({energy}) => energy ?? []);
  const line = Math.min(...parts.map(part => part.line));
  return {line, start: stampOf(start), energy: energies.length === count ? sum(energies) : ""};
}

const stampOf = (instant_ms: number) => timestampText(new Date(instant_ms));
