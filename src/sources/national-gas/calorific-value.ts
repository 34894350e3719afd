import {cellsOf} from "../../domain/csv.ts";
import {isRealDate} from "../../domain/dates.ts";
import {FeedError} from "../../errors.ts";
import type {RecordFormat, RejectedRecord} from "../record-format.ts";
import {isClockTime} from "../text/dates.ts";
import {firstLineOf} from "../text/file-start.ts";
import {filledLines} from "../text/lines.ts";
import {shown} from "../text/shown.ts";
import {type CalorificValue, isPlausible, valuesFile, zoneIn} from "./latest-values.ts";

const header = "applicable at,applicable for,data item,value,generated time,quality indicator";
const isHeader = (line: string) =>
  cellsOf(line, ",")
    .map(cell => cell.trim().toLowerCase())
    .join(",") === header;

/**
 * Daily calorific value of gas in a zone of the network, as National Gas publishes it in CSV: series `gas_calorific_value` in MJ/m3, the area being the zone
 * ("NW"), the day the gas day it applies for. Dates are dd/mm/yyyy, the data item holds a comma in quotes. Values are revised: where one is there
 * twice, that generated later stands, and the file counts as issued when its newest value was generated. An empty file holds nothing, and is
 * what the service sends where it has nothing.
 *
 * @throws FeedError where the header is another.
 */
export const calorificValueCsv: RecordFormat<"observation"> = {
  name: "gas-calorific-value",
  description: "National Gas: daily calorific value of a local distribution zone (CSV)",
  evidence: "Published rows of the service's download.",
  confirmation: "confirmed",
  feed: "gas-quality",
  kind: "observation",
  provider: "national-gas",
  version: 1,
  isOf: start => isHeader(firstLineOf(start)),
  parse: text => {
    const [first, ...rows] = filledLines(text);
    if (first !== undefined && !isHeader(first.text))
      throw new FeedError(`line ${first.line}: not the header of National Gas' data items`);
    return valuesFile(rows.map(row => calorificValueOf(row.text, row.line)));
  }
};

function calorificValueOf(text: string, line: number): CalorificValue | RejectedRecord {
  const cells = cellsOf(text, ",").map(cell => cell.trim());
  const [, applicable = "", item = "", value = "", generated = ""] = cells;
  if (cells.length !== 6) return {line, rule: "row shape", value: `${cells.length} cells, not 6`};
  const [day, zone, made] = [dateIn(applicable), zoneIn(item), stampIn(generated)];
  if (day === null) return {line, rule: "date", value: shown(applicable)};
  if (zone === null) return {line, rule: "data item", value: shown(item)};
  if (!isPlausible(value)) return {line, rule: "number", value: shown(value)};
  if (made === null) return {line, rule: "generated", value: shown(generated)};
  return {line, zone, day, value, generated: made, isSubstituted: false};
}

function dateIn(text: string): string | null {
  const [, day, month, year] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(text) ?? [];
  const date = `${year}-${month}-${day}`;
  return isRealDate(date) ? date : null;
}

function stampIn(text: string): string | null {
  const [date = "", time = ""] = text.split(" ");
  const day = dateIn(date);
  return day !== null && isClockTime(time) ? `${day} ${time}` : null;
}
