import {FeedError} from "../../errors.ts";
import type {Observation} from "../kinds.ts";
import type {RecordFormat, RejectedRecord} from "../record-format.ts";
import {utcText} from "../text/dates.ts";
import {decimalText} from "../text/decimal.ts";
import {objectOf, readJson} from "../text/json.ts";
import {observationFile} from "../text/observation-file.ts";
import {parseUtcHalfHour} from "./utc-half-hours.ts";

const measures = [
  {column: "generation_mw", series: "solar_generation", unit: "MW"},
  {column: "installedcapacity_mwp", series: "solar_capacity", unit: "MWp"}
] as const;

/**
 * Solar generation of an area as Sheffield Solar's PV_Live estimates it: series `solar_generation` in MW, a mean of the half-hour, and `solar_capacity` in
 * MWp where it was asked for; their quotient is the yield of the area. Columns are taken by the names in `meta`. Stamps are the end of the half-hour
 * in UTC, newest first; rows here begin at its start. The area is "" for Great Britain (gsp 0), else "gsp:12" or "pes:16". `line` counts the rows of
 * the answer from 1. All are estimates that are computed again, so provisional.
 *
 * @throws FeedError where the answer is an error, or has no columns of area, stamp and generation.
 */
export const pvLive: RecordFormat<"observation"> = {
  name: "pv-live",
  description: "PV_Live: half-hourly solar generation of Great Britain or an area",
  evidence: "A recorded answer of the service; stamps label the end of the half-hour by its documentation.",
  confirmation: "confirmed",
  feed: "grid",
  kind: "observation",
  provider: "sheffield-solar",
  version: 1,
  isOf: ({head}) =>
    /^\ufeff?\s*\{\s*"(data|meta)"\s*:\s*\[/.test(head) &&
    /\[\s*\d+\s*,\s*"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"/.test(head),
  parse: text => {
    const answer = readJson(text);
    const why = failureIn(answer);
    if (why !== null) throw new FeedError(why);
    const {data, meta} = objectOf(answer) as {data: unknown[]; meta: unknown[]};
    const columns = meta.map(String);
    const read = data.flatMap((row, index) => figuresOf(row, columns, index + 1));
    return observationFile({figures: read.filter(row => "series" in row), rejected: read.filter(row => "rule" in row)});
  }
};

/** What is wrong with an answer as a whole; null where it is a table of generation. */
export function failureIn(answer: unknown): string | null {
  const {error_description, data, meta} = objectOf(answer);
  if (error_description !== undefined)
    return `the service answered with an error: ${String(error_description).slice(0, 120)}`;
  if (!Array.isArray(data) || !Array.isArray(meta)) return "not PV_Live's answer: no data with names of columns";
  const columns = meta.map(String);
  const isWhole =
    columns.filter(name => /^(gsp|pes)_id$/.test(name)).length === 1 &&
    ["datetime_gmt", "generation_mw"].every(name => columns.includes(name));
  return isWhole ? null : `its columns are not those of generation: ${columns.join(", ").slice(0, 120)}`;
}

function figuresOf(row: unknown, columns: readonly string[], line: number): (Observation | RejectedRecord)[] {
  if (!Array.isArray(row) || row.length !== columns.length)
    return [{line, rule: "row shape", value: `not ${columns.length} cells`}];
  const cell = (name: string): unknown => row[columns.indexOf(name)];
  const end = parseUtcHalfHour(String(cell("datetime_gmt")));
  const area = areaOf(row, columns);
  if (end === null) return [{line, rule: "half-hour", value: String(cell("datetime_gmt")).slice(0, 30)}];
  if (area === null) return [{line, rule: "area", value: "no number of an area"}];
  const starts_at = utcText(new Date(end.getTime() - 1_800_000));
  return measures
    .filter(({column}) => columns.includes(column))
    .map(({column, series, unit}) => {
      const given = cell(column) ?? null;
      const isRead = given === null || (typeof given === "number" && Number.isFinite(given) && given >= 0);
      if (!isRead) return {line, rule: "number", value: `${column}: ${String(given).slice(0, 30)}`};
      const value = given === null ? null : decimalText(given as number);
      const status = value === null ? "missing" : "provisional";
      return {line, series, item: "", area, starts_at, period: "half-hour", value, unit, status};
    });
}

function areaOf(row: readonly unknown[], columns: readonly string[]): string | null {
  const at = columns.findIndex(name => /^(gsp|pes)_id$/.test(name));
  const [id, kind] = [row[at], columns[at]?.slice(0, 3)];
  if (typeof id !== "number" || !Number.isInteger(id) || id < 0) return null;
  return kind === "gsp" && id === 0 ? "" : `${kind}:${id}`;
}
