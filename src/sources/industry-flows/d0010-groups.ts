import {FeedError} from "../../errors.ts";
import {type FlowRecord, flowCells} from "./flow-envelope.ts";

/** One register reading (030) with the meter point (026) and meter (028) that it stands under, and the results of its validation (032). */
export interface RegisterRecord {
  readonly point: FlowRecord;
  readonly meter: FlowRecord;
  readonly reading: FlowRecord;
  readonly results: FlowRecord[];
}

/** The readings of a D0010, the meter points and meters that have none, and the records of groups that are not known. */
export interface RegisterRecords {
  readonly readings: readonly RegisterRecord[];
  readonly childless: readonly FlowRecord[];
  readonly unknown: readonly FlowRecord[];
}

/** What the site visit found, of a meter point (027), a meter (029) or a reading (033). It changes no reading. */
const siteVisits = ["027", "029", "033"];

/**
 * Sorts the body of a D0010 into its levels.
 *
 * @throws FeedError where a record stands before the record it belongs under.
 */
export function registerRecords(body: readonly FlowRecord[]): RegisterRecords {
  const readings: RegisterRecord[] = [];
  const unknown: FlowRecord[] = [];
  const parents = new Set<FlowRecord>();
  let [point, meter, last]: [FlowRecord | null, FlowRecord | null, RegisterRecord | null] = [null, null, null];
  for (const record of body) {
    if (record.group === "026") {
      [point, meter, last] = [record, null, null];
    } else if (record.group === "028") {
      parents.add(under(point, record, "026"));
      [meter, last] = [record, null];
    } else if (record.group === "030") {
      parents.add(under(meter, record, "028"));
      last = {point: under(point, record, "026"), meter: under(meter, record, "028"), reading: record, results: []};
      readings.push(last);
    } else if (record.group === "032") {
      under(last, record, "030").results.push(record);
    } else if (!siteVisits.includes(record.group)) unknown.push(record);
  }
  const childless = body.filter(record => ["026", "028"].includes(record.group) && !parents.has(record));
  return {readings, childless, unknown};
}

function under<T>(level: T | null, {line, group}: FlowRecord, parent: string): T {
  if (level !== null) return level;
  throw new FeedError(`line ${line}: a record of group ${group} with none of group ${parent} before it`);
}

/** The cells of a register reading and of what it stands under, by name. */
export function registerCells({point, meter, reading, results}: RegisterRecord) {
  const [, mpan = "", validation = ""] = flowCells(point.text);
  const [, serial = "", type = ""] = flowCells(meter.text);
  const [, register = "", at = "", value = "", demandReset = "", demandResets = "", flag = ""] = flowCells(
    reading.text
  );
  const failures = results.map(({text}) => flowCells(text)).filter(([, , status]) => status === "F");
  return {
    mpan,
    validation,
    serial,
    type,
    register,
    at,
    value,
    flag,
    isDemand: demandReset !== "" || !/^0*$/.test(demandResets),
    failure: failures[0]?.[1] ?? null
  };
}
