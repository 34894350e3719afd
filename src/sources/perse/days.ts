import {periodsOnDate, slotsADay} from "../../domain/settlement.ts";
import {isObject, type JsonObject, listIn, quantityCell, readJson, shownValue, textIn} from "../text/json.ts";
import type {MisshapenRow, Unfolded, UnfoldedRow, Unfolder} from "../text/unfolded.ts";

const periods = Array.from({length: slotsADay}, (_, index) => index + 1);

/**
 * Perse's answers of a meter's days. A row is a day, numbered in the order of the answer (the newest first): MPAN, quantity (AI and its like), date
 * (YYYY-MM-DD), 50 readings by settlement period of the local day, "" where there is none, and their 50 statuses (A, E). On the day the clocks go
 * forward the periods 47 to 50 are null, on the others 49 and 50, except where they go back; a day that has more readings than half-hours is misshapen.
 *
 * @throws FeedError where it is no whole answer of days.
 */
export const perseRealtime: Unfolder = {
  isOf: ({head}) =>
    /^\s*\{/.test(head) &&
    head.includes('"data"') &&
    (head.includes('"cacheAvailability"') ||
      ['"MeasurementQuantity"', '"P1"', '"UT1"'].every(name => head.includes(name))),
  unfold: text => {
    const rows: UnfoldedRow[] = [];
    const misshapen: MisshapenRow[] = [];
    listIn(readJson(text), "data").forEach((day, index) => {
      const line = index + 1;
      const cells = cellsOf(day);
      if (typeof cells === "string") misshapen.push({line, why: cells});
      else rows.push({line, cells});
    });
    return {rows, misshapen, issued: null} satisfies Unfolded;
  }
};

function cellsOf(day: unknown): readonly string[] | string {
  if (!isObject(day)) return `not a day: ${shownValue(day)}`;
  const date = textIn(day, "Date");
  const held = /^\d{4}-\d\d-\d\d$/.test(date) ? periodsOnDate(date.replaceAll("-", "")) : null;
  if (held === null) return `not a date (YYYY-MM-DD): ${shownValue(day.Date)}`;
  const fault = faultIn(day, held);
  if (fault !== null) return fault;
  const values = periods.map(period => quantityCell(day[`P${period}`]) ?? "");
  const statuses = periods.map(period => textIn(day, `UT${period}`).trim());
  return [textIn(day, "MPAN"), textIn(day, "MeasurementQuantity"), date, ...values, ...statuses];
}

function faultIn(day: JsonObject, held: number): string | null {
  for (const period of periods) {
    const value = day[`P${period}`];
    const quantity = quantityCell(value);
    if (quantity === null) return `period ${period} holds no quantity: ${shownValue(value)}`;
    if (quantity !== "" && period > held) return `period ${period} of a day of ${held} holds ${shownValue(value)}`;
  }
  return null;
}
