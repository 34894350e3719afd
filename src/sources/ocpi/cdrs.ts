import {FeedError} from "../../errors.ts";
import type {RecordFormat} from "../record-format.ts";
import {exactJson, isObject, textOf} from "../text/json.ts";
import {oneOfEach} from "../text/one-of-each.ts";
import {shown} from "../text/shown.ts";
import {chargingSession} from "./cdr.ts";

/**
 * Charge detail records of OCPI 2.1.1 to 2.3: the answer of a charge point operator, a list of records or one record alone. Instants are in UTC, with a Z
 * or without. Of a record sent twice the one updated last is taken. Charging at an employee's home has no location, since that is an address; the
 * token is the registration, and personal. The line is the record's place in the list, from 1.
 */
export const ocpiCdrs: RecordFormat<"charging"> = {
  name: "ocpi-cdrs",
  description: "OCPI charge detail records, credits told by their flag",
  evidence: "The OCPI specification (2.2.1, Charge Detail Records module) and its examples.",
  confirmation: "confirmed",
  feed: "ev-charging",
  kind: "charging",
  provider: "ocpi",
  version: 1,
  isOf: ({head}) => {
    if (!/^\ufeff?\s*[[{]/.test(head)) return false;
    const isRecord = /"start_date_time"\s*:/.test(head) && /"(total_energy|cdr_location)"\s*:/.test(head);
    const isEnvelope = /"status_code"\s*:\s*\d{4}\b/.test(head) && /"timestamp"\s*:/.test(head);
    const isWithoutData = /"data"\s*:\s*(\[\s*\]|null)/.test(head) || !/"data"\s*:/.test(head);
    return isRecord || (isEnvelope && isWithoutData);
  },
  parse: text => {
    const cdrs = recordsIn(exactJson(text));
    const read = cdrs.map((cdr, index) => chargingSession(cdr, index + 1));
    const {rows, rejected, dropped} = oneOfEach(read.filter(one => "row" in one));
    const broken = read.filter(one => "rule" in one);
    return {rows, rejected: [...broken, ...rejected], dropped, records: cdrs.length, issued: null};
  }
};

/** @throws FeedError where the answer is an error (which OCPI sends with HTTP status 200), or has no data. */
function recordsIn(body: unknown): readonly unknown[] {
  if (Array.isArray(body)) return body;
  if (!isObject(body)) throw new FeedError("no OCPI answer: neither an object nor a list");
  const code = textOf(body.status_code);
  if (code === null && body.data === undefined) return [body];
  const problem = ocpiProblem(body);
  if (problem !== null) throw new FeedError(problem);
  return [body.data].flat();
}

/** What is wrong with an OCPI answer, whatever its HTTP status; null where it is one with data. */
export function ocpiProblem(body: unknown): string | null {
  if (!isObject(body)) return "no OCPI answer: not an object";
  const code = textOf(typeof body.status_code === "number" ? String(body.status_code) : body.status_code);
  if (code === null || !/^1\d{3}$/.test(code))
    return `an OCPI answer that is an error: status code ${shown(code ?? "not said")}`;
  return typeof body.data === "object" && body.data !== null ? null : "an OCPI answer without data";
}
