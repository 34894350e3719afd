import {timestampText} from "../../domain/british-clock.ts";
import {FeedError} from "../../errors.ts";
import {isObject, listIn, quantityCell, readJson, shownValue, textIn} from "../text/json.ts";
import type {MisshapenRow, Unfolded, UnfoldedRow, Unfolder} from "../text/unfolded.ts";

/**
 * Glowmarkt's answers of a resource's readings. A row is a reading, numbered in the order of the answer: the start of the half-hour in UTC, the reading,
 * "" where it is null, and the unit and kind of the resource. A 0 is taken for a 0: answers asked for without `nulls=1` must not come here.
 *
 * @throws FeedError where it is no whole answer, is of costs, or its readings are not sums of half-hours.
 */
export const glowmarktReadings: Unfolder = {
  isOf: ({head}) =>
    /^\s*\{/.test(head) && ["resourceTypeId", "resourceId", "data"].every(name => head.includes(`"${name}"`)),
  unfold: unfoldGlowmarkt
};

const kinds = ["electricity.consumption", "gas.consumption"];

function unfoldGlowmarkt(text: string): Unfolded {
  const answer = readJson(text);
  const [kind, unit] = [textIn(answer, "classifier"), textIn(answer, "units")];
  if (!kinds.includes(kind)) throw new FeedError(`readings of ${shownValue(kind)}, not of consumption`);
  const query = isObject(answer) ? answer.query : undefined;
  const [period, sum] = [textIn(query, "period"), textIn(query, "function")];
  if (period !== "PT30M" || sum !== "sum")
    throw new FeedError(`readings are ${shownValue(sum)} of ${shownValue(period)}, not sums of PT30M`);
  const rows: UnfoldedRow[] = [];
  const misshapen: MisshapenRow[] = [];
  listIn(answer, "data").forEach((reading, index) => {
    const line = index + 1;
    const read = readingOf(reading);
    if (typeof read === "string") misshapen.push({line, why: read});
    else rows.push({line, cells: [...read, unit, kind]});
  });
  return {rows, misshapen, issued: null};
}

const latest = Date.UTC(9999, 0) / 1000;

function readingOf(reading: unknown): readonly string[] | string {
  if (!Array.isArray(reading) || reading.length !== 2) return `not a time and a reading: ${shownValue(reading)}`;
  const [seconds, value]: readonly unknown[] = reading;
  if (typeof seconds !== "number" || !Number.isInteger(seconds) || seconds < 0 || seconds > latest)
    return `not a time in seconds since 1970: ${shownValue(seconds)}`;
  const quantity = quantityCell(value);
  return quantity === null
    ? `not a quantity: ${shownValue(value)}`
    : [timestampText(new Date(seconds * 1000)), quantity];
}
