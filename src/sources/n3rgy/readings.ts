import {wallClock} from "../../domain/british-clock.ts";
import {FeedError} from "../../errors.ts";
import {instantOf} from "../text/dates.ts";
import {isObject, type JsonObject, listIn, quantityCell, readJson, shownValue, textIn} from "../text/json.ts";
import type {MisshapenRow, Unfolded, UnfoldedRow, Unfolder} from "../text/unfolded.ts";

/** What an answer is of: version 2 says "/mpxn/…/utility/electricity/readingtype/consumption?…", version 1 "/…/electricity/consumption/1". */
const resource =
  /\/(\d{6,13})\/(?:utility\/)?(?:electricity|gas)\/(?:readingtype\/)?(consumption|production|import|export)(?=[/?]|$)/;

const named = /"resource"\s*:\s*"([^"]*)"/;

/**
 * n3rgy's answers of half-hourly readings. Tariffs come in the same envelope and are none.
 *
 * A row is a reading, numbered in the order of the answer, device after device: the meter point, the stamp of the end of the half-hour as it stands,
 * the reading, "" where there is none, the unit of the answer, what kind of reading it is, and what the service remarks on it. A reading with a second
 * element beside the first, which nobody has described, is misshapen.
 *
 * @throws FeedError where it is no whole answer of half-hourly readings.
 */
export const n3rgyConsumption: Unfolder = {
  isOf: ({head}) => /^\s*\{/.test(head) && resource.test(named.exec(head)?.[1] ?? ""),
  unfold: unfoldN3rgy
};

function unfoldN3rgy(text: string): Unfolded {
  const answer = readJson(text);
  if (!isObject(answer)) throw new FeedError("no answer of readings");
  const [, meter, kind] = resource.exec(textIn(answer, "resource")) ?? [];
  if (meter === undefined || kind === undefined) throw new FeedError("it does not say of which meter's readings it is");
  const {granularity = "halfhour"} = answer;
  if (granularity !== "halfhour")
    throw new FeedError(`readings of each ${shownValue(granularity)}, not of each half-hour`);
  const rows: UnfoldedRow[] = [];
  const misshapen: MisshapenRow[] = [];
  valuesOf(answer).forEach((value, index) => {
    const line = index + 1;
    const read = readingOf(value);
    if (typeof read === "string") misshapen.push({line, why: read});
    else rows.push({line, cells: [meter, read.stamp, read.quantity, textIn(answer, "unit"), kind, read.remark]});
  });
  return {rows, misshapen, issued: issuedIn(answer)};
}

function valuesOf(answer: JsonObject): readonly unknown[] {
  if (!("devices" in answer)) return listIn(answer, "values");
  return listIn(answer, "devices").flatMap(device => listIn(device, "values"));
}

function issuedIn(answer: JsonObject): string {
  const instant = instantOf(answer.responseTimestamp);
  if (instant === null) throw new FeedError(`it was answered at no instant: ${shownValue(answer.responseTimestamp)}`);
  return wallClock(instant);
}

function readingOf(value: unknown): {stamp: string; quantity: string; remark: string} | string {
  if (!isObject(value)) return `not a reading: ${shownValue(value)}`;
  const {primaryValue, secondaryValue, additionalInformation: remark} = value;
  if (quantityCell(secondaryValue) !== "" && Number(secondaryValue) !== 0)
    return `a second element's reading, which it is not known how to count: ${shownValue(secondaryValue)}`;
  const reading = "primaryValue" in value ? primaryValue : value.value;
  const quantity = quantityCell(reading);
  if (quantity === null) return `not a quantity: ${shownValue(reading)}`;
  return {stamp: textIn(value, "timestamp"), quantity, remark: typeof remark === "string" ? remark.trim() : ""};
}
