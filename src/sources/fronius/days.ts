import {isRealDate} from "../../domain/dates.ts";
import {FeedError} from "../../errors.ts";
import type {Observation} from "../kinds.ts";
import type {RecordFormat, RejectedRecord} from "../record-format.ts";
import {readJson} from "../text/json.ts";
import {observationFile} from "../text/observation-file.ts";
import {froniusLogSchema, froniusSchema, isFronius, productionOf} from "./history.ts";

/**
 * Daily totals (aggrdata) of Fronius' Solar.web. A day cannot be made into half-hours, so it is an observation of the system, beside the half-hours of its
 * history and never added to them: series `site_generation` in Wh, the area being Solar.web's id of the system. The clock by which its days run is not said.
 */
export const froniusDays: RecordFormat<"observation"> = {
  name: "fronius-days",
  description: "Fronius Solar.web: daily generation of a system (aggrdata)",
  evidence:
    "Built from the service's reference; whose midnight a day runs from is not said there. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  feed: "renewable-generation",
  kind: "observation",
  provider: "fronius",
  version: 1,
  isOf: ({head}) => isFronius(head, {byDay: true}),
  parse: text => {
    const result = froniusSchema.safeParse(readJson(text));
    if (!result.success) throw new FeedError("not Solar.web's daily totals");
    const {pvSystemId, data} = result.data;
    const read = data.map((each, index) => dayOf(each, index + 1, pvSystemId));
    return observationFile({
      figures: read.filter(row => "series" in row),
      rejected: read.filter(row => "rule" in row)
    });
  }
};

function dayOf(each: unknown, line: number, area: string): Observation | RejectedRecord {
  const result = froniusLogSchema.safeParse(each);
  if (!result.success) return {line, rule: "row shape", value: "no day with channels"};
  const {logDateTime: starts_at} = result.data;
  if (!isRealDate(starts_at)) return {line, rule: "date", value: starts_at.slice(0, 30)};
  const value = productionOf(result.data);
  if (value === undefined || value?.startsWith("-")) return {line, rule: "number", value: value ?? "no number of Wh"};
  const status = value === null ? "missing" : "actual";
  return {line, series: "site_generation", item: "", area, starts_at, period: "day", value, unit: "Wh", status};
}
