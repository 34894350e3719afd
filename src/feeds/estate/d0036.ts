import {slotsADay} from "../../domain/settlement.ts";
import type {MisshapenRow, Unfolded, UnfoldedRow} from "../unfolded.ts";
import {type ShapedDay, shapedDay} from "./d0036-day.ts";
import {openEnvelope} from "./d0036-envelope.ts";
import {levelsOf} from "./d0036-levels.ts";

export {isD0036} from "./d0036-envelope.ts";

/**
 * Unfolds the three levels of a D0036 (validated half-hourly advances of the electricity industry): a row for each day (102) of each
 * quantity of a meter (101), on the line of its 102.
 *
 * A row is 103 cells: MPAN, quantity (AI, AE, RI, RE or UN), settlement date (YYYYMMDD), 50 values by settlement period in kWh or kVArh,
 * then their 50 statuses (A or E). All are as written; the values of a shorter day end early, and an empty one is missing. Readings of
 * status C fill a long or short day and are dropped before the others are numbered.
 *
 * A day that has not as many readings as its date has half-hours, or holds what is no date, status or plain number, is misshapen, and so
 * is a meter without days. The same day may come twice, and an MPAN or quantity may be unknown: those are the caller's to judge.
 *
 * @throws FeedError where the file as a whole cannot be believed: not a D0036, not operational, cut off, not what its trailer counts,
 * or with records that are unknown or out of order.
 */
export function unfoldD0036(text: string): Unfolded {
  const {issued, body} = openEnvelope(text);
  const rows: UnfoldedRow[] = [];
  const misshapen: MisshapenRow[] = [];
  for (const {meter, days} of levelsOf(body)) {
    if (days.length === 0) misshapen.push({line: meter.line, why: "a meter without days"});
    for (const day of days) {
      const {line} = day.date;
      const shaped = shapedDay(meter, day);
      if ("why" in shaped) misshapen.push({line, why: shaped.why});
      else rows.push({line, cells: rowCells(shaped)});
    }
  }
  return {rows, misshapen, issued};
}

function rowCells({mpan, quantity, date, values, statuses}: ShapedDay): string[] {
  return [mpan, quantity, date, ...padded(values), ...padded(statuses)];
}

function padded(cells: readonly string[]): string[] {
  return [...cells, ...new Array<string>(slotsADay - cells.length).fill("")];
}
