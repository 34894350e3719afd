import {z} from "zod";
import {comesTwice, utcOfWallClock} from "../../domain/british-clock.ts";
import {FeedError} from "../../errors.ts";
import {halfHoursOf, type PartReading} from "../inverters/half-hours.ts";
import {isWallClock} from "../text/dates.ts";
import {decimalText} from "../text/decimal.ts";
import {readJson} from "../text/json.ts";
import {shown} from "../text/shown.ts";
import type {MisshapenRow, Unfolded, UnfoldedRow, Unfolder} from "../text/unfolded.ts";

const detailsSchema = z.object({
  energyDetails: z.object({
    timeUnit: z.string(),
    unit: z.string(),
    meters: z.array(z.object({type: z.string(), values: z.array(z.unknown())}))
  })
});

const valueSchema = z.object({date: z.string(), value: z.number().nullish()});

/**
 * Unfolds energyDetails of SolarEdge's monitoring service into rows of meter type, start in UTC, energy and unit, one for each half-hour; `line` counts
 * the values of the file from 1. Its quarter-hours are labelled at their start by the clock of the site, which is taken as British: two of them are a
 * half-hour, and where one has no value the half-hour has none. In autumn the second value of a label is of the hour's second pass. In spring the
 * hour that the clock leaves out may hold nothing or nought. The midnight after the window may stand there as well.
 *
 * @throws FeedError where the text is no whole answer of quarter-hours.
 */
export const solaredgeDetails: Unfolder = {
  isOf: ({head}) => /^\ufeff?\s*\{\s*"energyDetails"\s*:/.test(head),
  unfold: unfoldDetails
};

function unfoldDetails(text: string): Unfolded {
  const {timeUnit, unit, meters} = detailsIn(text);
  if (timeUnit !== "QUARTER_OF_AN_HOUR")
    throw new FeedError(
      `its values are by ${shown(timeUnit)}, not by quarter of an hour: half-hours cannot be made of them`
    );
  const rows: UnfoldedRow[] = [];
  const misshapen: MisshapenRow[] = [];
  let before = 0;
  for (const {type, values} of meters) {
    const placed = placedValues(values, before);
    const gathered = halfHoursOf(placed.parts, 15);
    rows.push(...gathered.halfHours.map(({line, start, energy}) => ({line, cells: [type, start, energy, unit]})));
    misshapen.push(...placed.misshapen, ...gathered.misshapen);
    before += values.length;
  }
  return {rows, misshapen, issued: null};
}

function detailsIn(text: string): z.infer<typeof detailsSchema>["energyDetails"] {
  const result = detailsSchema.safeParse(readJson(text));
  if (result.success) return result.data.energyDetails;
  throw new FeedError(
    `not SolarEdge's energyDetails: ${result.error.issues[0]?.path.join(".")}: ${result.error.issues[0]?.message}`
  );
}

function placedValues(values: readonly unknown[], before: number): {parts: PartReading[]; misshapen: MisshapenRow[]} {
  const parts: PartReading[] = [];
  const misshapen: MisshapenRow[] = [];
  const seen = new Map<number, number>();
  for (const [index, each] of values.entries()) {
    const line = before + index + 1;
    const result = valueSchema.safeParse(each);
    const wall_ms = result.success ? wallClockIn(result.data.date) : null;
    if (!result.success || wall_ms === null) {
      misshapen.push({line, why: "no value with a date and time"});
      continue;
    }
    const energy = typeof result.data.value === "number" ? decimalText(result.data.value) : null;
    const isSecond = seen.has(wall_ms) && comesTwice(wall_ms);
    seen.set(wall_ms, (seen.get(wall_ms) ?? 0) + 1);
    const start_ms = utcOfWallClock(wall_ms, isSecond ? 2 : 1);
    if (start_ms !== null) parts.push({line, start_ms, energy});
    else if (Number(energy ?? 0) !== 0)
      misshapen.push({line, why: `${result.data.date} is an hour that the clock leaves out, and holds ${energy}`});
  }
  return {parts, misshapen};
}

const wallClockIn = (text: string) => (isWallClock(text) ? Date.parse(`${text.replace(" ", "T")}Z`) : null);
