import {z} from "zod";
import {isRealDate} from "../../domain/dates.ts";
import {FeedError} from "../../errors.ts";
import type {RecordFormat, RejectedRecord} from "../record-format.ts";
import {utcText} from "../text/dates.ts";
import {decimalText} from "../text/decimal.ts";
import {objectOf, readJson} from "../text/json.ts";
import {shown} from "../text/shown.ts";
import {type CalorificValue, isPlausible, valuesFile, zoneIn} from "./latest-values.ts";

const answerSchema = z.array(z.object({publicationName: z.string(), publications: z.array(z.unknown())}));
const valueSchema = z.object({
  applicableFor: z.string(),
  value: z.number(),
  generatedTimeStamp: z.iso.datetime(),
  substituted: z.string().nullish()
});

/**
 * The same as National Gas' newer service answers in JSON. `line` counts the values from 1. One that the publisher marks as substituted is provisional.
 *
 * @throws FeedError where the text is no whole answer.
 */
export const calorificValueJson: RecordFormat<"observation"> = {
  name: "gas-calorific-value-json",
  description: "National Gas: daily calorific value of a local distribution zone (JSON)",
  evidence: "Field names as public code reads them; substituted is from memory. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  feed: "gas-quality",
  kind: "observation",
  provider: "national-gas",
  version: 1,
  isOf: ({head}) => /^\ufeff?\s*\[/.test(head) && /"publicationId"\s*:/.test(head) && /"publications"\s*:/.test(head),
  parse: text => {
    const result = answerSchema.safeParse(readJson(text));
    if (!result.success) throw new FeedError("not National Gas' publications");
    const read: (CalorificValue | RejectedRecord)[] = [];
    for (const {publicationName, publications} of result.data)
      for (const each of publications) read.push(calorificValueOf(publicationName, each, read.length + 1));
    return valuesFile(read);
  }
};

function calorificValueOf(item: string, each: unknown, line: number): CalorificValue | RejectedRecord {
  const zone = zoneIn(item);
  const result = valueSchema.safeParse(each);
  if (zone === null) return {line, rule: "data item", value: shown(item)};
  if (!result.success) {
    const name = String(result.error.issues[0]?.path[0] ?? "record");
    return {line, rule: "row shape", value: `${name}: ${shown(String(objectOf(each)[name])).slice(0, 30)}`};
  }
  const {applicableFor, value, generatedTimeStamp, substituted} = result.data;
  const [, day = ""] = /^(\d{4}-\d\d-\d\d)(?:T00:00:00(?:\.000)?Z?)?$/.exec(applicableFor) ?? [];
  if (!isRealDate(day)) return {line, rule: "date", value: applicableFor.slice(0, 30)};
  if (!isPlausible(decimalText(value))) return {line, rule: "number", value: decimalText(value).slice(0, 30)};
  const generated = utcText(new Date(generatedTimeStamp));
  return {
    line,
    zone,
    day,
    value: decimalText(value),
    generated,
    isSubstituted: /^(y|yes|true)$/i.test(substituted ?? "")
  };
}
