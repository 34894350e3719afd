import type {RecordFile, RejectedRecord} from "../record-format.ts";
import {observationFile} from "../text/observation-file.ts";

/** The calorific value of gas in one zone on one gas day, as published at one time. */
export interface CalorificValue {
  readonly line: number;
  /** Local distribution zone: "NW". */
  readonly zone: string;
  readonly day: string;
  /** MJ/m3. */
  readonly value: string;
  /** When the publisher made it, so written that later ones sort later. */
  readonly generated: string;
  /** Whether the publisher put it in the place of one that it could not measure. */
  readonly isSubstituted: boolean;
}

/** The zone that a data item is of, "Calorific Value, LDZ(NW)"; null where it is another. */
export const zoneIn = (item: string) => /^Calorific Value,\s*LDZ\s*\(([A-Z]{2})\)$/.exec(item.trim())?.[1] ?? null;

/** Whether a text is a calorific value that natural gas may have; what the network may carry lies between 36 and 43 MJ/m3. */
export const isPlausible = (text: string) => /^\d{2}(\.\d+)?$/.test(text) && Number(text) >= 30 && Number(text) <= 50;

/** The file of what was read: of each zone and day the value generated last; earlier ones are dropped. */
export function valuesFile(read: readonly (CalorificValue | RejectedRecord)[]): RecordFile<"observation"> {
  const values = read.filter(row => "zone" in row);
  const last = new Map<string, string>();
  for (const {zone, day, generated} of values) {
    const key = `${zone} ${day}`;
    if (generated > (last.get(key) ?? "")) last.set(key, generated);
  }
  const latest = values.filter(({zone, day, generated}) => generated === last.get(`${zone} ${day}`));
  return observationFile({
    figures: latest.map(({line, zone, day, value, isSubstituted}) => ({
      line,
      series: "gas_calorific_value",
      item: "",
      area: zone,
      starts_at: day,
      period: "day",
      value,
      unit: "MJ/m3",
      status: isSubstituted ? "provisional" : "actual"
    })),
    rejected: read.filter(row => "rule" in row),
    dropped: values.length - latest.length,
    issued: [...last.values()].sort().at(-1) ?? null
  });
}
