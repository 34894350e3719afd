import {slotsADay} from "../../domain/settlement.ts";
import type {MisshapenRow, Unfolded, UnfoldedRow} from "../text/unfolded.ts";
import {type ShapedDay, shapedDay} from "./d0036-day.ts";
import type {Envelope} from "./flow-envelope.ts";
import {type FlowGroups, levelsOf} from "./flow-levels.ts";

/**
 * Unfolds the three levels of a flow of half-hours into a row for each day of each quantity of a meter, on the line of its day: MPAN,
 * quantity, settlement date (YYYYMMDD), 50 values by settlement period and their 50 statuses.
 *
 * @throws FeedError where records are unknown or out of order.
 */
export function unfoldHalfHours({issued, body}: Envelope, groups: FlowGroups): Unfolded {
  const rows: UnfoldedRow[] = [];
  const misshapen: MisshapenRow[] = [];
  for (const {meter, days} of levelsOf(body, groups)) {
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
