import type {Unfolded} from "../text/unfolded.ts";
import {flowVersion, openFlow} from "./flow-envelope.ts";
import {unfoldHalfHours} from "./flow-half-hours.ts";

const groups = {flow: "D0036", meter: "101", day: "102", reading: "103"};

/** Whether the first line of a text is the header of a D0036, of any version. */
export function isD0036(firstLine: string): boolean {
  return flowVersion(firstLine, "D0036") !== null;
}

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
  return unfoldHalfHours(openFlow(text, {flow: "D0036", countedGroup: groups.meter}), groups);
}
