import type {RecordFormat} from "../record-format.ts";

/** A form of a borough statistic: all of them are observations of the feed `borough-statistics`. */
export function boroughFormat(format: Omit<RecordFormat<"observation">, "feed" | "kind">): RecordFormat<"observation"> {
  return {feed: "borough-statistics", kind: "observation", ...format};
}
