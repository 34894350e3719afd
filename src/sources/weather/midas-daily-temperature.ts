import {isRealDate} from "../../domain/dates.ts";
import {FeedError} from "../../errors.ts";
import type {Observation} from "../kinds.ts";
import type {RecordFormat, RejectedRecord} from "../record-format.ts";
import {utcText} from "../text/dates.ts";
import {observationFile} from "../text/observation-file.ts";
import {shown} from "../text/shown.ts";
import {type BadcRow, readBadcCsv} from "./badc-csv.ts";

const needed = ["ob_end_time", "ob_hour_count", "version_num", "max_air_temp", "min_air_temp"];
const hour_ms = 3_600_000;

/** The highest or lowest temperature of 24 or 12 hours. */
interface Extreme {
  readonly line: number;
  readonly item: "max" | "min";
  readonly end_ms: number;
  readonly hours: 12 | 24;
  readonly value: string | null;
}

/**
 * Daily highest and lowest air temperature of a station of the Met Office's MIDAS Open, as BADC-CSV: series `air_temperature`, items `max` and `min` in degC,
 * the area being the station's name. A day is the 24 hours up to 09:00 UTC, and its row starts at the instant those begin. Two rows of twelve hours, up to
 * 21:00 and to the 09:00 after, are one day; one of them alone is rejected. What the file declares as its missing value is missing. Rows of another
 * version than the file's quality control (0 is not controlled) are dropped.
 *
 * @throws FeedError where the file is cut off or has not the columns.
 */
export const midasDailyTemperature: RecordFormat<"observation"> = {
  name: "midas-daily-temperature",
  description: "Met Office MIDAS Open: daily highest and lowest temperature of a station (BADC-CSV)",
  evidence: "Rows of a published station file; its header names the units and what is missing.",
  confirmation: "confirmed",
  feed: "weather",
  kind: "observation",
  provider: "met-office-midas-open",
  version: 1,
  isOf: ({head}) =>
    /^\ufeff?Conventions,G,BADC-CSV,/i.test(head) && /^title,G,uk-daily-temperature-obs\s*$/im.test(head),
  parse: text => {
    const {said, columns, rows} = readBadcCsv(text);
    const absent = needed.filter(name => !columns.includes(name));
    if (absent.length > 0) throw new FeedError(`columns that are not there: ${absent.join(", ")}`);
    const area = said("observation_station") ?? said("midas_station_id");
    if (area === null) throw new FeedError("no station is named");
    const controlled = rows.filter(row => row.cell("version_num") === (said("midas_qc_version_number") ?? "1"));
    const read = controlled.flatMap(extremesOf);
    const {days, alone} = daysOf(read.filter(row => "item" in row));
    return observationFile({
      figures: days.map(day => observed(day, area)),
      rejected: [...read.filter(row => "rule" in row), ...alone],
      dropped: 2 * (rows.length - controlled.length)
    });
  }
};

function extremesOf(row: BadcRow): (Extreme | RejectedRecord)[] {
  return (["max", "min"] as const).map(item => extremeOf(row, item));
}

function extremeOf({line, cell, isWhole}: BadcRow, item: "max" | "min"): Extreme | RejectedRecord {
  const [end, hours, value] = [cell("ob_end_time") ?? "", cell("ob_hour_count"), cell(`${item}_air_temp`)];
  if (!isWhole) return {line, rule: "row shape", value: "not as many cells as columns"};
  const [, date = "", time = ""] = /^(\d{4}-\d\d-\d\d) (09|21):00(?::00)?$/.exec(end) ?? [];
  if (!isRealDate(date)) return {line, rule: "date", value: shown(end)};
  if ((hours !== "24" && hours !== "12") || (hours === "24" && time === "21"))
    return {line, rule: "hours", value: `${shown(hours ?? "")} to ${time}:00`};
  if (value !== null && !/^-?\d{1,2}(\.\d+)?$/.test(value)) return {line, rule: "number", value: shown(value)};
  return {line, item, end_ms: Date.parse(`${date}T${time}:00:00Z`), hours: hours === "24" ? 24 : 12, value};
}

/** Days of 24 hours as they are, and of two halves where both are there. */
function daysOf(extremes: readonly Extreme[]): {days: Extreme[]; alone: RejectedRecord[]} {
  const days = extremes.filter(({hours}) => hours === 24);
  const alone: RejectedRecord[] = [];
  const halves = extremes.filter(({hours}) => hours === 12);
  const nights = halves.filter(({end_ms}) => endsAtNine(end_ms));
  const joined = new Set<Extreme>();
  for (const night of nights) {
    const day = halves.find(({item, end_ms}) => item === night.item && end_ms === night.end_ms - 12 * hour_ms);
    if (day === undefined) continue;
    days.push({...night, hours: 24, value: further(night.item, day.value, night.value)});
    joined.add(day).add(night);
  }
  for (const {line, item} of halves.filter(half => !joined.has(half)))
    alone.push({line, rule: "hours", value: `${item}: twelve hours without the other twelve`});
  return {days, alone};
}

const endsAtNine = (end_ms: number) => new Date(end_ms).getUTCHours() === 9;

function further(item: "max" | "min", a: string | null, b: string | null): string | null {
  if (a === null || b === null) return null;
  return (item === "max") === Number(a) >= Number(b) ? a : b;
}

function observed({line, item, end_ms, value}: Extreme, area: string): Observation {
  return {
    line,
    series: "air_temperature",
    item,
    area,
    starts_at: utcText(new Date(end_ms - 24 * hour_ms)),
    period: "day",
    value,
    unit: "degC",
    status: value === null ? "missing" : "actual"
  };
}
