import {timestampText} from "../../domain/british-clock.ts";
import {instantOf} from "../text/dates.ts";
import type {FileStart} from "../text/file-start.ts";
import {isObject, listIn, quantityCell, readJson, shownValue} from "../text/json.ts";
import type {MisshapenRow, Unfolded, UnfoldedRow, Unfolder} from "../text/unfolded.ts";

const halfHour = 1_800_000;

/**
 * Unfolds a page of Octopus readings: a row for each, numbered in the order of the page (a page has no lines to speak of). A row is the start of the
 * half-hour in UTC and the reading as it stands, "" where there is none. Stamps carry their own offset, which changes inside a page when the clocks
 * do. An interval that is not half an hour is misshapen.
 *
 * @throws FeedError where it is no whole page of readings.
 */
function unfoldOctopus(text: string): Unfolded {
  const rows: UnfoldedRow[] = [];
  const misshapen: MisshapenRow[] = [];
  listIn(readJson(text), "results").forEach((reading, index) => {
    const line = index + 1;
    const cells = cellsOf(reading);
    if (typeof cells === "string") misshapen.push({line, why: cells});
    else rows.push({line, cells});
  });
  return {rows, misshapen, issued: null};
}

function cellsOf(reading: unknown): readonly string[] | string {
  if (!isObject(reading)) return `not a reading: ${shownValue(reading)}`;
  const {consumption, interval_start, interval_end} = reading;
  const [start, end] = [instantOf(interval_start), instantOf(interval_end)];
  if (start === null) return `not an instant: ${shownValue(interval_start)}`;
  if (end === null) return `not an instant: ${shownValue(interval_end)}`;
  const minutes = (end.getTime() - start.getTime()) / 60_000;
  if (end.getTime() - start.getTime() !== halfHour) return `an interval of ${minutes} minutes, not 30`;
  const quantity = quantityCell(consumption);
  return quantity === null ? `not a quantity: ${shownValue(consumption)}` : [timestampText(start), quantity];
}

/** A page of readings, empty or not. */
const page = /^\s*\{[\s\S]*"results"\s*:\s*\[\s*(\]|\{[^{}]*"interval_start"\s*:)/;

/**
 * A page does not say what its readings are in, and gas in m3 looks like gas in kWh: the name of the file says it, as the page was asked for, between
 * hyphens. A page whose name does not say it is of no form.
 */
function unfolderOf(kind: string): Unfolder {
  const named = new RegExp(`^octopus-\\d+-.+-${kind}-\\d{8}-\\d{8}-p\\d+\\.json$`, "i");
  return {isOf: ({fileName, head}: FileStart) => named.test(fileName) && page.test(head), unfold: unfoldOctopus};
}

/** Pages of electricity, or of gas in kWh. */
export const octopusConsumption = unfolderOf("kwh");
/** Pages of what an export meter has sent out, in kWh. */
export const octopusExport = unfolderOf("export");
/** Pages of gas in m3, as SMETS2 meters count it. */
export const octopusGasM3 = unfolderOf("m3");
